"""Votes: one member, one vote, in person; open and secret; elections, ties, majorities."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.audit import trail
from governance.errors import GovernanceRefused
from governance.models import BallotBox, Candidate, DecisionKind, MeetingRules, Vote
from governance.services import agenda, put_in_force, record_attendance, vote
from governance.services import meeting as meetings
from tests.builders import a_decision, a_member, a_user
from tests.governance.builders import an_item, an_open_meeting


def no(service, *args, **facts):
    with pytest.raises(GovernanceRefused) as refusal, transaction.atomic():
        service(*args, **facts)
    return str(refusal.value)


NAMES = ("Sri", "Wahyu", "Tono", "Endah", "Budi")


@pytest.fixture
def people(secretary):
    return [a_member(name, by=secretary, username=name.lower()) for name in NAMES]


@pytest.fixture
def meeting(people, secretary):
    return an_open_meeting(by=secretary, present=people[:4])


def cast_all(item, people, choices):
    for member, choice in zip(people, choices, strict=True):
        vote.cast(item, member, choice=str(choice), by=member.user)


def counted(item, by):
    item = vote.count_votes(item, by=by)
    return item.state, item.in_favour, item.against, item.abstained


# -- one member, one vote --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["open", "secret"])
def test_a_ballot_is_cast_once_by_those_present_and_counted(meeting, people, secretary, how):
    item = vote.start_vote(an_item(meeting, by=secretary), how=how, by=secretary)
    cast_all(item, people[:4], ["for", "for", "against", "abstain"])
    assert "satu kali" in no(vote.cast, item, people[0], choice="for", by=people[0].user)
    assert "hadir" in no(vote.cast, item, people[4], choice="for", by=people[4].user)
    assert "diwakilkan" in no(vote.cast, item, people[1], choice="for", by=people[0].user)
    assert counted(item, secretary) == ("passed", 2, 1, 1)
    assert no(vote.cast, item, people[4], choice="for", by=people[4].user)
    assert item.votes.count() == 4


def test_an_officer_votes_once_whether_as_officer_or_as_member(meeting, people, secretary):
    chair = a_user("chair")
    leader = a_member("Ketua", by=secretary, user=chair)
    meeting.attendances.create(member=leader)
    item = vote.start_vote(an_item(meeting, by=secretary), how="open", by=secretary)
    vote.cast(item, leader, choice="for", by=chair)
    assert no(vote.cast, item, leader, choice="against", by=secretary)


def test_the_booth_of_an_officer_serves_a_member_without_a_phone(meeting, people, secretary):
    item = vote.start_vote(an_item(meeting, by=secretary), how="secret", by=secretary)
    vote.cast(item, people[0], choice="for", by=secretary)
    assert counted(item, secretary) == ("passed", 1, 0, 0)


def test_the_database_refuses_votes_written_around_the_services(meeting, people, secretary):
    open_, secret, waiting = (an_item(meeting, by=secretary, title=title) for title in "ABC")
    here = meeting.attendances.first()
    vote.start_vote(open_, how="open", by=secretary)
    for wrong, said in [
        ({"item": waiting, "choice": "for"}, "not open"),
        ({"item": open_, "choice": ""}, "says what"),
        ({"item": open_, "choice": "maybe"}, "known_choice"),
    ]:
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            Vote.objects.create(attendance=here, **wrong)
    vote.count_votes(open_, by=secretary)
    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        Vote.objects.create(item=open_, attendance=here, choice="for")
    vote.start_vote(secret, how="secret", by=secretary)
    with pytest.raises(IntegrityError, match="names no choice"), transaction.atomic():
        Vote.objects.create(item=secret, attendance=here, choice="for")
    Vote.objects.create(item=secret, attendance=here)
    with pytest.raises(IntegrityError, match="vote_once"), transaction.atomic():
        Vote.objects.create(item=secret, attendance=here)
    with pytest.raises(Exception, match="append"), transaction.atomic():
        Vote.objects.filter(item=secret).delete()


def test_a_box_that_was_tampered_with_is_not_counted(meeting, people, secretary):
    item = vote.start_vote(an_item(meeting, by=secretary), how="secret", by=secretary)
    cast_all(item, people[:2], ["for", "for"])
    Vote.objects.create(item=item, attendance=meeting.attendances.get(member=people[2]))
    assert "berbeda" in no(vote.count_votes, item, by=secretary)


def test_one_vote_at_a_time_and_the_meeting_does_not_close_during_it(meeting, secretary):
    first, second = an_item(meeting, by=secretary), an_item(meeting, by=secretary)
    vote.start_vote(first, how="open", by=secretary)
    assert no(vote.start_vote, second, how="open", by=secretary)
    assert no(meetings.close_meeting, meeting, by=secretary)


def test_whoever_has_voted_stays_on_the_list(meeting, people, secretary):
    item = vote.start_vote(an_item(meeting, by=secretary), how="open", by=secretary)
    vote.cast(item, people[0], choice="for", by=people[0].user)
    assert "Sri" in no(record_attendance, meeting, members=people[1:4], by=secretary)


# -- hands, consensus, ties ------------------------------------------------------------------------------------------


def test_more_hands_than_members_present_are_refused(meeting, secretary):
    item = an_item(meeting, by=secretary)
    assert "hadir" in no(vote.record_hands, item, in_favour=4, against=1, abstained=0, by=secretary)
    assert no(vote.record_hands, item, in_favour=0, against=0, abstained=0, by=secretary)


def test_consensus_passes_with_everybody_present(meeting, secretary):
    item = vote.record_consensus(an_item(meeting, by=secretary), by=secretary)
    assert (item.state, item.how, item.in_favour, item.present, item.entitled) == ("passed", "consensus", 4, 4, 5)


def test_after_a_tie_the_proposal_is_rejected_or_voted_on_again_as_the_rules_say(meeting, secretary, chair):
    tied = vote.record_hands(an_item(meeting, by=secretary), in_favour=2, against=2, abstained=0, by=secretary)
    assert (tied.state, tied.followed_by.count()) == ("tied", 0)
    rules(chair, tie="repeated")
    tied = vote.record_hands(an_item(meeting, by=secretary), in_favour=1, against=1, abstained=2, by=secretary)
    again = tied.followed_by.get()
    assert (again.state, again.title) == ("waiting", tied.title)
    assert vote.record_hands(again, in_favour=3, against=1, abstained=0, by=secretary).state == "passed"


def rules(by, **values):
    on = datetime.date(2026, 1, 12)
    decision = a_decision(by=by, on=on, number="aturan rapat")
    return put_in_force(MeetingRules, in_force_from=on, decided_in=decision, on=on, by=by, **values)


# -- elections -------------------------------------------------------------------------------------------------------


def an_election(meeting, candidates, by, role="chair"):
    item = an_item(meeting, by=by, title="Pemilihan ketua", kind=DecisionKind.ELECTION, detail=role)
    agenda.set_candidates(item, members=candidates, by=by)
    return item, {row.member.name: row.pk for row in item.candidates.all()}


@pytest.mark.parametrize("how", ["open", "secret"])
def test_whoever_has_the_most_votes_is_elected(meeting, people, secretary, how):
    item, key = an_election(meeting, people[:3], secretary)
    vote.start_vote(item, how=how, by=secretary)
    cast_all(item, people[:4], [key["Wahyu"], key["Wahyu"], key["Sri"], "abstain"])
    assert counted(item, secretary) == ("passed", 2, 0, 1)
    votes = {row.member.name: (row.votes, row.is_elected) for row in item.candidates.all()}
    assert votes == {"Sri": (1, False), "Tono": (0, False), "Wahyu": (2, True)}


def test_a_tie_of_candidates_leads_to_a_run_off_between_them(meeting, people, secretary):
    item, key = an_election(meeting, people[:3], secretary)
    vote.start_vote(item, how="secret", by=secretary)
    cast_all(item, people[:4], [key["Wahyu"], key["Wahyu"], key["Sri"], key["Sri"]])
    assert counted(item, secretary)[0] == "tied"
    run_off = item.followed_by.get()
    assert sorted(row.member.name for row in run_off.candidates.all()) == ["Sri", "Wahyu"]


def test_where_the_rules_ask_for_half_of_the_votes_the_two_first_stand_again(meeting, people, secretary, chair):
    rules(chair, election="half")
    item, key = an_election(meeting, people[:3], secretary)
    vote.record_hands(
        item, candidates={key["Sri"]: 2, key["Wahyu"]: 1, key["Tono"]: 0}, against=1, abstained=0, by=secretary
    )
    item.refresh_from_db()
    assert item.state == "tied"
    assert sorted(row.member.name for row in item.followed_by.get().candidates.all()) == ["Sri", "Wahyu"]


def test_candidates_are_members_and_are_named_before_the_vote(meeting, people, secretary):
    item, _key = an_election(meeting, people[:2], secretary)
    stranger = a_member("Orang Lain", on=datetime.date(2026, 11, 20), by=secretary)
    assert "Orang Lain" in no(agenda.set_candidates, item, members=[stranger], by=secretary)
    vote.start_vote(item, how="secret", by=secretary)
    assert no(agenda.set_candidates, item, members=people[:3], by=secretary)
    with pytest.raises(IntegrityError, match="before the vote"), transaction.atomic():
        Candidate.objects.create(item=item, member=people[3])


def test_an_election_without_candidates_does_not_begin(meeting, secretary):
    item = an_item(meeting, by=secretary, kind=DecisionKind.ELECTION, detail="chair")
    assert "calon" in no(vote.start_vote, item, how="secret", by=secretary)


# -- what is left of a secret vote -----------------------------------------------------------------------------------


def test_the_box_is_gone_when_it_was_counted_and_the_trail_names_no_choice(meeting, people, secretary):
    item = vote.start_vote(an_item(meeting, by=secretary), how="secret", by=secretary)
    cast_all(item, people[:4], ["for", "against", "for", "for"])
    box = BallotBox.objects.get()
    assert b"for" not in bytes(box.sealed)
    vote.count_votes(item, by=secretary)
    assert not BallotBox.objects.exists()
    assert set(Vote.objects.values_list("choice", "candidate")) == {("", None)}
    assert [event.action for event in trail(item)] == ["vote.counted", "vote.started", "agenda.added"]
