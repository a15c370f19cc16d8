"""The repayment plan of a loan: pure arithmetic on whole rupiah and exact fractions.

    flat       principal P/n, interest P·r: the same every time
    declining  principal P/n, interest on what is still owed: falls every time
    annuity    one level instalment A, interest on what is still owed, the rest of A is principal
    daily      as declining, by the days of the calendar; what is really paid when changes it (`daily.py`)

r is the rate of one period: the rate of a year times the part of a year that the day count sees in it. Every amount is
rounded as the rules say, and the last row takes what rounding left over, so the principal always adds up to the loan.
The unit of every amount is whatever the principal is in: rupiah here, cents in the figures published by others.
"""

import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.arithmetic.daycount import DayCount, Period, due_dates, period_parts
from loans.arithmetic.rounding import MultipleRounding, Rounding, rounded, rounded_to_multiple

MOST_INSTALMENTS = 1200


class Method(models.TextChoices):
    FLAT = "flat", _("flat")
    DECLINING = "declining", _("declining (equal principal)")
    ANNUITY = "annuity", _("annuity (equal instalments)")
    DAILY = "daily", _("daily balance (interest by the days)")


class RatePer(models.TextChoices):
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class ScheduleError(ValueError):
    """Terms that no schedule can be made from; the text says which one and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What borrower and cooperative agree on. `rate` is per unit (1.5 % is 15/1000) and per month or year."""

    principal: int
    method: str
    rate: Fraction
    rate_per: str
    instalments: int
    every: int = 1
    period: str = Period.MONTH
    day_count: str = DayCount.THIRTY_360
    rounding: str = Rounding.HALF_UP
    round_to: int = 1
    instalment_multiple: int | None = None
    instalment_rounding: str = MultipleRounding.NEAREST
    principal_grace: int = 0
    instalment_fee: int = 0

    def __post_init__(self):
        if self.method not in tuple(Method):
            raise ScheduleError(f"method: {self.method} is none of {', '.join(Method)}")
        if self.rate_per not in tuple(RatePer):
            raise ScheduleError(f"rate-per: {self.rate_per} is neither month nor year")
        if self.period not in tuple(Period) or self.day_count not in tuple(DayCount):
            raise ScheduleError("period or day-count: unknown")
        if self.method == Method.DAILY and self.day_count == DayCount.THIRTY_360:
            raise ScheduleError("day-count: the daily method counts the days of the calendar, such as actual/365")
        for name in ("principal", "instalments", "every", "round_to"):
            if getattr(self, name) < 1:
                raise ScheduleError(f"{name.replace('_', '-')}: must be at least 1")
        if self.instalments > MOST_INSTALMENTS:
            raise ScheduleError(f"instalments: at most {MOST_INSTALMENTS}")
        if self.rate < 0:
            raise ScheduleError("rate: cannot be negative")
        if self.instalment_fee < 0:
            raise ScheduleError("instalment-fee: cannot be negative")
        if self.instalment_multiple is not None and self.instalment_multiple < 1:
            raise ScheduleError("instalment-multiple: must be at least 1")
        if not 0 <= self.principal_grace < self.instalments:
            raise ScheduleError("principal-grace: must leave at least one instalment that repays principal")

    @property
    def rate_per_year(self) -> Fraction:
        return Fraction(self.rate) * (12 if self.rate_per == RatePer.MONTH else 1)


class Row(NamedTuple):
    """One instalment. `opening` is owed before it, `balance` after it; `rate` is the rate of its period.

    `fee` is the administration that comes with every instalment; it is in `total` and in neither other part.
    """

    number: int
    start_on: datetime.date
    due_on: datetime.date
    opening: int
    principal: int
    interest: int
    balance: int
    rate: Fraction
    fee: int = 0

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fee

    @property
    def days(self) -> int:
        return (self.due_on - self.start_on).days


@dataclass(frozen=True, slots=True)
class Schedule:
    terms: Terms
    rows: list[Row]
    instalment: int | None = field(default=None)
    """The level instalment, where there is one; the last row may differ from it."""

    @property
    def principal(self) -> int:
        return sum(row.principal for row in self.rows)

    @property
    def interest(self) -> int:
        return sum(row.interest for row in self.rows)

    @property
    def fees(self) -> int:
        return sum(row.fee for row in self.rows)

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fees


