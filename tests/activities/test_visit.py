"""Visits to those in need, members and neighbours, and what was given."""

import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from activities import services
from activities.errors import ActivityRefused
from activities.models import Visit
from activities.services import record_visit, reverse_visit
from ledger import chart
from ledger.errors import LedgerRefused
from ledger.models import Unit
from ledger.queries import account_balance
from tests import builders
from tests.activities.builders import fill
from tests.books import assert_clean
from tests.builders import a_member
from tests.treasury.builders import spending_rules
from treasury.models import PaymentRequest
from treasury.services import confirm_payment

FEBRUARY = datetime.date(2025, 2, 12)
FACTS = {"reason": "Rawat inap", "visitors": "Bu Ketua", "on": FEBRUARY}


@pytest.fixture
def sri(books, secretary, capital):
    return a_member("Sri", by=secretary)


def booked(entry):
    return [(line.account.code, line.debit, line.credit) for line in entry.lines.order_by("pk")]


def test_a_visit_books_what_was_given(sri, treasurer):
    visit = record_visit(sri, amount=150_000, by=treasurer, **FACTS)
    assert booked(visit.entry) == [(chart.SOLIDARITY, 150_000, 0), (chart.CASH, 0, 150_000)]
    assert (visit.receipt.direction, visit.entry.reference) == ("out", f"visit:{visit.pk}:given")
    assert "Rawat" not in visit.entry.memo + visit.receipt.purpose, "many read the journal; few read why"
    assert account_balance(Unit.UMUM, chart.SOLIDARITY, as_of=FEBRUARY) == 150_000
    assert_clean(FEBRUARY)


def test_a_visit_is_paid_from_the_bank(sri, treasurer):
    builders.capital(1_000_000, code=chart.BANK)
    visit = record_visit(sri, amount=150_000, channel="bank", by=treasurer, **FACTS)
    assert booked(visit.entry)[-1] == (chart.BANK, 0, 150_000)


def test_the_fund_of_both_units_pays_the_general_part_first(sri, treasurer):
    """40,000 in the general unit and 100,000 from the SHU in the other; 90,000 is given: 40,000 and 50,000."""
    fill(chart.SOCIAL_FUND, 40_000, unit=Unit.UMUM, by=treasurer)
    fill(chart.SOCIAL_FUND, 100_000, unit=Unit.USP, by=treasurer)
    visit = record_visit(sri, amount=90_000, source="social", by=treasurer, **FACTS)
    assert booked(visit.entry) == [
        (chart.SOCIAL_FUND, 40_000, 0), (chart.INTER_UNIT, 50_000, 0), (chart.CASH, 0, 90_000),
    ]  # fmt: skip
    assert booked(visit.fund_entry) == [(chart.SOCIAL_FUND, 50_000, 0), (chart.INTER_UNIT, 0, 50_000)]
    assert_clean(FEBRUARY)
    with pytest.raises(ActivityRefused, match=r"Dana sosial: tersisa Rp\s50.000"):
        record_visit(sri, amount=50_001, source="social", by=treasurer, **FACTS)


def test_a_reversed_visit_gives_everything_back(sri, treasurer, chair):
    fill(chart.SOCIAL_FUND, 100_000, unit=Unit.USP, by=treasurer)
    visit = record_visit(sri, amount=90_000, source="social", by=treasurer, **FACTS)
    with pytest.raises(ActivityRefused, match="Anda sendiri"):
        reverse_visit(visit, on=FEBRUARY, reason="Salah", by=treasurer)
    with pytest.raises(ActivityRefused, match="alasan"):
        reverse_visit(visit, on=FEBRUARY, reason=" ", by=chair)
    reverse_visit(visit, on=FEBRUARY, reason="Salah orang", by=chair)
    assert account_balance(Unit.USP, chart.SOCIAL_FUND, as_of=FEBRUARY) == 100_000
    assert account_balance(Unit.UMUM, chart.CASH, as_of=FEBRUARY) == 1_000_000_000
    assert_clean(FEBRUARY)
    with pytest.raises(ActivityRefused, match="sudah dibatalkan"):
        reverse_visit(visit, on=FEBRUARY, reason="Lagi", by=chair)


def test_no_money_leaves_that_is_not_there(sri, treasurer):
    with pytest.raises(LedgerRefused), transaction.atomic():
        record_visit(sri, amount=1_000_000_001, by=treasurer, **FACTS)
    assert not Visit.objects.exists()


def test_nobody_gives_to_themselves(books, capital, treasurer, secretary):
    own = a_member("Bendahara", by=secretary, user=treasurer)
    with pytest.raises(ActivityRefused, match="dirinya sendiri"):
        record_visit(own, amount=1, by=treasurer, **FACTS)
    assert record_visit(own, by=treasurer, **FACTS).amount == 0


def test_a_neighbour_is_visited_too(books, capital, treasurer):
    visit = record_visit(neighbour="Mbah Joyo", amount=50_000, by=treasurer, **FACTS)
    assert (visit.who, visit.receipt.party, visit.receipt.member) == ("Mbah Joyo", "Mbah Joyo", None)
    assert_clean(FEBRUARY)
    with pytest.raises(ActivityRefused, match="Pilih anggota"):
        record_visit(by=treasurer, **FACTS)


def test_above_the_limit_it_waits_and_is_dated_when_it_is_confirmed(sri, treasurer, chair):
    spending_rules(by=chair)
    asked = record_visit(sri, amount=1_000_001, by=treasurer, report="Butuh kursi roda", **FACTS)
    assert isinstance(asked, PaymentRequest)
    assert not Visit.objects.exists()
    _request, visit = confirm_payment(asked, on=FEBRUARY + datetime.timedelta(days=3), by=chair)
    assert (visit.on, visit.entry.date.day, visit.by, visit.report) == (FEBRUARY, 15, treasurer, "Butuh kursi roda")
    services.reverse_visit(visit, on=visit.entry.date, reason="Salah", by=chair)
    assert_clean(visit.entry.date)


def test_a_visit_without_a_gift_books_nothing(secretary, treasurer):
    visit = record_visit(a_member(by=secretary), by=treasurer, **FACTS)
    assert (visit.amount, visit.entry, visit.receipt, visit.channel, visit.source) == (0, None, None, "", "")
    for wrong, constraint in (
        ({"amount": 1}, "booked_where_something_was_given"),
        ({"neighbour": "Mbah Joyo"}, "to_one"),
        ({"member": None}, "to_one"),
        ({"reversed_on": FEBRUARY}, "reversed_by_others"),
        ({"reversed_on": FEBRUARY, "reversed_by": treasurer, "reversal_reason": "x"}, "reversed_by_others"),
    ):
        facts = {"member": visit.member, "on": FEBRUARY, "reason": "x", "visitors": "y", "by": treasurer}
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Visit.objects.create(**facts | wrong)
    for change in ({"amount": 5}, {"reason": "x"}, {"report": "x"}):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Visit.objects.update(**change)
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        Visit.objects.all().delete()
