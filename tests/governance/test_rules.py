"""Rules are rows with a day and a decision; nobody edits them, and nobody starts them in the past."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from core.audit import trail
from governance import queries
from governance.services import GovernanceRefused, put_in_force
from savings.models import SavingsRules
from tests.builders import a_decision, savings_rules

JANUARY = datetime.date(2025, 1, 12)
JUNE = datetime.date(2025, 6, 12)

VALUES = {"principal_amount": 100_000, "mandatory_amount": 25_000}


@pytest.mark.parametrize("kind", queries.kinds(), ids=lambda kind: kind._meta.label)
def test_every_kind_of_rules_keeps_the_triggers(kind):
    names = {trigger.name for trigger in kind._meta.triggers}
    assert {"append_only", "no_truncate"} <= names, f"{kind._meta.label}: class Meta(VersionedRules.Meta)"


def test_the_database_refuses_to_edit_rules(chair):
    rules = savings_rules(by=chair, on=JANUARY)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        SavingsRules.objects.filter(pk=rules.pk).update(mandatory_amount=1)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        SavingsRules.objects.filter(pk=rules.pk).delete()


def test_the_database_refuses_to_edit_a_decision(chair):
    decision = a_decision(by=chair)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        type(decision).objects.filter(pk=decision.pk).update(text="Lain")


def test_in_force_is_the_latest_that_started(chair):
    first = savings_rules(by=chair, on=JANUARY)
    second = savings_rules(by=chair, on=JUNE, mandatory=25_000)
    assert SavingsRules.objects.in_force(JUNE - datetime.timedelta(days=1)) == first
    assert SavingsRules.objects.in_force(JUNE) == second
    with pytest.raises(SavingsRules.DoesNotExist):
        SavingsRules.objects.in_force(JANUARY - datetime.timedelta(days=1))


def refusal(decision, *, by, in_force_from=JUNE, on=JUNE, **values):
    with pytest.raises(GovernanceRefused) as refused:
        put_in_force(
            SavingsRules, in_force_from=in_force_from, decided_in=decision, on=on, by=by, **{**VALUES, **values}
        )
    return refused.value.field, str(refused.value)


def test_rules_cannot_start_in_the_past(chair):
    decision = a_decision(by=chair, on=JANUARY)
    assert refusal(decision, by=chair, in_force_from=JUNE - datetime.timedelta(days=1)) == (
        "in_force_from",
        "Aturan tidak bisa mulai di masa lalu. Pilih 12 Juni 2025 atau sesudahnya.",
    )


def test_rules_cannot_start_before_their_decision(chair):
    decision = a_decision(by=chair, on=JUNE)
    assert refusal(decision, by=chair, in_force_from=JANUARY, on=JANUARY) == (
        "in_force_from",
        "Keputusan diambil pada 12 Juni 2025. Aturan mulai pada hari itu atau sesudahnya.",
    )


def test_two_versions_cannot_start_on_one_day(chair):
    savings_rules(by=chair, on=JUNE)
    decision = a_decision(by=chair, on=JUNE, number="lain")
    assert refusal(decision, by=chair) == (
        "in_force_from",
        "Versi lain sudah mulai pada 12 Juni 2025. Versi tidak pernah diubah; pilih hari lain.",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        SavingsRules.objects.create(in_force_from=JUNE, decided_in=decision, **VALUES)


def test_a_constraint_of_the_model_refuses_in_its_own_words(chair):
    decision = a_decision(by=chair, on=JUNE)
    assert refusal(decision, by=chair, principal_amount=0) == (
        None,
        "Simpanan pokok dan wajib harus lebih dari nol.",
    )
    assert refusal(decision, by=chair, mandatory_due_day=29)[0] == "mandatory_due_day"


def test_putting_in_force_is_recorded(chair):
    rules = savings_rules(by=chair, on=JUNE)
    assert [(event.action, event.facts["decided_in"]) for event in trail(rules)] == [
        ("rules.put_in_force", "RA-2025-06-12: Aturan bersama")
    ]


def test_the_history_shows_what_changed(chair):
    savings_rules(by=chair, on=JANUARY)
    savings_rules(by=chair, on=JUNE, mandatory=25_000)
    savings_rules(by=chair, on=datetime.date(2026, 1, 12), mandatory=30_000)
    [rules] = queries.rules(SavingsRules, as_of=JUNE)
    assert [version.state for version in rules.versions] == ["coming", "in force", "past"]
    assert [(term.value, term.before) for version in rules.versions for term in version.terms if term.is_changed] == [
        ("Rp\u00a030.000", "Rp\u00a025.000"),
        ("Rp\u00a025.000", "Rp\u00a020.000"),
    ]


def test_overview_costs_one_query_a_kind(chair, django_assert_num_queries):
    savings_rules(by=chair, on=JANUARY)
    savings_rules(by=chair, on=JUNE, mandatory=25_000)
    with django_assert_num_queries(len(queries.kinds())):
        queries.overview(as_of=JUNE)


# -- pages -----------------------------------------------------------------------------------------------------------

KIND = "savings.savingsrules"


@pytest.fixture
def proposal(chair):
    decision = a_decision(by=chair, on=JANUARY)
    return {
        "token": "5ac1c14b-5a0e-4f8e-9a76-3a8f3a1f0e11",
        "decided_in": decision.pk,
        "in_force_from": "2099-01-01",
        "principal_amount": "100.000",
        "mandatory_amount": "Rp 25.000",
        "mandatory_due_day": "12",
        "request_days": "14",
        "minimum_voluntary_balance": "0",
    }


def test_a_new_version_is_compared_before_it_is_put_in_force(client, chair, proposal):
    savings_rules(by=chair, on=JUNE)
    client.force_login(chair)
    url = reverse("governance:put-in-force", args=[KIND])
    page = client.post(url, proposal)
    assert [(term.value, term.before) for term in page.context["comparison"] if term.is_changed] == [
        ("Rp\u00a025.000", "Rp\u00a020.000")
    ]
    assert SavingsRules.objects.count() == 1
    response = client.post(url, {**proposal, "confirmed": "1"})
    assert (response.status_code, response["Location"]) == (302, reverse("governance:rules-history", args=[KIND]))
    assert SavingsRules.objects.latest("in_force_from").mandatory_amount == 25_000


def test_the_same_form_twice_puts_in_force_once(client, chair, proposal):
    client.force_login(chair)
    url = reverse("governance:put-in-force", args=[KIND])
    client.post(url, {**proposal, "confirmed": "1"})
    page = client.post(url, {**proposal, "in_force_from": "2099-02-01", "confirmed": "1"})
    assert page.context["form"].non_field_errors()
    assert SavingsRules.objects.count() == 1


def test_changing_something_returns_to_the_form_with_what_was_typed(client, chair, proposal):
    client.force_login(chair)
    page = client.post(reverse("governance:put-in-force", args=[KIND]), {**proposal, "back": "1"})
    assert page.context["comparison"] is None
    assert page.context["form"]["mandatory_amount"].value() == "Rp 25.000"


@pytest.mark.parametrize("key", ["nothing.here", "members.member"])
def test_an_unknown_kind_is_404(client, chair, key):
    client.force_login(chair)
    assert client.get(reverse("governance:rules-history", args=[key])).status_code == 404


def test_only_the_chair_puts_rules_in_force(client, chair, secretary, treasurer, supervisor):
    url = reverse("governance:put-in-force", args=[KIND])
    statuses = {}
    for user in (chair, secretary, treasurer, supervisor):
        client.force_login(user)
        statuses[user.role] = client.get(url).status_code
    assert statuses == {"chair": 200, "secretary": 403, "treasurer": 403, "supervisor": 403}
