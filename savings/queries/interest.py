"""What savings earned in a month, and the balances of its days."""

import datetime

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from core import dates
from ledger.models import Period, Unit
from members.models import Member
from savings import interest
from savings.models import Movement, SavingsInterestRules
from savings.queries.tax import tax_on_top


def interest_rules(on: datetime.date) -> SavingsInterestRules | None:
    """What governs the month of `on`: the version in force on its first day."""
    return SavingsInterestRules.objects.current(dates.month_start(on))


def interest_paid(member: Member, *, first: datetime.date, last: datetime.date) -> int:
    """The interest on voluntary savings that a member was given in these days."""
    rows = Movement.objects.filter(
        member=member, purpose=Movement.Purpose.INTEREST, term=None, on__range=(first, last)
    ).signed()
    return rows.aggregate(sum=Coalesce(Sum("signed"), 0))["sum"]


def open_months(*, until: datetime.date) -> list[Period]:
    """The months of the savings-and-loan unit in which interest can still be posted, up to that of `until`."""
    return list(Period.objects.filter(unit=Unit.USP, month__lte=until, closed_on=None).order_by("month"))


def missing_interest(member: Member, *, until: datetime.date) -> list[tuple[datetime.date, int]]:
    """The outstanding interest on voluntary savings that are closed on `until`.

    One day and amount for each month whose books are open: the months before at their end, as the month-end run would
    give it, the month begun on `until`, as if the balance were zero from that day on. What a month pays after tax earns
    interest in the next.
    """
    found, earned = [], 0
    for period in open_months(until=until):
        first, last = period.month, dates.month_end(period.month)
        rules = interest_rules(first)
        if rules is None:
            continue
        saved = closing_balances(member, first=first, last=last)
        days = [
            balance + earned if first + datetime.timedelta(days=index) < until else 0
            for index, balance in enumerate(saved)
        ]
        amount = interest.of_month(days, month=first, terms=rules.terms) - interest_paid(member, first=first, last=last)
        if amount > 0:
            found.append((min(last, until), amount))
            earned += amount - tax_on_top(member, amount, on=min(last, until))
    return found


def closing_balances(member: Member, *, first: datetime.date, last: datetime.date) -> list[int]:
    """What the voluntary savings held at the end of every day, without what is paid as interest on the last of them."""
    changes = (
        Movement.objects.filter(member=member, kind=Movement.Kind.VOLUNTARY, on__lte=last)
        .exclude(on=last, purpose__in=[Movement.Purpose.INTEREST, Movement.Purpose.TAX])
        .signed()
        .values("on")
        .annotate(change=Sum(F("signed")))
        .order_by("on")
        .values_list("on", "change")
    )
    by_day = dict(changes)
    balance = sum(change for day, change in by_day.items() if day < first)
    days = []
    for index in range((last - first).days + 1):
        balance += by_day.get(first + datetime.timedelta(days=index), 0)
        days.append(balance)
    return days
