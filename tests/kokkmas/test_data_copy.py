"""The copy of their data that everybody may take away (UU 27/2022) has what every room holds about them."""

import datetime

import pytest
from django.urls import reverse

from loans.services import repay
from members import personal_data
from tests.builders import a_member_in, savings_rules
from tests.loans.builders import a_disbursed_loan, loan_rules

pytestmark = pytest.mark.usefixtures("capital")

DAY = datetime.date(2026, 2, 2)


@pytest.fixture
def sri(books, treasurer, secretary):
    savings_rules(by=secretary)
    loan_rules(by=secretary)
    sri, tono = (
        a_member_in(name, by=treasurer, username=username, voluntary=voluntary)
        for name, username, voluntary in (("Sri Lestari", "sri", 300_000), ("Tono Prasetyo", "tono", 77_777))
    )
    loan = a_disbursed_loan(sri, by=treasurer, on=DAY, principal=1_200_000, instalments=12, purpose="Kulit domba")
    repay(loan, amount=118_000, on=datetime.date(2026, 3, 2), by=treasurer)
    a_disbursed_loan(tono, by=treasurer, on=DAY, purpose="Mesin jahit")
    return sri


def test_the_copy_has_savings_and_loans_to_the_rupiah(sri, client):
    client.force_login(sri.user)
    answer = client.get(reverse("members:data", args=[sri.pk]))
    held = answer.json()
    assert [(row["kind"], row["amount"]) for row in held["savings"]] == [
        ("principal", 100_000),
        ("mandatory", 20_000),
        ("voluntary", 300_000),
    ]
    [loan] = held["loans"]
    assert (loan["purpose"], loan["principal"], loan["disbursed_on"]) == ("Kulit domba", 1_200_000, "2026-02-02")
    assert [(paid["paid_on"], paid["amount"]) for paid in loan["repayments"]] == [("2026-03-02", 118_000)]
    text = answer.content.decode()
    assert "Mesin jahit" not in text
    assert "77777" not in text


def test_every_room_answers_also_for_who_has_nothing(sri):
    held = personal_data.about(sri)
    assert held["orders"] == held["work_taken"] == held["dues"] == held["aid"] == held["term_deposits"] == []
    assert {"savings", "loans", "guarantees", "meetings", "programmes", "work_paid", "cases", "letters"} <= set(held)
