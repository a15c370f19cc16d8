"""Opening years and closing months."""

import datetime

import pytest
from django.db import connection, transaction

from core.dates import month_end
from ledger import chart
from ledger.models import Entry, Line, Period, PeriodBalance, Unit
from ledger.services import (
    LedgerRefused,
    close_period,
    open_year,
)
from tests.ledger.builders import MARCH, a_member, a_post, account
from tests.roles import around_the_guards

pytestmark = pytest.mark.django_db


def a_month(month, unit=Unit.UMUM, year=2026):
    return Period.objects.get(unit=unit, month=datetime.date(year, month, 1))


def close_through(year, month, by, unit=Unit.UMUM):
    for period in Period.objects.filter(unit=unit, month__lte=datetime.date(year, month, 1)).order_by("month"):
        if not period.is_closed:
            close_period(period, on=month_end(period.month), by=by)


def test_open_year_follows_the_last(books, treasurer):
    with pytest.raises(LedgerRefused, match="2028"):
        open_year(Unit.UMUM, 2030, by=treasurer)
    assert len(open_year(Unit.UMUM, 2028, by=treasurer)) == 12


def test_close_period_keeps_the_balances_and_seals(books, treasurer):
    a_post(treasurer, 70_000, on=datetime.date(2024, 1, 5), reference="a")
    a_post(treasurer, 30_000, on=datetime.date(2024, 2, 29), reference="b")
    close_through(2024, 2, treasurer)
    february = a_month(2, year=2024)
    assert february.closed_by == treasurer
    assert len(february.seal) == 64
    assert february.seal != a_month(1, year=2024).seal
    cash = PeriodBalance.objects.get(period=february, account=account(chart.CASH))
    assert (cash.opening, cash.debit, cash.credit) == (70_000, 30_000, 0)


def test_close_period_refuses_out_of_order_early_and_twice(books, treasurer):
    january, february = a_month(1, year=2024), a_month(2, year=2024)
    with pytest.raises(LedgerRefused, match="Tutup Januari 2024 dahulu"):
        close_period(february, on=MARCH, by=treasurer)
    with pytest.raises(LedgerRefused, match="belum berakhir"):
        close_period(january, on=datetime.date(2024, 1, 30), by=treasurer)
    close_period(january, on=datetime.date(2024, 1, 31), by=treasurer)
    with pytest.raises(LedgerRefused, match="Januari 2024 sudah ditutup"):
        close_period(january, on=MARCH, by=treasurer)


def test_close_period_refuses_an_entry_without_lines(books, treasurer):
    Entry.objects.create(
        unit="umum", date=datetime.date(2024, 1, 5), reference="bare", memo="tanpa baris", posted_by=treasurer
    )
    with pytest.raises(LedgerRefused, match="bare"):
        close_period(a_month(1, year=2024), on=MARCH, by=treasurer)


def test_post_entry_refuses_a_closed_month(books, treasurer):
    close_through(2024, 1, treasurer)
    with pytest.raises(LedgerRefused, match="Pembukuan Januari 2024 sudah ditutup"), transaction.atomic():
        a_post(treasurer, on=datetime.date(2024, 1, 31))
    a_post(treasurer, on=datetime.date(2024, 1, 31), unit=Unit.USP)
    a_post(treasurer, on=datetime.date(2024, 2, 1), reference="next")
    assert Line.objects.count() == 4


def test_seal_shows_a_line_that_was_altered(books, treasurer):
    a_post(treasurer, on=datetime.date(2024, 1, 5))
    close_through(2024, 1, treasurer)
    january = a_month(1, year=2024)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_seal(%s)", [january.pk])
        assert cursor.fetchone() == (january.seal,)
        with around_the_guards():
            cursor.execute("UPDATE ledger_line SET member_id = %s WHERE debit > 0", [a_member().pk])
        cursor.execute("SELECT ledger_seal(%s)", [january.pk])
        assert cursor.fetchone() != (january.seal,)
