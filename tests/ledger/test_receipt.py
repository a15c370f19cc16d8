"""Numbered receipts."""

import datetime
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from ledger import chart, papers
from ledger.models import Receipt, Unit
from ledger.services import credit, debit, issue_receipt, issue_receipts, post_many, put_under
from tests.ledger.builders import MARCH, a_member, a_post

pytestmark = pytest.mark.django_db


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


# -- one paper for several entries -----------------------------------------------------------------------------------


def shared(treasurer, *amounts, total=None, start=0):
    """A receipt for so many entries of other income, with their amounts as parts."""
    given = [
        (f"part:{place}", f"Bagian {place}", [debit(chart.CASH, amount), credit(chart.OTHER_INCOME, amount)])
        for place, amount in enumerate(amounts, start)
    ]
    entries = post_many(given, unit=Unit.UMUM, on=MARCH, by=treasurer)
    papers = [(a_member(), "Setoran rapat", total or sum(amounts))]
    [receipt] = issue_receipts(papers, direction="in", on=MARCH, by=treasurer)
    put_under((receipt, entries[f"part:{place}"], amount) for place, amount in enumerate(amounts, start))
    return receipt


@contextmanager
def refused_at_commit():
    with pytest.raises(IntegrityError, match="for one entry or for all its parts"), transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()


def test_receipts_are_numbered_together_without_a_gap(books, treasurer):
    before = a_post(treasurer)
    issue_receipt(before, party="Sri", purpose="Iuran", amount=100_000, direction="in", by=treasurer)
    assert [shared(treasurer, 50_000, 20_000).number, shared(treasurer, 7, start=2).number] == [
        "KW-2026-0002",
        "KW-2026-0003",
    ]
    assert issue_receipts([], direction="in", on=MARCH, by=treasurer) == []


def test_the_parts_of_a_receipt_make_its_sum(books, treasurer):
    receipt = shared(treasurer, 50_000, 20_000)
    connection.check_constraints()
    assert list(receipt.entries.order_by("pk").values_list("memo", flat=True)) == ["Bagian 0", "Bagian 1"]


@pytest.mark.parametrize(("amounts", "total"), [((50_000, 20_000), 80_000), ((50_000,), 40_000), ((), 40_000)])
def test_the_database_refuses_a_receipt_that_its_parts_do_not_make(books, treasurer, amounts, total):
    with refused_at_commit():
        shared(treasurer, *amounts, total=total)


def test_the_database_refuses_a_part_beside_an_entry(books, treasurer):
    entry = a_post(treasurer)
    alone = issue_receipt(entry, party="Sri", purpose="Iuran", amount=100_000, direction="in", by=treasurer)
    with refused_at_commit():
        put_under([(alone, entry, 100_000)])


def test_the_paper_of_several_entries_names_each(books, treasurer):
    receipt = shared(treasurer, 50_000, 20_000)
    assert papers.receipt(receipt).startswith(b"%PDF")
    assert papers._references(receipt) == "Jurnal part:0, part:1"
