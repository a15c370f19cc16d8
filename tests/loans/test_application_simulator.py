"""What the simulator shows is what is printed and what is booked: to the rupiah, for every method."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.dates import today
from loans import queries
from loans.models import Instalment, LoanRules
from loans.papers.schedule import schedule_facts
from tests.loans.builders import a_disbursed_loan, loan_rules

FACTS = {"rate_bp": 150, "instalment_fee": 2_500, "administration_fee": 25_000, "provision_bp": 100}
METHODS = {
    "flat": {},
    "declining": {"round_to": 100},
    "annuity": {"instalment_multiple": 1_000, "instalment_rounding": "up"},
    "daily": {"day_count": "actual/365"},
}


@pytest.mark.parametrize("method", METHODS)
def test_simulated_printed_and_booked_are_the_same(method, sri, treasurer, secretary):
    on = today()
    rules = loan_rules(by=secretary, on=on, method=method, **FACTS | METHODS[method])
    first_due_on = on + datetime.timedelta(days=40)
    browser = Client()
    browser.force_login(sri.user)
    asked = {
        "product": rules.product_id,
        "principal": "5.000.000",
        "instalments": "10",
        "disbursed_on": on.isoformat(),
        "first_due_on": first_due_on.isoformat(),
    }
    shown = browser.get(reverse("loans:simulate"), asked).context
    loan = a_disbursed_loan(
        sri, by=treasurer, rules=rules, principal=5_000_000, instalments=10, on=on, first_due_on=first_due_on
    )
    booked = list(
        Instalment.objects.filter(loan=loan)
        .order_by("number")
        .values_list("number", "due_on", "principal", "interest", "fee")
    )
    assert booked == [(row.number, row.due_on, row.principal, row.interest, row.fee) for row in shown["plan"].rows]
    printed = schedule_facts(loan, on=on)
    assert [row[2:6] for row in printed["rows"]] == [[p, i, fee, p + i + fee] for _n, _due, p, i, fee in booked]
    assert printed["columns"][2:6] == ["Pokok", "Jasa", "Administrasi", "Angsuran"]
    assert (shown["net"], shown["fees"]) == (loan.net, loan.fees) == (4_925_000, 75_000)
    position = queries.position(loan, as_of=on)
    if method != "daily":
        assert position.total == shown["plan"].total
    assert position.principal == 5_000_000


def test_a_member_sees_the_own_rules_before_applying(sri, secretary):
    rules = loan_rules(by=secretary, on=today(), tiers=[{"from_savings": 500_000, "most_amount": 3_000_000}])
    browser = Client()
    browser.force_login(sri.user)
    asked = {"product": rules.product_id, "principal": "3.000.000", "instalments": "10", "disbursed_on": "2026-01-12"}
    page = browser.get(reverse("loans:simulate"), asked)
    assert "belum mencapai tingkat mana pun" in page.content.decode()
    assert "Mulai simpanan Rp\u00a0500.000: Rp\u00a03.000.000" in page.content.decode()
    browser.force_login(secretary)
    assert "checks" not in browser.get(reverse("loans:simulate"), asked).context


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    principal=st.integers(100_000, 10_000_000),
    instalments=st.integers(1, 24),
    wait=st.integers(1, 90),
    day=st.dates(datetime.date(2026, 1, 12), datetime.date(2026, 3, 31)),
)
def test_the_plan_worked_out_later_is_the_plan_that_was_booked(
    house, sri, treasurer, secretary, principal, instalments, wait, day
):
    rules = LoanRules.objects.filter(most_running_loans=99).first() or loan_rules(
        by=secretary, on=datetime.date(2026, 1, 12), method="annuity", most_running_loans=99, no_arrears=False
    )
    loan = a_disbursed_loan(
        sri,
        by=treasurer,
        rules=rules,
        principal=principal,
        instalments=instalments,
        on=day,
        first_due_on=day + datetime.timedelta(days=wait),
    )
    booked = list(
        Instalment.objects.filter(loan=loan).order_by("number").values_list("due_on", "principal", "interest")
    )
    assert booked == [(row.due_on, row.principal, row.interest) for row in queries.plan(loan).rows]
