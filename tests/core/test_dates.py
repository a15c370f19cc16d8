import datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core import dates

DAYS = st.dates(min_value=datetime.date(1950, 1, 1), max_value=datetime.date(2150, 12, 31))
MONTHS = st.integers(min_value=0, max_value=600)


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-01-31", 2, "2026-03-31"),  # from the day it began, not from the shortened one
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-12", 1, "2027-01-12"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -13, "2024-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-05-05", 0, "2026-05-05"),
    ],
)
def test_add_months(start, months, end):
    assert dates.add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-01-31", "2026-02-27", 0),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-01-31", "2026-03-30", 1),
        ("2026-01-31", "2026-03-31", 2),
        ("2026-01-12", "2027-01-11", 11),
        ("2026-01-12", "2027-01-12", 12),
        ("2026-01-12", "2026-01-12", 0),
    ],
)
def test_full_months(start, end, months):
    assert dates.full_months(day(start), day(end)) == months


@given(DAYS, MONTHS)
def test_full_months_undoes_add_months(start, months):
    assert dates.full_months(start, dates.add_months(start, months)) == months


@given(DAYS)
def test_month_begins_and_ends_around_every_day(some_day):
    first, last = dates.month_start(some_day), dates.month_end(some_day)
    assert first <= some_day <= last
    assert (first.day, (last + datetime.timedelta(days=1)).day) == (1, 1)


def test_months_between_takes_both_ends_and_crosses_the_year():
    months = list(dates.months_between(day("2026-11-30"), day("2027-02-01")))
    assert months == [day("2026-11-01"), day("2026-12-01"), day("2027-01-01"), day("2027-02-01")]
    assert list(dates.months_between(day("2026-11-30"), day("2026-11-01"))) == [day("2026-11-01")]
    assert list(dates.months_between(day("2026-12-01"), day("2026-11-30"))) == []


def test_today_is_the_day_in_jakarta(monkeypatch):
    late_in_london = datetime.datetime(2026, 11, 24, 18, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late_in_london)
    assert dates.today() == day("2026-11-25")


def test_days_and_months_are_said_in_the_readers_language():
    assert dates.long_date(day("2026-11-04")) == "4 November 2026"
    with override("id"):
        assert (dates.long_date(day("2026-08-17")), dates.month_name(day("2026-08-17"))) == (
            "17 Agustus 2026",
            "Agustus 2026",
        )
