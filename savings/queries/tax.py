"""The tax withheld of the interest of a month: everybody's slips, when it is due, whether it was paid."""

import datetime
from dataclasses import dataclass

from core import dates, sql
from members.models import Member
from savings import interest
from savings.models import SavingsTaxPayment, SavingsTaxRules


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
    rows = sql.rows("savings/sql/tax_slips.sql", first=first, last=last, member=member and member.pk)
    return [Slip(row.id, row.number, row.name, first, row.gross, row.tax) for row in rows]


def tax_due_on(month: datetime.date) -> datetime.date | None:
    """By when the tax of a month is handed over; None before the first rules."""
    rules = SavingsTaxRules.objects.current(dates.month_end(month))
    return rules and dates.add_months(dates.month_start(month), 1).replace(day=rules.due_day)


def tax_payment(month: datetime.date) -> SavingsTaxPayment | None:
    return SavingsTaxPayment.objects.filter(month=dates.month_start(month)).select_related("receipt").first()


def tax_on_top(member: Member, amount: int, *, on: datetime.date) -> int:
    """The tax that more interest of `amount` in the month of `on` would bring with it."""
    rules = SavingsTaxRules.objects.current(on)
    if rules is None:
        return 0
    so_far = slips(on, member=member)
    gross, withheld = sum(row.gross for row in so_far), sum(row.tax for row in so_far)
    return interest.tax(gross + amount, free_up_to=rules.free_up_to, rate_bp=rules.rate_bp) - withheld
