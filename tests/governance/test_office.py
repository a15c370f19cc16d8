"""Decisions and elections: who may hold what, and for how long."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance import queries
from governance.models import Decision, Office
from governance.services import GovernanceRefused, end_term, record_decision
from tests.builders import a_decision, a_member, a_user, elect
from tests.governance.builders import removal

pytestmark = pytest.mark.django_db

START = datetime.date(2025, 1, 12)
FIVE_YEARS = datetime.date(2030, 1, 12)


@pytest.fixture
def sri(secretary):
    return a_member("Sri", on=START, by=secretary)


@pytest.fixture
def wahyu(secretary):
    return a_member("Wahyu", on=START, by=secretary)


def refused(service, *args, **facts):
    with pytest.raises(GovernanceRefused) as no, transaction.atomic():
        service(*args, **facts)
    return no.value.field, str(no.value)


def test_a_term_lasts_five_years_at_most(sri, secretary):
    assert refused(
        elect, sri, role="chair", started_on=START, ends_on=FIVE_YEARS + datetime.timedelta(days=1), by=secretary
    ) == (
        "ends_on",
        "Masa jabatan paling lama 5 tahun (UU 25/1992 pasal 29). Pilih hari terakhir yang lebih awal.",
    )
    office = elect(sri, role="chair", started_on=START, ends_on=FIVE_YEARS, by=secretary)
    assert str(office) == "Ketua: Sri"
    with pytest.raises(IntegrityError, match="longer than the law allows"), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(ends_on=FIVE_YEARS + datetime.timedelta(days=1))


def test_a_term_from_leap_day_may_end_on_the_last_of_february(secretary):
    leap = datetime.date(2024, 2, 29)
    member = a_member("Tono", on=leap, by=secretary)
    day_after = datetime.date(2029, 3, 1)
    assert refused(elect, member, role="chair", started_on=leap, ends_on=day_after, by=secretary)[0] == "ends_on"
    elect(member, role="chair", started_on=leap, ends_on=datetime.date(2029, 2, 28), by=secretary)


def unconfirmed(member, role, *, by, started_on=START, ends_on=FIVE_YEARS):
    """A term written around the service, by a decision about just this election."""
    decision = a_decision(
        by=by, on=started_on, number=f"{role}-{member.pk}", kind="election", about=member, detail=role
    )
    return Office.objects.create(member=member, role=role, started_on=started_on, ends_on=ends_on, decided_in=decision)


def test_an_office_has_one_holder_at_a_time(sri, wahyu, secretary):
    until = datetime.date(2028, 1, 12)
    elect(sri, role="treasurer", started_on=START, ends_on=until, by=secretary)
    day_before = until - datetime.timedelta(days=1)
    assert refused(elect, wahyu, role="treasurer", started_on=day_before, ends_on=FIVE_YEARS, by=secretary)[1] == (
        "Jabatan ini sudah dipegang orang lain pada masa itu. Akhiri dulu masa jabatan itu."
    )
    with pytest.raises(IntegrityError, match="one_holder"), transaction.atomic():
        unconfirmed(wahyu, "treasurer", started_on=day_before, by=secretary)
    elect(wahyu, role="treasurer", started_on=until, ends_on=FIVE_YEARS, by=secretary)


def test_supervisors_may_be_several_but_nobody_holds_two_offices(sri, wahyu, secretary):
    elect(sri, role="supervisor", started_on=START, ends_on=FIVE_YEARS, by=secretary)
    elect(wahyu, role="supervisor", started_on=START, ends_on=FIVE_YEARS, by=secretary)
    assert refused(elect, sri, role="secretary", started_on=START, ends_on=FIVE_YEARS, by=secretary)[1] == (
        "Anggota ini sudah memegang jabatan pada masa itu."
    )
    with pytest.raises(IntegrityError, match="one_per_member"), transaction.atomic():
        unconfirmed(sri, "secretary", by=secretary)


def test_only_members_are_elected_and_only_into_offices(sri, secretary):
    early = START - datetime.timedelta(days=1)
    assert refused(elect, sri, role="chair", started_on=early, ends_on=FIVE_YEARS, by=secretary) == (
        "member",
        "Sri bukan anggota pada hari itu. Pengurus dipilih dari anggota (UU 25/1992 pasal 29).",
    )
    assert refused(elect, sri, role="maintainer", started_on=START, ends_on=FIVE_YEARS, by=secretary)[0] == "role"
    with pytest.raises(IntegrityError, match="role_known"), transaction.atomic():
        unconfirmed(sri, "maintainer", by=secretary)
    with pytest.raises(IntegrityError, match="ends_after_start"), transaction.atomic():
        unconfirmed(sri, "chair", ends_on=START, by=secretary)


def test_a_term_can_end_early_and_the_successor_starts_that_day(sri, wahyu, secretary):
    office = elect(sri, role="chair", started_on=START, ends_on=FIVE_YEARS, by=secretary)
    assert refused(end_term, office, on=START, by=secretary) == (
        "on",
        "Masa jabatan berjalan dari 12 Januari 2025 sampai 12 Januari 2030. Pilih hari di antaranya.",
    )
    handed_over = datetime.date(2026, 3, 12)
    end_term(office, on=handed_over, decision=removal(office, on=handed_over, by=secretary), by=secretary)
    elect(wahyu, role="chair", started_on=handed_over, ends_on=FIVE_YEARS, by=secretary)
    held = Office.objects.held(as_of=handed_over)
    assert [office.member.name for office in held] == ["Wahyu"]


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (START - datetime.timedelta(days=1), "coming"),
        (START, "held"),
        (datetime.date(2029, 10, 11), "held"),
        (datetime.date(2029, 10, 12), "ends_soon"),
        (FIVE_YEARS, "past"),
    ],
)
def test_offices_warn_three_months_before_the_end(sri, secretary, as_of, state):
    elect(sri, role="chair", started_on=START, ends_on=FIVE_YEARS, by=secretary)
    assert [office.state for office in queries.offices(as_of=as_of)] == [state]


# -- decisions -------------------------------------------------------------------------------------------------------


def test_a_number_is_used_once(secretary):
    a_decision(by=secretary, number="01/RA/I/2025")
    facts = {"kind": "rules", "organ": "board", "decided_on": START, "title": "Lain", "text": "Lain", "by": secretary}
    assert refused(record_decision, number="01/ra/I/2025", **facts) == (
        "number",
        "Nomor 01/ra/I/2025 sudah dipakai keputusan lain. Periksa lagi notulennya.",
    )


def test_a_decision_of_no_known_organ_is_refused(secretary):
    with pytest.raises(IntegrityError, match=r"organ_known|source_known"), transaction.atomic():
        Decision.objects.create(
            number="1", kind="other", source="paper", organ="tea", decided_on=START, title="x", recorded_by=secretary
        )


# -- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def typed():
    return {
        "token": "5ac1c14b-5a0e-4f8e-9a76-3a8f3a1f0e11",
        "number": "03/RA/XI/2025",
        "organ": "members_meeting",
        "decided_on": "2025-11-12",
        "title": "Iuran naik",
        "text": "Iuran menjadi Rp 15.000.",
    }


def test_recording_a_decision_in_the_browser(client, secretary, typed):
    client.force_login(secretary)
    response = client.post(reverse("governance:record-decision"), typed)
    made = Decision.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("governance:decision", args=[made.pk]))
    page = client.get(response["Location"])
    assert (page.status_code, page.context["decision"]) == (200, made)
    again = client.post(reverse("governance:record-decision"), typed | {"number": "04/RA/XI/2025"})
    assert (again.status_code, Decision.objects.count()) == (200, 1)


@pytest.mark.parametrize("name", ["number", "organ", "decided_on", "title", "text"])
def test_an_empty_field_is_named_and_the_rest_is_kept(client, secretary, typed, name):
    client.force_login(secretary)
    page = client.post(reverse("governance:record-decision"), typed | {name: ""})
    assert list(page.context["form"].errors) == [name]
    assert page.context["form"]["title"].value() == ("" if name == "title" else "Iuran naik")
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", "x" * 41),
        ("organ", "tea"),
        ("decided_on", "2999-01-01"),
        ("decided_on", "besok"),
        ("title", "x" * 161),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(client, secretary, typed, name, value):
    client.force_login(secretary)
    page = client.post(reverse("governance:record-decision"), typed | {name: value})
    assert list(page.context["form"].errors) == [name]
    assert not Decision.objects.exists()


def test_an_election_in_the_browser(client, sri, secretary):
    client.force_login(secretary)
    typed = {
        "token": "5ac1c14b-5a0e-4f8e-9a76-3a8f3a1f0e12",
        "member": sri.pk,
        "role": "chair",
        "started_on": "2025-01-12",
        "ends_on": "2030-01-13",
        "decided_in": a_decision(by=secretary, on=START, kind="election", about=sri, detail="chair").pk,
    }
    page = client.post(reverse("governance:elect"), typed)
    assert page.context["form"].errors["ends_on"] == [
        "Masa jabatan paling lama 5 tahun (UU 25/1992 pasal 29). Pilih hari terakhir yang lebih awal."
    ]
    response = client.post(reverse("governance:elect"), typed | {"ends_on": "2030-01-12"})
    assert response.status_code == 302
    office = Office.objects.get()
    url = reverse("governance:end-term", args=[office.pk])
    token = "5ac1c14b-5a0e-4f8e-9a76-3a8f3a1f0e13"
    decision = removal(office, on=datetime.date(2026, 1, 12), by=secretary)
    assert client.post(url, {"token": token, "on": "2027-01-12", "decision": decision.pk}).status_code == 302
    assert Office.objects.get().ends_on == datetime.date(2027, 1, 12)


READ = ["decisions", "offices", "rules"]
WRITE = ["record-decision", "elect"]


@pytest.mark.parametrize("role", ["member", "chair", "secretary", "treasurer", "supervisor", "maintainer"])
def test_who_may_open_which_page(client, role):
    client.force_login(a_user(role, username="somebody"))
    statuses = {name: client.get(reverse(f"governance:{name}")).status_code for name in READ + WRITE}
    may_read = 403 if role == "maintainer" else 200
    may_write = 200 if role in ("chair", "secretary") else 403
    assert statuses == dict.fromkeys(READ, may_read) | dict.fromkeys(WRITE, may_write)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(client, secretary, django_assert_num_queries, count):
    for index in range(count):
        member = a_member(f"Anggota {index}", on=START, by=secretary)
        elect(member, role="supervisor", started_on=START, ends_on=FIVE_YEARS, by=secretary)
        a_decision(by=secretary, number=f"D-{index}")
    client.force_login(secretary)
    with django_assert_num_queries(5):
        client.get(reverse("governance:decisions"))
    with django_assert_num_queries(4):
        client.get(reverse("governance:offices"))
