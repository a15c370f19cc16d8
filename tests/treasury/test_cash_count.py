import io

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from core import hooks
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from ledger.services import credit, debit
from tests.books import assert_clean
from tests.ledger.builders import run
from tests.treasury.builders import DAY, money_in, spending_rules
from treasury import papers, services
from treasury.arithmetic.cash_count import total
from treasury.errors import TreasuryRefused
from treasury.models import CashCount
from treasury.queries.cash_count import counted_on

pytestmark = pytest.mark.django_db


def count(by, pieces, **facts):
    facts = {"unit": Unit.UMUM, "witness": "Bu Parti", "on": DAY} | facts
    return services.count_cash(pieces=pieces, by=by, **facts)


def test_total_adds_notes_and_coins():
    assert total({100_000: 2, 2_000: 3, 500: 1}) == 206_500
    assert total({}) == 0


@pytest.mark.parametrize("pieces", [{3_000: 1}, {1_000: -1}])
def test_total_knows_the_denominations(pieces):
    with pytest.raises(ValueError, match=str(next(iter(pieces)))):
        total(pieces)


def test_box_that_agrees_books_nothing(treasurer, books):
    money_in(treasurer, amount=206_500)
    row = count(treasurer, {100_000: 2, 2_000: 3, 500: 1})
    assert (row.counted, row.book, row.difference, row.entry) == (206_500, 206_500, 0, None)
    assert row.pieces == {"100000": 2, "2000": 3, "500": 1}
    assert counted_on(Unit.UMUM, on=DAY) == row


@pytest.mark.parametrize(("pieces", "difference"), [({100_000: 1}, -2_000), ({100_000: 1, 5_000: 1}, 3_000)])
def test_difference_is_booked_with_its_reason(treasurer, books, pieces, difference):
    """102,000 in the books: 100,000 counted is 2,000 short, 105,000 is 3,000 over."""
    money_in(treasurer, amount=102_000)
    row = count(treasurer, pieces, reason="uang kembalian")
    assert row.difference == difference
    assert hooks.answer("entries", "cash_count")(row.entry) == reverse("treasury:cash-count", args=[row.pk])
    assert account_balance(Unit.UMUM, chart.CASH, as_of=DAY) == row.counted
    assert account_balance(Unit.UMUM, chart.CASH_DIFFERENCES, as_of=DAY) == -difference
    assert_clean(DAY)


def test_difference_needs_a_reason_and_a_count_a_witness(treasurer, books):
    money_in(treasurer, amount=102_000)
    with pytest.raises(TreasuryRefused) as refusal:
        count(treasurer, {100_000: 1})
    assert refusal.value.field == "reason"
    for witness in ("", treasurer.name):
        with pytest.raises(TreasuryRefused) as refusal:
            count(treasurer, {}, witness=witness)
        assert refusal.value.field == "witness"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treasury_cashcount SET counted = 0",
        "DELETE FROM treasury_cashcount",
        'INSERT INTO treasury_cashcount (unit, "on", pieces, counted, book, difference, reason, by_id, witness)'
        " SELECT unit, \"on\", pieces, 5, 5, 1, 'x', by_id, witness FROM treasury_cashcount",
        'INSERT INTO treasury_cashcount (unit, "on", pieces, counted, book, difference, reason, by_id, witness)'
        " SELECT unit, \"on\", pieces, 6, 5, 1, 'x', by_id, witness FROM treasury_cashcount",
    ],
)
def test_database_refuses_whoever_writes_around_the_services(treasurer, books, statement):
    count(treasurer, {})
    with pytest.raises(DatabaseError), transaction.atomic():
        run(statement)


def test_record_names_both_who_counted(treasurer, books):
    money_in(treasurer, amount=102_000)
    row = count(treasurer, {100_000: 1}, reason="uang kembalian")
    text = PdfReader(io.BytesIO(papers.cash_count(row))).pages[0].extract_text()
    for words in (treasurer.name, "Bu Parti", "uang kembalian", "100.000", "seratus ribu rupiah"):
        assert words.lower() in text.lower()
    assert text.count("Kecamatan Mergangsan") == 1  # the letterhead stood twice


def test_nobody_writes_off_alone_what_nobody_pays_alone(treasurer, chair, books):
    """Money that is missing went out of the box. What is small enough to be change is booked by who counts."""
    spending_rules(by=chair, alone_up_to=100_000)
    money_in(treasurer, amount=2_000_000)
    with pytest.raises(TreasuryRefused, match="100") as refused:
        count(treasurer, {100_000: 18, 50_000: 1}, reason="tidak ketemu")
    assert refused.value.field == "reason"
    assert not CashCount.objects.exists()
    assert count(treasurer, {100_000: 19}, reason="tidak ketemu").difference == -100_000


def test_what_is_missing_goes_by_a_journal_that_another_officer_confirms(treasurer, chair, books):
    spending_rules(by=chair, alone_up_to=100_000)
    money_in(treasurer, amount=2_000_000)
    lines = [debit(chart.CASH_DIFFERENCES, 500_000), credit(chart.CASH, 500_000)]
    request = services.record_journal(unit=Unit.UMUM, memo="Kas kurang", lines=lines, on=DAY, by=treasurer)
    services.confirm_payment(request, on=DAY, by=chair)
    assert count(treasurer, {100_000: 15}).difference == 0
    assert_clean(DAY)
