"""When instalments fall due, and what part of a year passes between two of them."""

import calendar
import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dates import add_months


class Period(models.TextChoices):
    MONTH = "month", _("month")
    WEEK = "week", _("week")
    DAY = "day", _("day")


class DayCount(models.TextChoices):
    THIRTY_360 = "30/360", _("every month 30 days, the year 360")
    ACTUAL_360 = "actual/360", _("days of the calendar, the year 360")
    ACTUAL_364 = "actual/364", _("days of the calendar, the year 364")
    ACTUAL_365 = "actual/365", _("days of the calendar, the year 365")
    ACTUAL_ACTUAL = "actual/actual", _("days of the calendar, the year as long as it is")


NOMINAL_DAYS = {Period.MONTH: 30, Period.WEEK: 7, Period.DAY: 1}


YEAR_DAYS = {DayCount.ACTUAL_360: 360, DayCount.ACTUAL_364: 364, DayCount.ACTUAL_365: 365}


def step(day: datetime.date, count: int, period: str) -> datetime.date:
    """`count` periods after `day`; a month that is too short gives its last day (31 Jan + 1 month = 28 Feb)."""
    if period == Period.MONTH:
        return add_months(day, count)
    return day + datetime.timedelta(days=count * NOMINAL_DAYS[period])


def due_dates(
    disbursed_on: datetime.date, instalments: int, *, every: int, period: str, first_due_on: datetime.date | None = None
) -> list[datetime.date]:
    """The due date of every instalment, each counted from one anchor so that a short month shifts nothing:

    31 Jan, 28 Feb, 31 Mar. The anchor is the first due date where one is named, else the day of disbursement.
    """
    if first_due_on is None:
        return [step(disbursed_on, k * every, period) for k in range(1, instalments + 1)]
    return [step(first_due_on, k * every, period) for k in range(instalments)]


def year_part(start: datetime.date, end: datetime.date, day_count: str) -> tuple[int, int]:
    """The part of a year from `start` to `end` as the convention counts it: (31, 365), not reduced.

    `30/360` is the European count (day 31 reads as 30). `actual/actual` divides the days of every calendar year by
    the length of that year (ISDA), so a period over New Year of a leap year is brought over one denominator.
    """
    if day_count == DayCount.THIRTY_360:
        months = (end.year - start.year) * 12 + end.month - start.month
        return months * 30 + min(end.day, 30) - min(start.day, 30), 360
    if day_count in YEAR_DAYS:
        return (end - start).days, YEAR_DAYS[day_count]
    if start.year == end.year:
        return (end - start).days, _days_in(start.year)
    in_years = {365: 0, 366: 0}
    while start.year < end.year:
        new_year = datetime.date(start.year + 1, 1, 1)
        in_years[_days_in(start.year)] += (new_year - start).days
        start = new_year
    in_years[_days_in(start.year)] += (end - start).days
    return in_years[365] * 366 + in_years[366] * 365, 365 * 366


def period_parts(
    disbursed_on: datetime.date, due: list[datetime.date], *, every: int, period: str, day_count: str
) -> list[tuple[int, int]]:
    """The part of a year in front of every due date.

    Under 30/360 a regular period has its nominal length whatever the calendar says (a month is 30 days, a week 7),
    and only a first period that is longer or shorter than agreed is counted by its dates.
    """
    if day_count != DayCount.THIRTY_360:
        starts = [disbursed_on, *due[:-1]]
        return [year_part(start, end, day_count) for start, end in zip(starts, due, strict=True)]
    nominal = first = every * NOMINAL_DAYS[period], 360
    if due[0] != step(disbursed_on, every, period):
        by = DayCount.THIRTY_360 if period == Period.MONTH else DayCount.ACTUAL_360
        first = year_part(disbursed_on, due[0], by)
    return [first] + [nominal] * (len(due) - 1)


def _days_in(year: int) -> int:
    return 366 if calendar.isleap(year) else 365
