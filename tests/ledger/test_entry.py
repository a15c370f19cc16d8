"""Posting entries and reversing them."""

import datetime

import pytest
from django.db import transaction

from core import audit
from ledger import chart, queries
from ledger.models import Entry, Unit
from ledger.services import (
    LedgerRefused,
    credit,
    debit,
    post_entry,
    reverse,
)
from tests.ledger.builders import MARCH, a_member, a_post

pytestmark = pytest.mark.django_db


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
