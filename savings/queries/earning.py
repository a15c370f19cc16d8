"""What savings earned in a month and the tax withheld of it; the balances of its days."""

import datetime
from dataclasses import dataclass

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from core import dates, sql
from ledger.models import Period, Unit
from members.models import Member
from savings import interest
from savings.models import Movement, SavingsInterestRules, SavingsTaxPayment, SavingsTaxRules


@dataclass(frozen=True)
class Slip:
    """One member's interest of a month and the tax withheld, also where it is nothing (PMK 112/PMK.03/2010)."""

    member_id: int
    member_number: int
    name: str
    month: datetime.date
    gross: int
    tax: int

    @property
    def net(self) -> int:
        return self.gross - self.tax

    @property
    def number(self) -> str:
        """A month and a member make one slip, so its number follows from them."""
        return f"BP-{self.month:%Y-%m}-{self.member_number:04}"


def slips(month: datetime.date, *, member: Member | None = None) -> list[Slip]:
    """The slips of a month by member number; one query for all."""
    first, last = dates.month_start(month), dates.month_end(month)
    rows = sql.rows("savings/sql/slips.sql", first=first, last=last, member=member and member.pk)
    return [Slip(row.id, row.number, row.name, first, row.gross, row.tax) for row in rows]


def interest_rules(on: datetime.date) -> SavingsInterestRules | None:
    """What governs the month of `on`: the version in force on its first day."""
    first = dates.month_start(on)
    return SavingsInterestRules.objects.filter(in_force_from__lte=first).order_by("-in_force_from").first()


def tax_rules(on: datetime.date) -> SavingsTaxRules | None:
    """What governs interest that is paid on `on`."""
    return SavingsTaxRules.objects.filter(in_force_from__lte=on).order_by("-in_force_from").first()


def tax_due_on(month: datetime.date) -> datetime.date | None:
    """By when the tax of a month is handed over; None before the first rules."""
    rules = tax_rules(dates.month_end(month))
    return rules and dates.add_months(dates.month_start(month), 1).replace(day=rules.due_day)


def tax_payment(month: datetime.date) -> SavingsTaxPayment | None:
    return SavingsTaxPayment.objects.filter(month=dates.month_start(month)).select_related("receipt").first()


def interest_paid(member: Member, *, first: datetime.date, last: datetime.date) -> int:
    """The interest on voluntary savings that a member was given in these days."""
    rows = Movement.objects.filter(
        member=member, purpose=Movement.Purpose.INTEREST, term=None, on__range=(first, last)
    ).signed()
    return rows.aggregate(sum=Coalesce(Sum("signed"), 0))["sum"]


def tax_on_top(member: Member, amount: int, *, on: datetime.date) -> int:
    """The tax that more interest of `amount` in the month of `on` would bring with it."""
    rules = tax_rules(on)
    if rules is None:
        return 0
    so_far = slips(on, member=member)
    gross, withheld = sum(row.gross for row in so_far), sum(row.tax for row in so_far)
    return interest.tax(gross + amount, free_up_to=rules.free_up_to, rate_bp=rules.rate_bp) - withheld


def open_months(*, until: datetime.date) -> list[Period]:
    """The months of the savings-and-loan unit in which interest can still be posted, up to that of `until`."""
    return list(Period.objects.filter(unit=Unit.USP, month__lte=until, closed_on=None).order_by("month"))


def missing_interest(member: Member, *, until: datetime.date) -> list[tuple[datetime.date, int]]:
    """The interest on voluntary savings that is not paid yet, for somebody who takes them out on `until`.

    One day and amount for each month whose books are open: the months before at their end, as the month-end run would
    give it, the month begun on `until`, as if nothing were saved from that day on. What a month gives after tax earns
    in the next.
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
