"""The calendar of the cooperative: the only module that reads the clock, and the arithmetic of months."""

import calendar
import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format


def today() -> datetime.date:
    """The business date in Asia/Jakarta. Only views, forms and commands ask; services are told."""
    return timezone.localdate()


def now() -> datetime.datetime:
    """The moment, for the audit trail and for tokens; never for a rule."""
    return timezone.now()


def long_date(day: datetime.date) -> str:
    """`24 November 2026`, in the reader's language."""
    return date_format(day, "j F Y")


def moment(at: datetime.datetime) -> str:
    """`24 November 2026 14.03`, by the clock of the cooperative."""
    return date_format(timezone.localtime(at), "j F Y H.i")


def month_name(day: datetime.date) -> str:
    """`November 2026`, in the reader's language."""
    return date_format(day, "F Y")


def month_start(day: datetime.date) -> datetime.date:
    return day.replace(day=1)


def month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, `months` later; the last day where that month is shorter (31 Jan + 1 = 28 Feb)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_meeting(on: datetime.date) -> datetime.date:
    """The 12th, when the members meet, that is today or comes next."""
    return on.replace(day=12) if on.day <= 12 else add_months(on.replace(day=12), 1)


def months_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The first day of every month from that of `first` to that of `last`, both included."""
    month = month_start(first)
    while month <= last:
        yield month
        month = add_months(month, 1)


def full_months(start: datetime.date, end: datetime.date) -> int:
    """How many whole months have passed; 31 Jan to 28 Feb is one (the month had no more days to give)."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1
