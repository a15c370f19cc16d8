"""The allowance for loan losses, posted at the end of the month."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from ledger import chart
from ledger import queries as books
from ledger import services as ledger
from ledger.models import Account, Unit
from ledger.services import credit, debit
from loans import queries
from loans.models import CollectibilityRules, ProvisionRun


@transaction.atomic
def post_provision(month: datetime.date, *, on: datetime.date, by: User) -> ProvisionRun | None:
    """Bring the allowance for loan losses to what the classes of all loans ask for on `on`, the last day of `month`.

    The difference to what stands is posted, in the direction it has; nothing where they agree, so it may run twice.
    None before the members have decided on rules of classes. The caller holds the month alone (kokkmas/month_end).
    """
    rules = CollectibilityRules.objects.current(on)
    if rules is None:
        return None
    Account.objects.select_for_update(no_key=True).get(unit=Unit.USP, code=chart.LOAN_LOSS_ALLOWANCE)
    sums = queries.portfolio(rules, as_of=on)
    difference = sums.provision - books.account_balance(Unit.USP, chart.LOAN_LOSS_ALLOWANCE, as_of=on)
    figures = _figures(sums) | {"rules": rules}
    last = ProvisionRun.objects.filter(month=month).order_by("number").last()
    if last and not difference and all(getattr(last, name) == value for name, value in figures.items()):
        return last
    run = ProvisionRun(month=month, number=last.number + 1 if last else 1, on=on, posted=difference, by=by, **figures)
    if difference:
        run.entry = ledger.post_entry(
            unit=Unit.USP,
            on=on,
            reference=f"provision:{month:%Y-%m}:{run.number}",
            memo=_("Allowance for loan losses, {month}").format(month=date_format(month, "F Y")),
            lines=_lines(difference),
            by=by,
        )
    run.save(force_insert=True)
    audit.record("provision.posted", run, by=by, amount=sums.provision, posted_amount=difference, on=on)
    return run


def _figures(sums: queries.Portfolio) -> dict:
    at_risk = {f"over_{days}": amount for days, amount, _ratio in sums.at_risk}
    by_class = {row.cls.value: row.outstanding for row in sums.classes}
    return {"loans": sums.loans, "allowance": sums.provision} | by_class | at_risk


def _lines(difference: int):
    if difference > 0:
        return [debit(chart.LOAN_LOSSES, difference), credit(chart.LOAN_LOSS_ALLOWANCE, difference)]
    return [debit(chart.LOAN_LOSS_ALLOWANCE, -difference), credit(chart.LOAN_LOSSES, -difference)]
