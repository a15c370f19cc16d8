"""Rates of loan rules are typed and read in percent, and stored in hundredths of it."""

import datetime
import uuid

import pytest
from django.urls import reverse

from core.dates import today
from governance import queries
from loans.models import LoanRules
from tests.builders import a_decision
from tests.loans.builders import loan_rules

KIND = "loans.loanrules"
RATES = ("rate_bp", "provision_bp", "penalty_rate_bp", "penalty_cap_bp")


@pytest.fixture
def rules(chair):
    return loan_rules(by=chair, provision_bp=100, penalty_rate_bp=20, penalty_cap_bp=1000)


@pytest.fixture
def proposal(rules, chair):
    """The form of the current version as the browser would send it, from tomorrow on."""
    decided = a_decision(by=chair, on=datetime.date(2026, 1, 12), number="RA-JASA")
    names = ["product", *(column.name for column in queries.term_fields(LoanRules))]
    values = {name: getattr(rules, name) for name in names if name not in RATES}
    typed = {name: value for name, value in values.items() if value is not None and value is not False}
    return typed | {
        "product": rules.product_id,
        "rate_bp": "1,25",
        "provision_bp": "1",
        "penalty_rate_bp": "0,2 %",
        "penalty_cap_bp": "10",
        "decided_in": decided.pk,
        "in_force_from": (today() + datetime.timedelta(days=1)).isoformat(),
        "token": str(uuid.uuid4()),
    }


def test_rates_are_shown_in_percent(rules):
    shown = {term.label: term.value for term in queries.terms(rules)}
    fields = [LoanRules._meta.get_field(name) for name in RATES]
    assert [shown[str(column.verbose_name)] for column in fields] == [
        "1,5\u00a0%",
        "1\u00a0%",
        "0,2\u00a0%",
        "10\u00a0%",
    ]


def test_the_form_offers_the_rates_in_force_in_percent(client, chair, rules):
    client.force_login(chair)
    form = client.get(reverse("governance:put-in-force", args=[KIND])).context["form"]
    assert [form[name].value() for name in RATES] == ["1,5", "1", "0,2", "10"]


def test_a_new_version_takes_percent_through_the_comparison(client, chair, proposal):
    client.force_login(chair)
    url = reverse("governance:put-in-force", args=[KIND])
    page = client.post(url, proposal)
    assert not page.context["form"].errors
    changed = [(term.before, term.value) for term in page.context["comparison"] if term.is_changed]
    assert changed == [("1,5\u00a0%", "1,25\u00a0%")]
    sent = {
        field.html_name: field.value()
        for field in page.context["form"]
        if field.value() is not None and field.value() is not False
    }
    assert client.post(url, {**sent, "confirmed": "1"}).status_code == 302
    version = LoanRules.objects.latest("in_force_from")
    assert [getattr(version, name) for name in RATES] == [125, 100, 20, 1000]


def test_a_rate_above_the_ceiling_is_refused_with_the_article(client, chair, proposal):
    client.force_login(chair)
    page = client.post(
        reverse("governance:put-in-force", args=[KIND]), {**proposal, "rate_bp": "2,01", "confirmed": "1"}
    )
    assert "24\u00a0% setahun (Permenkop UKM 8/2023 pasal 27)" in str(page.context["form"].errors)
    assert LoanRules.objects.count() == 1
