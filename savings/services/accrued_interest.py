"""Interest of one member before the month ends, with the tax on it: for a term deposit, or on leaving."""

import datetime

from django.db import transaction

from core import dates
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from members.models import Member
from savings import queries
from savings.models import Movement, TermDeposit
from savings.services.common import interest_memo, locked
from savings.services.tax import withhold

Purpose = Movement.Purpose


def pay_interest(member: Member, amount: int, *, on: datetime.date, by: User, term: TermDeposit | None = None) -> int:
    """Interest for one member before the month ends, with the tax on the month so far; what stays after that tax."""
    first, last = dates.month_start(on), dates.month_end(on)
    taxed = _withheld(member, first, last)
    if amount:
        given = Movement.objects.filter(member=member, purpose=Purpose.INTEREST, term=term)
        times = (given if term else given.filter(on__range=(first, last))).count()
        of = f"term:{term.pk}" if term else f"member:{member.pk}"
        entry = ledger.post_entry(
            unit=Unit.USP,
            on=on,
            reference=f"interest:{first:%Y-%m}:{of}:{times + 1}",
            memo=interest_memo(first),
            lines=[
                debit(chart.SAVINGS_INTEREST, amount, member=member),
                credit(chart.VOLUNTARY_SAVINGS, amount, member=member),
            ],
            by=by,
        )
        Movement.objects.create(
            member=member,
            kind=Movement.Kind.VOLUNTARY,
            direction=Movement.Direction.DEPOSIT,
            purpose=Purpose.INTEREST,
            amount=amount,
            on=on,
            entry=entry,
            term=term,
        )
    withhold(first, last, on=on, by=by, member=member)
    return amount - (_withheld(member, first, last) - taxed)


@transaction.atomic
def pay_interest_until(member: Member, *, on: datetime.date, by: User) -> int:
    """Pay the outstanding interest of a member who leaves on `on`, and return it after tax.

    The monthly run skips former members, so everything up to that day is paid here.
    """
    locked(member)
    for period in queries.open_months(until=on):
        ledger.lock_month(period)  # a month-end run on its way has paid before we look, or waits
    missing = queries.missing_interest(member, until=on)
    return sum(pay_interest(member, amount, on=day, by=by) for day, amount in missing)


def _withheld(member, first, last) -> int:
    return sum(row.tax for row in queries.slips(first, member=member))
