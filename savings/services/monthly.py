"""The month's interest on savings for everybody, and its tax handed over to the State."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, dates
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Entry, Period, Unit
from ledger.services import credit, debit
from savings import interest, queries
from savings.models import SavingsInterestRules, SavingsTaxPayment
from savings.services.common import SavingsRefused
from savings.services.earning import last_entry, memo, post, withhold
from savings.services.term import lock_maturing, mature_terms


@transaction.atomic
def post_interest(month: datetime.date, *, on: datetime.date, by: User) -> int:
    """Give every member the interest of `month`, and withhold the tax: what should be in the books and is not.

    `on` is the last day of the month. Term deposits whose time has come end first. Safe to run twice: a second run
    posts only what was booked in the month since. Returns how many entries were written; refuses like the ledger.
    """
    first, last = dates.month_start(month), dates.month_end(month)
    if on != last:
        raise SavingsRefused(_("Interest is posted on the last day of its month."), field="on")
    lock_maturing(on=last)  # members before the month, in the order of whoever deposits
    ledger.lock_month(Period(unit=Unit.USP, month=first))
    before = last_entry()
    mature_terms(on=last, by=by)
    post("interest", _parameters(queries.interest_rules(first), first, last), on=last, by=by)
    withhold(first, last, on=last, by=by)
    posted = Entry.objects.filter(unit=Unit.USP, pk__gt=before).count()
    if posted:
        period = Period.objects.get(unit=Unit.USP, month=first)
        audit.record("interest.posted", period, by=by, month=first, count=posted)
    return posted


@transaction.atomic
def pay_tax(month: datetime.date, *, state_number: str = "", on: datetime.date, by: User) -> SavingsTaxPayment:
    """Hand the tax withheld in a month over to the State, in cash against its receipt.

    Raises SavingsRefused before the month has ended, twice, and where nothing was withheld.
    """
    first, last = dates.month_start(month), dates.month_end(month)
    ledger.lock_month(Period(unit=Unit.USP, month=first))
    if on <= last:
        raise SavingsRefused(_("The month has not ended yet. The tax is handed over after it."), field="on")
    if SavingsTaxPayment.objects.filter(month=first).exists():
        raise SavingsRefused(_("The tax of {month} is handed over already.").format(month=date_format(first, "F Y")))
    amount = sum(row.tax for row in queries.slips(first))
    if amount <= 0:
        raise SavingsRefused(_("No tax was withheld in {month}.").format(month=date_format(first, "F Y")))
    purpose = _("Tax on interest on savings {month}").format(month=date_format(first, "F Y"))
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"savings-tax:{first:%Y-%m}:paid",
        memo=f"{purpose} {state_number}".strip(),
        lines=[debit(chart.TAX_PAYABLE, amount), credit(chart.CASH, amount)],
        by=by,
    )
    receipt = ledger.issue_receipt(
        entry, party=_("Treasury of the State"), purpose=purpose, amount=amount, direction="out", by=by
    )
    payment = SavingsTaxPayment.objects.create(
        month=first, amount=amount, on=on, state_number=state_number.strip()[:30], entry=entry, receipt=receipt
    )
    audit.record("tax.paid", payment, by=by, amount=amount, receipt=receipt.number, month=first)
    return payment


# -- the steps -------------------------------------------------------------------------------------------------------


def _parameters(rules: SavingsInterestRules | None, first: datetime.date, last: datetime.date) -> dict:
    """Before the first rules voluntary savings earn nothing; term savings have rules of their own."""
    terms = rules.terms if rules else interest.Terms(method=interest.Method.LOWEST, rate_bp=0)
    return {
        "first": first,
        "last": last,
        "days": last.day,
        "month": f"{first:%Y-%m}",
        "memo": memo(first),
        "method": terms.method,
        "rate_bp": terms.rate_bp,
        "least_balance": terms.least_balance,
        "rounding": terms.rounding,
        "round_to": terms.round_to,
        "denominator": 10_000 * interest.basis(first, terms.day_count) * terms.round_to,
    }