def schedule(terms: Terms, *, disbursed_on: datetime.date, first_due_on: datetime.date | None = None) -> Schedule:
    """The plan for a loan paid out on `disbursed_on`.

    Raises ScheduleError where the first due date does not come after the disbursement, or the calendar ends first.
    """
    if first_due_on is not None and first_due_on <= disbursed_on:
        raise ScheduleError("first-due-on: must come after the day of disbursement")
    try:
        due = due_dates(
            disbursed_on, terms.instalments, every=terms.every, period=terms.period, first_due_on=first_due_on
        )
    except (ValueError, OverflowError) as error:
        raise ScheduleError("instalments: the last due date lies beyond the calendar") from error
    parts_of_year = period_parts(disbursed_on, due, every=terms.every, period=terms.period, day_count=terms.day_count)
    yearly, different = terms.rate_per_year, set(parts_of_year)
    denominator = lcm(*(denominator for _days, denominator in different)) * yearly.denominator
    weights = {part: yearly.numerator * part[0] * (denominator // yearly.denominator // part[1]) for part in different}
    exact = {part: Fraction(weight, denominator) for part, weight in weights.items()}
    amounts, instalment = PARTS[terms.method](terms, [weights[part] for part in parts_of_year], denominator)
    rows, opening, start_on = [], terms.principal, disbursed_on
    for number, ((principal, interest), due_on, part) in enumerate(zip(amounts, due, parts_of_year, strict=True), 1):
        balance = opening - principal
        rows.append(
            Row(number, start_on, due_on, opening, principal, interest, balance, exact[part], terms.instalment_fee)
        )
        opening, start_on = balance, due_on
    return Schedule(terms, rows, instalment)


def _flat(terms: Terms, rates: list[int], denominator: int):
    """Interest on the whole loan for the whole time, spread evenly; the last row completes both sums."""
    count, paying = terms.instalments, terms.instalments - terms.principal_grace
    all_interest = terms.principal * sum(rates)
    interest_left = _round(terms, all_interest, denominator)
    interest_share = _round(terms, all_interest, denominator * count)
    principal_share, level = _round(terms, terms.principal, paying), None
    if terms.instalment_multiple:
        level = rounded_to_multiple(
            terms.principal * denominator * count + all_interest * paying,
            denominator * count * paying,
            terms.instalment_multiple,
            terms.instalment_rounding,
        )
        principal_share = max(0, level - interest_share)
    parts, owed = [], terms.principal
    for number in range(1, count + 1):
        last = number == count
        interest = interest_left if last else min(interest_share, interest_left)
        principal = owed if last else 0 if number <= terms.principal_grace else min(principal_share, owed)
        parts.append((principal, interest))
        owed, interest_left = owed - principal, interest_left - interest
    return parts, level


def _declining(terms: Terms, rates: list[int], denominator: int):
    """Equal principal; interest on what is owed. A multiple rounds every instalment, and principal gives way."""
    share = _round(terms, terms.principal, terms.instalments - terms.principal_grace)
    parts, owed = [], terms.principal
    for number, rate in enumerate(rates, 1):
        interest = _round(terms, owed * rate, denominator)
        principal = share
        if terms.instalment_multiple:
            total = rounded_to_multiple(share + interest, 1, terms.instalment_multiple, terms.instalment_rounding)
            principal = max(0, total - interest)
        if number == terms.instalments:
            principal = owed
        elif number <= terms.principal_grace:
            principal = 0
        principal = min(principal, owed)
        parts.append((principal, interest))
        owed -= principal
    return parts, None


def _annuity(terms: Terms, rates: list[int], denominator: int):
    """A level instalment; each row pays the interest of its period first and principal with the rest."""
    above, below = _level(terms.principal, rates[terms.principal_grace :], denominator)
    level = _round(terms, above, below)
    if terms.instalment_multiple:
        level = rounded_to_multiple(above, below, terms.instalment_multiple, terms.instalment_rounding)
    parts, owed = [], terms.principal
    for number, rate in enumerate(rates, 1):
        interest = _round(terms, owed * rate, denominator)
        if number == terms.instalments:
            principal = owed
        elif number <= terms.principal_grace:
            principal = 0
        else:
            principal = min(max(0, level - interest), owed)
        parts.append((principal, interest))
        owed -= principal
    return parts, level


PARTS = {Method.FLAT: _flat, Method.DECLINING: _declining, Method.ANNUITY: _annuity, Method.DAILY: _declining}


def _level(principal: int, rates: list[int], denominator: int) -> tuple[int, int]:
    """The instalment A, as an exact fraction, whose present value at the periods' own rates is the principal.

    With one rate for all this is the textbook P·r / (1 − (1+r)^−n); with actual days every period has its own rate:
    A = P · Π(1+r) / Σ of the growth that is still to come after every payment.
    """
    first = rates[0]
    if all(rate == first for rate in rates):
        count = len(rates)
        if not first:
            return principal, count
        growth, scale = (denominator + first) ** count, denominator**count
        return principal * first * growth, denominator * (growth - scale)
    growth, payments, scale = 1, 1, 1
    for rate in reversed(rates[1:]):
        growth *= denominator + rate
        scale *= denominator
        payments = payments * denominator + growth
    return principal * growth * (denominator + first), payments * denominator


def _round(terms: Terms, numerator: int, denominator: int) -> int:
    return rounded(numerator, denominator, terms.rounding, terms.round_to)
