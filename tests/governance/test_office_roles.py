"""The login follows the office, by two officers who are not the one elected, and goes back when the term ends."""

import datetime
import uuid

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import audit
from core.dates import today
from core.models import Notice, User
from core.permissions import Role
from governance import queries
from governance.models import Office
from governance.services import GovernanceRefused, confirm_election, end_term, follow_offices
from members import services as members
from tests.builders import a_decision, a_member, a_user, elect
from tests.governance.builders import removal
from tests.roles import around_the_guards, update_refused

pytestmark = pytest.mark.django_db

START = datetime.date(2026, 1, 12)
END = datetime.date(2029, 1, 12)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def sri(secretary):
    return a_member("Sri Lestari", username="sri", by=secretary)


@pytest.fixture
def elected(sri, secretary):
    """Sri is elected treasurer; nobody has confirmed it."""
    return elect(sri, role="treasurer", started_on=START, ends_on=END, by=secretary)


def role(member):
    return User.objects.get(member=member).role


def refused(service, *args, **facts):
    with pytest.raises(GovernanceRefused) as no, transaction.atomic():
        service(*args, **facts)
    return str(no.value)


def said(member):
    return [audit.sentence(event) for event in audit.trail(User.objects.get(member=member))]


# -- giving ----------------------------------------------------------------------------------------------------------


def test_an_election_gives_no_role_before_a_second_officer_confirmed_it(elected, sri, chair):
    follow_offices(on=START)
    assert role(sri) == Role.MEMBER
    confirm_election(elected, on=START, by=chair)
    assert role(sri) == Role.TREASURER
    assert said(sri)[0] == "Chair memberi akun masuk Sri Lestari peran Bendahara, sampai 12 Januari 2029"
    assert Notice.objects.filter(to__member=sri, text__contains="Anda kini menjabat Bendahara").exists()


def test_the_role_follows_on_the_first_day_of_the_term(elected, sri, chair):
    confirm_election(elected, on=START - DAY, by=chair)
    assert role(sri) == Role.MEMBER
    assert follow_offices(on=START - DAY) == 0
    assert [follow_offices(on=START), follow_offices(on=START)] == [1, 0], "a second run does nothing"
    assert role(sri) == Role.TREASURER
    assert said(sri)[0].startswith("Pembukuan memberi akun masuk")


def test_a_login_that_comes_later_gets_the_role_the_next_morning(secretary, chair):
    budi = a_member("Budi", by=secretary)
    office = elect(budi, role="supervisor", started_on=START, ends_on=END, by=secretary)
    confirm_election(office, on=START, by=chair)
    members.give_login(budi, username="budi", password="sementara-saja", by=secretary)
    assert role(budi) == Role.MEMBER
    follow_offices(on=START + DAY)
    assert role(budi) == Role.SUPERVISOR


def test_nobody_has_a_hand_in_their_own_office(sri, chair, secretary, treasurer):
    wahyu = a_member("Wahyu", user=secretary, by=chair)
    assert refused(elect, wahyu, role="chair", started_on=START, ends_on=END, by=secretary) == (
        "Tidak ada yang memberi jabatan kepada dirinya sendiri. Minta pengurus lain mencatatnya."
    )
    office = elect(wahyu, role="secretary", started_on=START, ends_on=END, by=chair)
    assert refused(confirm_election, office, on=START, by=secretary) == (
        "Tidak ada yang memberi jabatan kepada dirinya sendiri. Minta pengurus lain mengesahkannya."
    )
    assert refused(confirm_election, office, on=START, by=chair) == (
        "Pemilihan ini Anda sendiri yang mencatat. Minta pengurus lain mengesahkannya."
    )
    confirm_election(office, on=START, by=treasurer)
    assert refused(confirm_election, office, on=START, by=treasurer) == "Pemilihan ini sudah disahkan."


def test_the_database_wants_two_officers_and_neither_elected(elected, sri, chair, secretary):
    def broken(match, **facts):
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            Office.objects.filter(pk=elected.pk).update(**facts)

    broken("confirmed_by_another", confirmed_by=secretary)
    broken("nobody gives themselves an office", confirmed_by=sri.user)
    broken("nobody gives themselves an office", recorded_by=sri.user)
    broken("role_after_confirmation", role_given_on=START)
    broken("role_after_confirmation", confirmed_by=chair, role_given_on=START - DAY)


