"""Rules are rows with a day and a decision; nobody edits them, and nobody starts them in the past."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import translation

from core.audit import trail
from governance import queries
from governance.models import RulesProposal
from governance.services import (
    GovernanceRefused,
    propose,
    put_in_force,
    put_proposal_in_force,
    withdraw_proposal,
)
from savings.models import SavingsRules
from tests.builders import a_decision, a_member, a_member_in, savings_rules
from tests.governance.builders import ladder_rules

JANUARY = datetime.date(2025, 1, 12)
JUNE = datetime.date(2025, 6, 12)

VALUES = {"principal_amount": 100_000, "mandatory_amount": 25_000}


@pytest.mark.parametrize("kind", queries.kinds(), ids=lambda kind: kind._meta.label)
def test_every_kind_of_rules_keeps_the_triggers(kind):
    names = {trigger.name for trigger in kind._meta.triggers}
    assert {"append_only", "no_truncate", "by_its_decision"} <= names, (
        f"{kind._meta.label}: class Meta(VersionedRules.Meta)"
    )


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


@pytest.mark.django_db
def test_rules_are_named_in_the_words_of_the_screen(chair):
    rules = ladder_rules(by=chair, about="material")
    with translation.override("id"):
        assert queries.name_of(rules) == "aturan pengingat dan surat: bahan baku"


def test_overview_costs_one_query_a_kind_and_one_for_the_proposals(chair, django_assert_num_queries):
    savings_rules(by=chair, on=JANUARY)
    savings_rules(by=chair, on=JUNE, mandatory=25_000)
    with django_assert_num_queries(len(queries.kinds()) + 1):
        queries.overview(as_of=JUNE)


# -- proposals -------------------------------------------------------------------------------------------------------

KIND = "savings.savingsrules"


def proposed(*, by, on=JUNE, **values):
    return propose(SavingsRules, reason="Supaya kas cukup.", on=on, by=by, **{**VALUES, **values})


def test_a_proposal_changes_nothing_until_it_is_put_in_force(chair, secretary):
    savings_rules(by=chair, on=JANUARY)
    proposal = proposed(by=secretary)
    assert SavingsRules.objects.count() == 1
    decision = a_decision(by=chair, on=JUNE, number="RA-BARU")
    version = put_proposal_in_force(proposal, in_force_from=JUNE, decided_in=decision, on=JUNE, by=chair)
    proposal.refresh_from_db()
    assert (version.mandatory_amount, proposal.version, proposal.is_open) == (25_000, version.pk, False)


def test_whoever_proposes_rules_does_not_put_them_in_force(chair, secretary):
    proposal, decision = proposed(by=chair), a_decision(by=secretary, on=JUNE)
    facts = {"in_force_from": JUNE, "decided_in": decision, "on": JUNE}
    with pytest.raises(GovernanceRefused, match="Pengurus lain"):
        put_proposal_in_force(proposal, by=chair, **facts)
    version = put_proposal_in_force(proposal, by=secretary, **facts)
    other = proposed(by=chair)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        RulesProposal.objects.filter(pk=other.pk).update(decided_on=JUNE, version=version.pk, put_in_force_by=chair)


def test_a_proposal_ends_once(chair):
    proposal, decision = proposed(by=chair), a_decision(by=chair, on=JUNE)
    withdraw_proposal(proposal, on=JUNE, by=chair)
    for service, facts in (
        (put_proposal_in_force, {"in_force_from": JUNE, "decided_in": decision}),
        (withdraw_proposal, {}),
    ):
        with pytest.raises(GovernanceRefused, match="sudah selesai"), transaction.atomic():
            service(proposal, on=JUNE, by=chair, **facts)
    with pytest.raises(IntegrityError, match="one_end"), transaction.atomic():
        RulesProposal.objects.filter(pk=proposal.pk).update(decided_on=JUNE, version=1)


def test_a_proposal_is_put_aside_with_the_reason_that_everybody_reads(chair, client, treasurer):
    proposal = proposed(by=chair)
    url, page = (
        reverse("governance:reject-proposal", args=[proposal.pk]),
        reverse("governance:proposal", args=[proposal.pk]),
    )
    client.force_login(treasurer)
    assert client.get(url).status_code == 403
    client.force_login(chair)
    assert url in client.get(page).content.decode()
    token = {"token": "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a09"}
    assert "reason" in client.post(url, token | {"reason": ""}).context["form"].errors
    assert client.post(url, token | {"reason": "Anggota belum sanggup."}).url == page
    client.force_login(treasurer)
    assert "Anggota belum sanggup." in client.get(page).content.decode()
    assert SavingsRules.objects.count() == 0
    with pytest.raises(GovernanceRefused, match="sudah selesai"):
        withdraw_proposal(proposal, on=JUNE, by=chair)
    with pytest.raises(IntegrityError, match="put_aside_why"), transaction.atomic():
        RulesProposal.objects.filter(pk=proposal.pk).update(rejection="")


def test_the_database_keeps_a_proposal_as_it_was_written(chair):
    proposal = proposed(by=chair)
    with pytest.raises(ProgrammingError, match=r"stays_as_written|Cannot update"), transaction.atomic():
        RulesProposal.objects.filter(pk=proposal.pk).update(values={})
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        RulesProposal.objects.filter(pk=proposal.pk).delete()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"principal_amount": 0}, "Simpanan pokok dan wajib harus lebih dari nol."),
        ({"mandatory_due_day": 29}, "28"),
    ],
)
def test_what_could_never_be_put_in_force_cannot_be_proposed(chair, values, sentence):
    with pytest.raises(GovernanceRefused, match=sentence):
        proposed(by=chair, **values)


def test_a_proposal_says_why(chair):
    with pytest.raises(GovernanceRefused) as refused:
        propose(SavingsRules, reason=" ", on=JUNE, by=chair, **VALUES)
    assert refused.value.field == "reason"


# -- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def typed():
    return {
        "token": "5ac1c14b-5a0e-4f8e-9a76-3a8f3a1f0e11",
        "reason": "Supaya kas cukup.",
        "principal_amount": "100.000",
        "mandatory_amount": "Rp 25.000",
        "mandatory_due_day": "12",
        "minimum_voluntary_balance": "50.000",
        "request_days": "14",
    }


def page_text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_proposal_is_compared_counted_and_put_in_force(client, chair, secretary, treasurer, books, typed):
    savings_rules(by=chair, on=JUNE)
    a_member_in("Sri", on=JUNE, by=treasurer, voluntary=40_000)
    a_member_in("Budi", on=JUNE, by=treasurer, voluntary=50_000)
    client.force_login(chair)
    made = client.post(reverse("governance:propose", args=[KIND]), typed)
    proposal = RulesProposal.objects.get()
    assert made["Location"] == reverse("governance:proposal", args=[proposal.pk])
    page = client.get(made["Location"])
    assert {(term.value, term.before) for term in page.context["comparison"] if term.is_changed} == {
        ("Rp\u00a025.000", "Rp\u00a020.000"),
        ("Rp\u00a050.000", "Rp\u00a00"),
    }
    assert [(effect.count, effect.of, effect.note) for effect in page.context["effects"]] == [
        (1, 2, "Mereka belum bisa menarik simpanan sampai simpanannya cukup."),
        (2, 2, "Rp\u00a05.000 lebih banyak sebulan bagi masing-masing"),
    ]
    assert "Bacalah sebelum rapat" in page_text(client.get(reverse("governance:rules")))
    client.force_login(secretary)
    url = reverse("governance:put-in-force", args=[proposal.pk])
    facts = {
        "token": client.get(url).context["form"]["token"].value(),
        "decided_in": a_decision(by=chair, on=JUNE, number="RA-BARU").pk,
        "in_force_from": "2099-01-01",
    }
    past = client.post(url, {**facts, "in_force_from": "2025-06-13"})
    assert "masa lalu" in str(past.context["form"].errors["in_force_from"])
    assert client.post(url, facts)["Location"] == reverse("governance:rules-history", args=[KIND])
    assert SavingsRules.objects.latest("in_force_from").mandatory_amount == 25_000
    again = client.post(url, {**facts, "token": "5ac1c14b-5a0e-4f8e-9a76-3a8f3a1f0e19"})
    assert "sudah selesai" in str(again.context["form"].errors)


def test_the_same_form_twice_proposes_once(client, chair, typed):
    client.force_login(chair)
    url = reverse("governance:propose", args=[KIND])
    client.post(url, typed)
    page = client.post(url, typed)
    assert page.context["form"].non_field_errors()
    assert RulesProposal.objects.count() == 1


def test_a_proposal_is_proposed_again_with_changes(client, chair):
    proposal = proposed(by=chair, mandatory_amount=31_000)
    client.force_login(chair)
    page = client.get(reverse("governance:propose", args=[KIND]) + f"?proposal={proposal.pk}")
    assert page.context["form"]["mandatory_amount"].value() == 31_000


def test_taking_a_proposal_back_in_the_browser(client, chair):
    proposal = proposed(by=chair)
    client.force_login(chair)
    url = reverse("governance:withdraw-proposal", args=[proposal.pk])
    token = client.get(url).context["form"]["token"].value()
    assert client.post(url, {"token": token}).status_code == 302
    assert "ditarik kembali" in page_text(client.get(reverse("governance:proposal", args=[proposal.pk])))


@pytest.mark.parametrize("key", ["nothing.here", "members.member"])
def test_an_unknown_kind_is_404(client, chair, key):
    client.force_login(chair)
    assert client.get(reverse("governance:rules-history", args=[key])).status_code == 404
    assert client.get(reverse("governance:propose", args=[key])).status_code == 404


def test_everybody_reads_a_proposal_and_two_officers_act_on_it(client, chair, secretary, treasurer, supervisor, typed):
    proposal = proposed(by=chair)
    member = a_member("Sri", username="sri", by=secretary).user
    statuses = {}
    for user in (chair, secretary, treasurer, supervisor, member):
        client.force_login(user)
        statuses[user.role] = [
            client.get(reverse(f"governance:{name}", args=[of])).status_code
            for name, of in (
                ("proposal", proposal.pk),
                ("propose", KIND),
                ("put-in-force", proposal.pk),
                ("withdraw-proposal", proposal.pk),
            )
        ]
    reads = [200, 403, 403, 403]
    assert statuses == {
        "chair": [200] * 4,
        "secretary": [200] * 4,
        "treasurer": reads,
        "supervisor": reads,
        "member": reads,
    }
