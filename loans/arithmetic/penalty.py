"""What a late instalment costs on top: pure arithmetic, nothing is stored until it is paid."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.arithmetic.rounding import Rounding, rounded


class PenaltyPer(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")


class PenaltyBase(models.TextChoices):
    INSTALMENT = "instalment", _("the whole instalment")
    PRINCIPAL = "principal", _("its principal only")


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyTerms:
    """`rate` per unit and per day or month (a month's rate counts a thirtieth a day).

    `grace_days` are free; the due day itself is not late unless `counts_due_day`. `cap` limits the penalty of one
    instalment to that part of the instalment.
    """

    rate: Fraction
    per: str
    grace_days: int = 0
    cap: Fraction | None = None
    counts_due_day: bool = False
    rounding: str = Rounding.HALF_UP
    round_to: int = 1

    @property
    def daily(self) -> Fraction:
        return Fraction(self.rate) / (30 if self.per == PenaltyPer.MONTH else 1)


def days_late(due_on: datetime.date, on: datetime.date, *, counts_due_day: bool = False) -> int:
    """Days from the due day to `on`; 0 while it is not late."""
    days = (on - due_on).days
    return days + counts_due_day if days > 0 else 0


def penalty(
    terms: PenaltyTerms,
    *,
    due_on: datetime.date,
    overdue: int,
    on: datetime.date,
    payments: Sequence[tuple[datetime.date, int]] = (),
) -> int:
    """The penalty that has grown by `on` on an instalment of `overdue` rupiah.

    Every day that is late and not free costs the daily rate of what is unpaid on that day: `payments` (day, amount),
    in any order, lower it from their day on. A payment on the due day or before leaves nothing to charge on its part.
    """
    free = terms.grace_days - terms.counts_due_day
    from_day = due_on + datetime.timedelta(days=free)
    if on <= due_on or on <= from_day:
        return 0
    in_time = max(due_on, from_day)
    unpaid = overdue - sum(amount for day, amount in payments if day <= in_time)
    owed_days, day = 0, from_day
    for paid_on, amount in sorted((day, amount) for day, amount in payments if in_time < day < on):
        owed_days += unpaid * (paid_on - day).days
        unpaid, day = unpaid - amount, paid_on
    owed_days += unpaid * (on - day).days
    cost = terms.daily * max(0, owed_days)
    if terms.cap is not None:
        cost = min(cost, terms.cap * overdue)
    return rounded(cost.numerator, cost.denominator, terms.rounding, terms.round_to)
