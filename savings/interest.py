"""Interest on savings and the tax on it. Pure: whole rupiah, exact fractions, no database and no clock.

A month's interest is calculated from the closing balance of each of its days, by one of three methods (SOM, Kepmeneg
96/2004): the lowest balance, the average balance, or the balance of each day separately. A day's part of the year is a
365th, a 360th, a day of the calendar year, or its share of a twelfth. Interest paid on the last day earns interest from
the next day.
"""

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.dates import add_months, full_months


class Method(TextChoices):
    LOWEST = "lowest", _("lowest balance")
    AVERAGE = "average", _("average balance")
    DAILY = "daily", _("daily balance")


class DayCount(TextChoices):
    TWELFTHS = "twelfths", _("a twelfth of a year per month")
    ACTUAL_365 = "actual/365", _("days / 365")
    ACTUAL_360 = "actual/360", _("days / 360")
    ACTUAL_ACTUAL = "actual/actual", _("days / days of the year")


class Rounding(TextChoices):
    HALF_UP = "half_up", _("to the nearest")
    DOWN = "down", _("down")


@dataclass(frozen=True)
class Terms:
    """The terms of the rules: rate in basis points a year, and the least balance that earns interest."""

    method: str
    rate_bp: int
    day_count: str = DayCount.TWELFTHS
    least_balance: int = 0
    rounding: str = Rounding.HALF_UP
    round_to: int = 1


def of_days(balances: Sequence[int], *, month: datetime.date, terms: Terms) -> Fraction:
    """Interest on closing balances of days of one month, before rounding."""
    return Fraction(_earning(balances, terms) * terms.rate_bp, 10_000 * basis(month, terms.day_count))


def of_month(balances: Sequence[int], *, month: datetime.date, terms: Terms) -> int:
    """The interest of a whole month in rupiah; `balances` has the closing balance of every day of it."""
    return rounded(of_days(balances, month=month, terms=terms), terms.rounding, terms.round_to)


def of_term(
    amount: int, *, rate_bp: int, opened_on: datetime.date, until: datetime.date, day_count: str = DayCount.TWELFTHS
) -> int:
    """What a term deposit has earned from its opening until a day, so that what is paid in parts adds up."""
    return rounded(Fraction(amount * rate_bp, 10_000) * part_of_year(opened_on, until, day_count))


def tax(gross: int, *, free_up_to: int, rate_bp: int) -> int:
    """The final tax on a month's interest: nothing up to the threshold, above it on the whole. Fractions are dropped.

    The threshold is inclusive and no allowance: 240,000 is free, of 240,001 the tax is 24,000 (PP 15/2009).
    """
    return gross * rate_bp // 10_000 if gross > free_up_to else 0


# -- the steps -------------------------------------------------------------------------------------------------------


def basis(month: datetime.date, day_count: str) -> int:
    """How many days of this month make a year."""
    if day_count == DayCount.TWELFTHS:
        return 12 * calendar.monthrange(month.year, month.month)[1]
    if day_count == DayCount.ACTUAL_ACTUAL:
        return 366 if calendar.isleap(month.year) else 365
    return 360 if day_count == DayCount.ACTUAL_360 else 365


def part_of_year(start: datetime.date, end: datetime.date, day_count: str) -> Fraction:
    """The part of a year from one day to another. By twelfths, days beyond whole months count in the month begun."""
    if day_count == DayCount.TWELFTHS:
        months = full_months(start, end)
        begun, next_one = add_months(start, months), add_months(start, months + 1)
        return (months + Fraction((end - begun).days, (next_one - begun).days)) / 12
    return Fraction((end - start).days, 365)


def rounded(amount: Fraction, mode: str = Rounding.HALF_UP, unit: int = 1) -> int:
    units = amount / unit
    return int(units + Fraction(1, 2) if mode == Rounding.HALF_UP else units) * unit


def _earning(balances, terms) -> int:
    """The sum over the days of what each of them earns on."""
    least = terms.least_balance
    if terms.method == Method.DAILY:
        return sum(balance for balance in balances if balance >= least)
    if terms.method == Method.AVERAGE:
        return sum(balances) if sum(balances) >= least * len(balances) else 0
    lowest = min(balances, default=0)
    return lowest * len(balances) if lowest >= least else 0
