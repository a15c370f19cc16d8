"""Visits to members in need, and what was given."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from activities.models import Visit
from activities.services import record_visit
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from tests.builders import a_member

pytestmark = pytest.mark.usefixtures("capital")

FEBRUARY = datetime.date(2025, 2, 12)


def test_a_visit_books_what_was_given(books, secretary, treasurer):
    sri = a_member("Sri", by=secretary)
    visit = record_visit(sri, reason="Rawat inap", visitors="Bu Ketua", on=FEBRUARY, amount=150_000, by=treasurer)
    assert [(line.account.code, line.debit, line.credit) for line in visit.entry.lines.order_by("pk")] == [
        (chart.SOLIDARITY, 150_000, 0),
        (chart.CASH, 0, 150_000),
    ]
    assert (visit.receipt.direction, visit.entry.reference) == ("out", f"visit:{visit.pk}:given")
    assert account_balance(Unit.UMUM, chart.SOLIDARITY, as_of=FEBRUARY) == 150_000


def test_a_visit_without_a_gift_books_nothing(secretary, treasurer):
    visit = record_visit(a_member(by=secretary), reason="Melayat", visitors="Pengurus", on=FEBRUARY, by=treasurer)
    assert (visit.amount, visit.entry, visit.receipt) == (0, None, None)
    with pytest.raises(IntegrityError, match="booked_where_something_was_given"), transaction.atomic():
        Visit.objects.create(member=visit.member, on=FEBRUARY, reason="x", visitors="y", amount=1)
