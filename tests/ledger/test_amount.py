"""Limits of reason: a sum far above all of its kind is asked about, and goes on after a tick."""

import datetime

import pytest

from core.forms import Form
from ledger import chart, queries
from ledger import services as ledger
from ledger.forms.common import AmountField
from ledger.models import Unit

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)


class GiftForm(Form):
    amount = AmountField(label="Amount", of="visit:%")


def posted(by, *amounts, of="visit", on=TODAY):
    return [
        ledger.post_entry(
            unit=Unit.UMUM, on=on, reference=f"{of}:{amount}:given", memo="x",
            lines=[ledger.debit(chart.OFFICE, amount), ledger.credit(chart.CASH, amount)], by=by,
        )
        for amount in amounts
    ]  # fmt: skip


def form(typed, **more):
    return GiftForm({"token": str(Form()["token"].value()), "amount": typed, **more})


@pytest.fixture(autouse=True)
def money(capital, monkeypatch):
    monkeypatch.setattr("core.dates.today", lambda: TODAY)


def test_a_sum_ten_times_the_largest_is_asked_about_and_goes_on_after_a_tick(treasurer):
    posted(treasurer, 100_000, 50_000)
    assert form("1.000.000").is_valid()  # ten times: nobody asks
    asked = form("10.000.000")
    assert asked.errors["amount"] == [
        "Rp\u00a010.000.000 lebih dari sepuluh kali jumlah terbesar sejenis dalam dua "
        "tahun terakhir (Rp\u00a0100.000). "
        "Maksud Anda Rp\u00a01.000.000? Perbaiki, atau centang bahwa jumlahnya benar."
    ]
    assert 'name="amount_sure" value="10000000"' in str(asked["amount"])
    assert "Ya, Rp\u00a010.000.000 benar" in str(asked["amount"])
    ticked = form("10.000.000", amount_sure="10000000")
    assert ticked.is_valid()
    assert ticked.cleaned_data["amount"] == 10_000_000


def test_the_tick_is_for_the_very_sum(treasurer):
    posted(treasurer, 100_000)
    again = form("99.000.000", amount_sure="10000000")
    assert not again.is_valid()
    assert "checked" not in str(again["amount"])


def test_a_sum_without_zeros_to_drop_is_asked_about_without_a_guess(treasurer):
    posted(treasurer, 100_000)
    assert "Maksud Anda" not in str(form("1.234.567").errors["amount"])


def test_nothing_is_asked_without_any_of_its_kind(treasurer):
    posted(treasurer, 100_000, of="aid")
    posted(treasurer, 90_000, on=datetime.date(2024, 11, 23))  # more than two years ago
    assert form("999.000.000").is_valid()


def test_a_mistake_that_was_reversed_does_not_raise_the_limit(treasurer, chair):
    posted(treasurer, 100_000)
    [mistake] = posted(treasurer, 500_000_000)
    assert form("900.000.000").is_valid()
    ledger.reverse(mistake, on=TODAY, reason="salah ketik", by=chair)
    assert not form("900.000.000").is_valid()
    assert queries.largest("visit:%", since=TODAY) == 100_000