def test_who_links_the_own_login_to_somebody_they_elected_gets_nothing(chair, secretary, treasurer):
    empty = a_member("Belum Punya Akun", by=chair)
    office = elect(empty, role="chair", started_on=START, ends_on=END, by=secretary)
    confirm_election(office, on=START, by=treasurer)
    members.link_login(empty, user=secretary, by=secretary)
    assert follow_offices(on=START) == 0
    assert role(empty) == Role.SECRETARY
    end_term(office, on=START + DAY, decision=removal(office, on=START + DAY, by=chair), by=chair)


def test_the_maintainer_stays_the_maintainer(secretary, chair, maintainer):
    member = a_member("Pemelihara", user=maintainer, by=secretary)
    office = elect(member, role="treasurer", started_on=START, ends_on=END, by=secretary)
    confirm_election(office, on=START, by=chair)
    assert role(member) == Role.MAINTAINER


# -- taking back -----------------------------------------------------------------------------------------------------


def test_at_the_end_of_the_term_the_login_is_a_members_again(elected, sri, chair):
    confirm_election(elected, on=START, by=chair)
    assert follow_offices(on=END - DAY) == 0
    assert [follow_offices(on=END), follow_offices(on=END)] == [1, 0]
    assert role(sri) == Role.MEMBER
    assert said(sri)[0] == ("Pembukuan mengakhiri peran jabatan Sri Lestari; akun masuknya kembali sebagai anggota")


def test_dismissal_takes_the_role_at_once_and_resignation_on_its_day(elected, sri, chair, secretary):
    confirm_election(elected, on=START, by=chair)
    handed_over = START + 30 * DAY
    end_term(elected, on=handed_over, by=sri.user, as_of=handed_over - DAY)
    assert role(sri) == Role.TREASURER, "handed over tomorrow"
    follow_offices(on=handed_over)
    assert role(sri) == Role.MEMBER
    again = elect(sri, role="supervisor", started_on=handed_over, ends_on=END, by=secretary)
    confirm_election(again, on=handed_over, by=chair)
    day = handed_over + DAY
    end_term(again, on=day, decision=removal(again, on=day, by=secretary), by=secretary, as_of=day)
    assert role(sri) == Role.MEMBER
    members.leave(sri, on=handed_over + DAY, reason="own_request", by=secretary)


def test_nobody_is_removed_without_a_decision_about_this_office(elected, sri, chair, secretary, treasurer):
    confirm_election(elected, on=START, by=chair)
    day = START + 30 * DAY
    sentence = refused(end_term, elected, on=day, by=secretary)
    assert sentence.startswith("Sri Lestari mengundurkan diri sendiri, dengan akun masuknya.")
    assert "UU 25/1992 pasal 23" in sentence
    other = elect(a_member("Wahyu", by=secretary), role="supervisor", started_on=START, ends_on=END, by=secretary)
    wrong = removal(other, on=day, by=secretary)
    assert "hal lain" in refused(end_term, elected, on=day, decision=wrong, by=secretary)
    early = removal(elected, on=day, by=secretary)
    assert "Tidak ada yang" in refused(end_term, elected, on=day - DAY, decision=early, by=secretary)
    board = a_decision(by=secretary, on=day, kind="removal", about=elected, organ="board", number="B-1")
    assert "pengurus" in refused(end_term, elected, on=day, decision=board, by=secretary)
    assert role(sri) == Role.TREASURER


def test_the_database_cuts_no_term_short_without_holder_or_members(elected, sri, chair, secretary):
    rows, day = Office.objects.filter(pk=elected.pk), START + 30 * DAY
    other = elect(a_member("Wahyu", by=secretary), role="supervisor", started_on=START, ends_on=END, by=secretary)
    update_refused(rows, "governance_office_cut_short", ends_on=day)
    update_refused(rows, "governance_office_cut_short", ends_on=day, ended_by=secretary)
    update_refused(rows, "governance_office_cut_short", ends_on=day, ended_in=removal(other, on=day, by=secretary))
    update_refused(rows, "governance_office_cut_short", ends_on=END + DAY, ended_by=sri.user)
    late = removal(elected, on=day + DAY, by=secretary)
    update_refused(rows, "governance_office_cut_short", ends_on=day, ended_in=late, ended_by=secretary)


def test_a_holder_resigns_in_the_browser_and_nobody_does_it_for_them(now, sri, chair, secretary, client):
    with around_the_guards():
        Office.objects.filter(pk=now.pk).update(started_on=today() - DAY, confirmed_by=chair)
    follow_offices(on=today())
    page = reverse("governance:resign", args=[now.pk])
    client.force_login(chair)
    assert client.get(page).status_code == 404
    client.force_login(User.objects.get(member=sri))
    assert page in client.get(reverse("governance:offices")).content.decode()
    client.post(page, {"token": uuid.uuid4(), "on": today().isoformat()})
    assert role(sri) == Role.MEMBER
    assert Office.objects.get(pk=now.pk).ended_in is None


