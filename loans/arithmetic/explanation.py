"""A schedule in words and numbers: how every interest and principal came about, for anybody to check."""

import calendar
import datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from core.money import format_number
from loans.arithmetic.daycount import NOMINAL_DAYS, YEAR_DAYS, DayCount
from loans.arithmetic.schedule import Method, Row, Schedule


def percent(rate: Fraction) -> str:
    """`1,5 %`; at most six decimals, which is exact for every rate the rules can hold."""
    text = f"{float(rate * 100):.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") + "\u00a0%"


def year_part(row: Row, plan: Schedule) -> str:
    """The part of a year a period is, as one would write it: `31/365`."""
    terms = plan.terms
    if terms.day_count in YEAR_DAYS:
        return f"{row.days}/{YEAR_DAYS[terms.day_count]}"
    if terms.day_count == DayCount.THIRTY_360:
        part = row.rate / terms.rate_per_year if terms.rate else Fraction(terms.every * NOMINAL_DAYS[terms.period], 360)
        return f"{int(part * 360)}/360"
    if row.start_on.year == row.due_on.year:
        return f"{row.days}/{_year_days(row.due_on.year)}"
    new_year = datetime.date(row.due_on.year, 1, 1)
    before, after = (new_year - row.start_on).days, (row.due_on - new_year).days
    return f"({before}/{_year_days(row.start_on.year)} + {after}/{_year_days(row.due_on.year)})"


def rate_of(row: Row, plan: Schedule) -> str:
    """The rate of a period: `1,5 %` where a month is a twelfth of a year, else `18 % × 31/365`."""
    if plan.terms.day_count == DayCount.THIRTY_360 and (row.rate * 10_000_000).denominator == 1:
        return percent(row.rate)
    return f"{percent(plan.terms.rate_per_year)} × {year_part(row, plan)}"


def interest_formula(row: Row, plan: Schedule) -> str:
    terms = plan.terms
    if terms.method != Method.FLAT:
        return f"{format_number(row.opening)} × {rate_of(row, plan)}"
    rates = {each.rate for each in plan.rows}
    if len(rates) == 1 and row.number < len(plan.rows):
        return f"{format_number(terms.principal)} × {rate_of(row, plan)}"
    share = f"{format_number(plan.interest)} ÷ {terms.instalments}"
    others = plan.interest - row.interest
    if row.number == len(plan.rows) and row.interest != plan.rows[0].interest:
        return f"{format_number(plan.interest)} − {format_number(others)}"
    return share if len(rates) > 1 else f"{format_number(terms.principal)} × {rate_of(row, plan)}"


def principal_formula(row: Row, plan: Schedule) -> str:
    terms = plan.terms
    if row.number <= terms.principal_grace:
        return _("not yet (grace)")
    if row.number == len(plan.rows):
        return _("the rest")
    if row.principal == row.opening:
        return _("all that is left")
    if terms.method == Method.ANNUITY or terms.instalment_multiple:
        return f"{format_number(row.principal + row.interest)} − {format_number(row.interest)}"
    return f"{format_number(terms.principal)} ÷ {terms.instalments - terms.principal_grace}"


def explained(plan: Schedule) -> list[tuple[Row, str, str]]:
    """Every row with the formula of its interest and of its principal."""
    return [(row, interest_formula(row, plan), principal_formula(row, plan)) for row in plan.rows]


def _year_days(year: int) -> int:
    return 366 if calendar.isleap(year) else 365
