"""An annual meeting that finds no quorum, its second one, a secret election, and the SHU that it divides.

2026 earned 129,000 (`tests/shu/test_services.py`); Sri and Tono are members, and four neighbours who join in January.
The statutes ask for more than half of the members, and for a fifth of them in a second meeting.

    12 Feb 2027  two of six come: no quorum for the election nor the SHU, the meeting fails
    19 Feb 2027  the second meeting, with the same agenda: three come. Sri and Budi stand for chair; by secret ballot
                 Budi has two votes, Sri one. The SHU passes by three hands
    then         by one click the SHU is posted (12,900 for Sri, 51,600 for Tono) and Budi's election recorded; another
                 officer confirms it, and his login is the chair's from 1 March
"""

import datetime

import pytest
from django.db import transaction

from core.permissions import Role
from governance.errors import GovernanceRefused
from governance.models import ActRules, Candidate, Decision, Office
from governance.queries import quorum
from governance.queries.annual import deadlines
from governance.services import agenda, confirm_election, follow_offices, meeting, put_in_force, record_attendance, vote
from ledger import chart
from ledger.models import Unit
from ledger.queries import member_balance
from members.models import Member
from shu import services as shu
from tests.books import assert_clean
from tests.builders import a_decision, a_member, a_user, the_user
from tests.shu.test_services import closed as closed
from tests.shu.test_services import proposed as proposed

JANUARY = datetime.date(2027, 1, 12)
FEBRUARY = datetime.date(2027, 2, 12)
SECOND = datetime.date(2027, 2, 19)
MARCH = datetime.date(2027, 3, 1)


def quorum_of(act, *, quorum_bp, second_quorum_bp, organ, by):
    decision = a_decision(by=by, on=JANUARY, number=f"KUORUM-{act}", kind="statutes")
    facts = {"act": act, "organ": organ, "quorum_bp": quorum_bp, "second_quorum_bp": second_quorum_bp}
    return put_in_force(ActRules, in_force_from=JANUARY, decided_in=decision, on=JANUARY, by=by, **facts)


@pytest.mark.django_db
def test_a_second_annual_meeting_elects_and_divides(proposed, chair, treasurer):
    secretary = the_user(Role.SECRETARY)
    neighbours = [
        a_member(name, on=JANUARY, by=secretary, username=name.lower()) for name in ("Budi", "Endah", "Wahyu", "Yanti")
    ]
    budi, endah = neighbours[:2]
    sri, tono = Member.objects.order_by("number")[:2]
    for act, organ in (("other", "members_meeting"), ("election", "members_meeting"), ("shu", "annual_meeting")):
        quorum_of(act, quorum_bp=5_001, second_quorum_bp=2_000, organ=organ, by=secretary)

    annual = meeting.plan_meeting(on=FEBRUARY, kind="annual", place="Balai RW 13", as_of=JANUARY, by=secretary)
    election = agenda.add_item(annual, title="Pemilihan ketua", kind="election", detail="chair", by=secretary)
    agenda.set_candidates(election, members=[sri, budi], by=secretary)
    assert [(row.due_on, row.is_done) for row in deadlines(annual)] == [
        (datetime.date(2027, 1, 13), True),  # the months of 2026 are closed
        (datetime.date(2027, 1, 13), True),  # the division is proposed
        (datetime.date(2027, 1, 29), False),  # nobody is invited yet
        (datetime.date(2027, 6, 30), True),
    ]
    meeting.invite(annual, on=datetime.date(2027, 1, 20), by=secretary)
    assert annual.items.filter(kind="shu", subject_id=proposed.pk).count() == 1

    annual = meeting.open_meeting(annual, on=FEBRUARY, by=secretary)
    record_attendance(annual, members=[sri, budi], by=secretary)
    found = quorum(annual)
    assert (found.present, found.entitled, found.needed, found.is_reached) == (2, 6, 4, False)
    with pytest.raises(GovernanceRefused, match="kuorum"), transaction.atomic():
        vote.start_vote(election, how="secret", by=secretary)
    annual = meeting.declare_without_quorum(annual, by=secretary)
    with pytest.raises(GovernanceRefused, match="19 Februari"), transaction.atomic():
        meeting.call_second(annual, on=FEBRUARY + datetime.timedelta(days=1), as_of=FEBRUARY, by=secretary)
    second = meeting.call_second(annual, on=SECOND, as_of=FEBRUARY, by=secretary)
    assert sorted(second.items.values_list("kind", flat=True)) == sorted(annual.items.values_list("kind", flat=True))

    meeting.invite(second, on=FEBRUARY, by=secretary)
    second = meeting.open_meeting(second, on=SECOND, by=secretary)
    record_attendance(second, members=[budi, endah, tono], by=secretary)
    assert quorum(second).is_reached

    election, division = second.items.get(kind="election"), second.items.get(kind="shu")
    vote.start_vote(election, how="secret", by=secretary)
    key = {row.member.name.split()[0]: str(row.pk) for row in election.candidates.select_related("member")}
    for member, choice in ((budi, "Budi"), (endah, "Budi"), (tono, "Sri")):
        vote.cast(election, member, choice=key[choice], by=member.user or secretary)
    vote.count_votes(election, by=secretary)
    assert dict(Candidate.objects.filter(item=election).values_list("member__name", "votes"))["Budi"] == 2
    vote.record_hands(division, in_favour=3, against=0, abstained=0, by=secretary)
    second = meeting.close_meeting(second, by=secretary)

    election.refresh_from_db(), division.refresh_from_db()
    assert (election.decision.subject, election.decision.detail, election.decision.second_call) == (budi, "chair", True)
    assert division.decision.organ == Decision.Organ.ANNUAL_MEETING
    with pytest.raises(shu.ShuRefused), transaction.atomic():  # the treasurer proposed it
        agenda.put_in_effect(division, start=SECOND, on=SECOND, by=treasurer)
    agenda.put_in_effect(division, start=SECOND, on=SECOND, by=chair)
    parts = [member_balance(member, Unit.USP, chart.SHU_PAYABLE, as_of=SECOND) for member in (sri, tono)]
    assert parts == [12_900, 51_600]

    agenda.put_in_effect(election, start=MARCH, on=SECOND, by=secretary)
    office = Office.objects.get(member=budi)
    assert (office.role, office.started_on, office.ends_on) == ("chair", MARCH, datetime.date(2030, 3, 1))
    confirm_election(office, on=SECOND, by=a_user(Role.TREASURER, username="bendahara-2"))
    follow_offices(on=MARCH)
    budi.user.refresh_from_db()
    assert budi.user.role == Role.CHAIR
    assert_clean(MARCH)