def test_the_term_of_a_holder_who_died_ends_without_a_decision(elected, sri, chair, secretary):
    confirm_election(elected, on=START, by=chair)
    day = START + 30 * DAY
    members.leave(sri, on=day, reason="death", by=secretary)
    assert not User.objects.get(member=sri).is_active
    end_term(elected, on=day, by=secretary, as_of=day)
    assert role(sri) == Role.MEMBER


def test_who_is_elected_again_or_into_another_office_keeps_a_role(elected, sri, chair, secretary):
    confirm_election(elected, on=START, by=chair)
    next_end = datetime.date(2032, 1, 12)
    confirm_election(
        elect(sri, role="treasurer", started_on=END, ends_on=next_end, by=secretary), on=END - DAY, by=chair
    )
    follow_offices(on=END)
    assert role(sri) == Role.TREASURER
    last = elect(sri, role="chair", started_on=next_end, ends_on=datetime.date(2033, 1, 12), by=secretary)
    confirm_election(last, on=END, by=chair)
    follow_offices(on=next_end)
    assert role(sri) == Role.CHAIR


def test_a_role_that_was_given_otherwise_is_left_alone(sri, chair, secretary, treasurer):
    of_old = a_member("Bendahara Lama", user=treasurer, by=secretary)
    elect(of_old, role="treasurer", started_on=START, ends_on=START + DAY, by=secretary)
    follow_offices(on=END)
    assert role(of_old) == Role.TREASURER


# -- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def now(sri, secretary, chair):
    """Sri is elected from today on."""
    return elect(sri, role="treasurer", started_on=today(), ends_on=today() + 365 * DAY, by=secretary)


def test_the_second_officer_confirms_in_the_browser(now, sri, chair, client):
    assert Notice.objects.filter(to=chair, url=reverse("governance:confirm-election", args=[now.pk])).exists()
    client.force_login(chair)
    page = reverse("governance:confirm-election", args=[now.pk])
    assert page in client.get(reverse("governance:offices")).content.decode()
    assert "Akun masuknya langsung memakai peran jabatan ini." in client.get(page).content.decode()
    answer = client.post(page, {"token": uuid.uuid4()}, follow=True)
    assert "peran berlaku" in answer.content.decode()
    assert page not in answer.content.decode()
    sri.user.refresh_from_db()
    client.force_login(sri.user)
    assert client.get(reverse("ledger:periods")).status_code == 200, "the treasurer's page opens"


def test_the_page_belongs_to_the_officers_and_the_button_to_the_second(now, sri, secretary, client):
    page = reverse("governance:confirm-election", args=[now.pk])
    expected = {"chair": 200, "treasurer": 200, "secretary": 200, "supervisor": 403, "maintainer": 403, "member": 403}
    for name, status in expected.items():
        user = User.objects.filter(username=name).first() or a_user(Role(name), username=name)
        client.force_login(user)
        assert client.get(page).status_code == status, name
    client.force_login(secretary)
    assert page not in client.get(reverse("governance:offices")).content.decode(), "who recorded it"
    assert "Pemilihan ini Anda sendiri" in client.post(page, {"token": uuid.uuid4()}).content.decode()
    assert role(sri) == Role.MEMBER


def test_ending_the_term_in_the_browser_closes_the_officers_pages(now, sri, chair, secretary, client):
    with around_the_guards():
        Office.objects.filter(pk=now.pk).update(started_on=today() - DAY, confirmed_by=chair)
    follow_offices(on=today())
    client.force_login(chair)
    page = reverse("governance:end-term", args=[now.pk])
    refused = client.post(page, {"token": uuid.uuid4(), "on": today().isoformat()})
    assert list(refused.context["form"].errors) == ["decision"]
    assert role(sri) == Role.TREASURER
    decision = removal(now, on=today(), by=secretary)
    client.post(page, {"token": uuid.uuid4(), "on": today().isoformat(), "decision": decision.pk})
    assert role(sri) == Role.MEMBER
    [office] = [office for office in queries.offices(as_of=today(), reader=chair) if office.pk == now.pk]
    assert (office.state, office.login, office.may_confirm) == ("past", "returned", False)


def test_daily_moves_the_roles(elected, chair, capsys):
    confirm_election(elected, on=START - DAY, by=chair)
    call_command("daily", on=START)
    assert "roles_moved=1" in capsys.readouterr().out
