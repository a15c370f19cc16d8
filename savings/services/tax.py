"""The tax on the interest of a month: withheld of the savings, and paid to the State."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, dates
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel, account_of
from ledger.models import Period, Unit
from ledger.services import credit, debit
from members.models import Member
from savings import queries
from savings.models import SavingsTaxPayment, SavingsTaxRules
from savings.services.common import SavingsRefused, post_for_all


def withhold(
    first: datetime.date, last: datetime.date, *, on: datetime.date, by: User, member: Member | None = None
) -> None:
    """Take the tax on the interest of a month so far, all kinds together, out of the savings."""
    rules = SavingsTaxRules.objects.current(on)
    if rules is None:
        return
    facts = {
        "first": first,
        "last": last,
        "month": f"{first:%Y-%m}",
        "memo": _("Tax on interest on savings {month}").format(month=date_format(first, "F Y")),
        "free_up_to": rules.free_up_to,
        "rate_bp": rules.rate_bp,
        "member": member and member.pk,
    }
    post_for_all("tax", facts, on=on, by=by)


@transaction.atomic
def pay_tax(
    month: datetime.date, *, state_number: str = "", channel: str = Channel.CASH, on: datetime.date, by: User
) -> SavingsTaxPayment:
    """Hand the tax withheld in a month over to the State, against its receipt.

    Raises SavingsRefused before the month has ended, twice, and where nothing was withheld.
    """
    first, last = dates.month_start(month), dates.month_end(month)
    ledger.lock_month(Period(unit=Unit.USP, month=first))
    if on <= last:
        raise SavingsRefused(_("The month has not ended yet. The tax is paid after its end."), field="on")
    if SavingsTaxPayment.objects.filter(month=first).exists():
        raise SavingsRefused(_("The tax of {month} has already been paid.").format(month=date_format(first, "F Y")))
    amount = sum(row.tax for row in queries.slips(first))
    if amount <= 0:
        raise SavingsRefused(_("No tax was withheld in {month}.").format(month=date_format(first, "F Y")))
    purpose = _("Tax on interest on savings {month}").format(month=date_format(first, "F Y"))
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"savings-tax:{first:%Y-%m}:paid",
        memo=f"{purpose} {state_number}".strip(),
        lines=[debit(chart.TAX_PAYABLE, amount), credit(account_of(channel), amount)],
        by=by,
    )
    receipt = ledger.issue_receipt(
        entry, party=_("State treasury"), purpose=purpose, amount=amount, direction="out", by=by
    )
    payment = SavingsTaxPayment.objects.create(
        month=first, amount=amount, on=on, state_number=state_number.strip()[:30], entry=entry, receipt=receipt
    )
    audit.record("tax.paid", payment, by=by, amount=amount, receipt=receipt.number, month=first)
    return payment
