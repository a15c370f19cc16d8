import datetime

import pytest
from django.db import connection, transaction

from core import audit
from core.dates import month_end
from ledger import chart, queries
from ledger.models import Entry, Line, Period, PeriodBalance, Receipt, Unit
from ledger.services import (
    LedgerRefused,
    close_period,
    credit,
    debit,
    issue_receipt,
    open_year,
    post_by_hand,
    post_entry,
    reverse,
    reverse_by_hand,
)
from tests.ledger.builders import MARCH, a_member, a_post, account

pytestmark = pytest.mark.django_db


def a_month(month, unit=Unit.UMUM, year=2026):
    return Period.objects.get(unit=unit, month=datetime.date(year, month, 1))


def close_through(year, month, by, unit=Unit.UMUM):
    for period in Period.objects.filter(unit=unit, month__lte=datetime.date(year, month, 1)).order_by("month"):
        if not period.is_closed:
            close_period(period, on=month_end(period.month), by=by)


# -- posting ---------------------------------------------------------------------------------------------------------


def test_post_entry_writes_the_event_with_its_lines(books, treasurer):
    member = a_member()
    entry = post_entry(
        unit=Unit.USP,
        on=MARCH,
        reference="savings:1:deposit",
        memo="Simpanan wajib",
        lines=[
            debit(chart.CASH, 150_000),
            credit(chart.MANDATORY_SAVINGS, 100_000, member=member),
            credit(chart.VOLUNTARY_SAVINGS, 50_000, member=member),
        ],
        by=treasurer,
    )
    assert Entry.objects.get() == entry
    assert [
        (line.account.code, line.debit, line.credit, line.member, line.date)
        for line in entry.lines.select_related("account", "member").order_by("id")
    ] == [
        ("1101", 150_000, 0, None, MARCH),
        ("3102", 0, 100_000, member, MARCH),
        ("2101", 0, 50_000, member, MARCH),
    ]


def test_post_entry_is_one_query(books, treasurer, django_assert_num_queries):
    with django_assert_num_queries(1):
        a_post(treasurer)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": datetime.date(2030, 1, 1)}, "Belum ada pembukuan untuk Januari 2030."),
        ({"lines": [debit(chart.CASH, 1), credit(chart.OTHER_INCOME, 2)]}, "Debit dan kredit tidak sama."),
        ({"lines": [debit(chart.CASH, 1)]}, "Jurnal harus mempunyai paling sedikit dua baris."),
        ({"lines": [debit(chart.CASH, 0), credit(chart.OTHER_INCOME, 0)]}, "Setiap baris berisi jumlah lebih dari nol"),
        ({"lines": [debit(chart.CASH, 5), credit(chart.PRINCIPAL_SAVINGS, 5)]}, "Akun ini dicatat per anggota"),
    ],
)
def test_post_entry_refuses_with_a_sentence(books, treasurer, wrong, sentence):
    with pytest.raises(LedgerRefused) as refusal, transaction.atomic():
        a_post(treasurer, **wrong)
    assert str(refusal.value).startswith(sentence)
    assert not Entry.objects.exists()


def test_post_entry_refuses_a_repeated_reference(books, treasurer):
    a_post(treasurer)
    with pytest.raises(LedgerRefused, match=r"Ini sudah dibukukan \(test:1\)"), transaction.atomic():
        a_post(treasurer)
    assert Entry.objects.count() == 1


def test_post_by_hand_numbers_and_records(books, treasurer):
    lines = [debit(chart.OFFICE, 40_000), credit(chart.CASH, 40_000)]
    first = post_by_hand(unit=Unit.UMUM, on=MARCH, memo="Alat tulis", lines=lines, by=treasurer)
    second = post_by_hand(unit=Unit.USP, on=MARCH, memo="Alat tulis", lines=lines, by=treasurer)
    assert [first.reference, second.reference] == ["journal:2026-0001", "journal:2026-0002"]
    assert [event.action for event in audit.trail(first)] == ["entry.posted"]


# -- reversing -------------------------------------------------------------------------------------------------------


def test_reverse_exchanges_the_sides(books, treasurer):
    entry = a_post(treasurer)
    reversal = reverse(entry, on=MARCH, reason="salah ketik", by=treasurer)
    assert list(reversal.lines.order_by("id").values_list("account__code", "debit", "credit")) == [
        ("1101", 0, 100_000),
        ("4901", 100_000, 0),
    ]
    assert Entry.objects.get(reverses=entry) == reversal
    assert queries.account_balance(Unit.UMUM, chart.CASH, as_of=MARCH) == 0
    assert [event.facts["reason"] for event in audit.trail(entry)] == ["salah ketik"]


def test_reverse_refuses_twice_a_reversal_and_an_earlier_day(books, treasurer):
    entry = a_post(treasurer)
    with pytest.raises(LedgerRefused, match="sebelum tanggalnya"):
        reverse(entry, on=MARCH - datetime.timedelta(days=1), reason="x", by=treasurer)
    reversal = reverse(entry, on=MARCH, reason="x", by=treasurer)
    with pytest.raises(LedgerRefused, match="membatalkan jurnal lain"):
        reverse(reversal, on=MARCH, reason="x", by=treasurer)
    with pytest.raises(LedgerRefused), transaction.atomic():
        reverse(entry, on=MARCH, reason="x", by=treasurer)
    assert Entry.objects.count() == 2


def test_reverse_by_hand_leaves_other_books_entries_alone(books, treasurer):
    entry = a_post(treasurer, reference="savings:1:deposit")
    with pytest.raises(LedgerRefused, match=r"savings:1:deposit"):
        reverse_by_hand(entry, on=MARCH, reason="x", by=treasurer)


# -- months ----------------------------------------------------------------------------------------------------------


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
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE ledger_line SET member_id = %s WHERE debit > 0", [a_member().pk])
        cursor.execute("SELECT ledger_seal(%s)", [january.pk])
        assert cursor.fetchone() != (january.seal,)


# -- receipts --------------------------------------------------------------------------------------------------------


def test_issue_receipt_numbers_per_year(books, treasurer):
    member = a_member()
    numbers = [
        issue_receipt(
            a_post(treasurer, on=day, reference=str(day)),
            party=member.name,
            member=member,
            purpose="Iuran",
            amount=100_000,
            direction="in",
            by=treasurer,
        ).number
        for day in (MARCH, datetime.date(2026, 4, 1), datetime.date(2027, 1, 2))
    ]
    assert numbers == ["KW-2026-0001", "KW-2026-0002", "KW-2027-0001"]
    assert Receipt.objects.get(number="KW-2027-0001").issued_on == datetime.date(2027, 1, 2)
