"""A meeting's life: planned, invited, open, closed, approved, locked; and what the database refuses of it."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit import trail
from core.models import Notice
from governance.errors import GovernanceRefused
from governance.models import AgendaItem, Decision, DecisionKind, Meeting, MeetingRules, Minutes
from governance.queries import meeting as queries
from governance.queries import quorum
from governance.services import agenda, attendance, invitation, minutes, put_in_force, record_attendance, vote
from governance.services import meeting as services
from tests.builders import a_decision, a_member
from tests.governance.builders import EVENING, a_planned_meeting, an_invited_meeting, an_item, an_open_meeting

DAY = datetime.timedelta(days=1)


def no(service, *args, **facts):
    with pytest.raises(GovernanceRefused) as refusal, transaction.atomic():
        service(*args, **facts)
    return str(refusal.value)


@pytest.fixture
def people(secretary):
    return [a_member(name, by=secretary, username=name.lower()) for name in ("Sri", "Wahyu", "Tono", "Endah")]


# -- it makes itself -------------------------------------------------------------------------------------------------


def test_the_meeting_of_the_12th_appears_by_itself_a_month_ahead_and_once(people):
    assert services.plan_next(on=datetime.date(2026, 10, 12)) is not None  # that of today, nobody planned it
    assert services.plan_next(on=datetime.date(2026, 10, 12)) is None
    planned = services.plan_next(on=datetime.date(2026, 10, 13))
    assert (planned.on, planned.kind, planned.state) == (EVENING, "monthly", "planned")
    assert services.plan_next(on=datetime.date(2026, 10, 14)) is None


def test_in_its_month_the_annual_meeting_appears(people):
    assert services.plan_next(on=datetime.date(2027, 1, 20)).kind == "annual"


def test_a_called_off_meeting_does_not_come_back_by_itself(people, secretary):
    planned = services.plan_next(on=datetime.date(2026, 10, 20))
    services.cancel_meeting(planned, reason="Hajatan kampung", on=planned.on, by=secretary)
    assert services.plan_next(on=datetime.date(2026, 10, 21)) is None


def test_a_public_holiday_is_told_to_the_officers(people, secretary):
    assert queries.holiday(datetime.date(2026, 8, 17)).startswith("Hari Kemerdekaan")
    assert queries.holiday(EVENING) == ""
    decided = a_decision(by=secretary)
    put_in_force(
        MeetingRules, in_force_from=decided.decided_on, decided_in=decided, on=decided.decided_on, by=secretary, day=17
    )
    services.plan_next(on=datetime.date(2026, 8, 1))
    assert "hari libur" in Notice.objects.get(to=secretary).text


# -- planned and moved -----------------------------------------------------------------------------------------------


def test_a_meeting_is_not_planned_in_the_past_and_an_extraordinary_one_says_why(secretary):
    facts = {"place": "Balai", "as_of": EVENING, "by": secretary}
    assert "hari ini" in no(services.plan_meeting, on=EVENING - DAY, kind="monthly", **facts)
    assert "pasal 27" in no(services.plan_meeting, on=EVENING, kind="extraordinary", **facts)


def test_two_meetings_on_one_day_are_refused(secretary):
    a_planned_meeting(by=secretary)
    assert "12 November 2026" in no(a_planned_meeting, by=secretary)
    with pytest.raises(IntegrityError, match="one_a_day"), transaction.atomic():
        Meeting.objects.create(on=EVENING, place="Lain")


def test_a_meeting_from_before_the_first_member_is_refused(people, secretary):
    assert "6 Januari 2025" in no(services.hold_meeting, on=datetime.date(1999, 1, 1), by=secretary)


def moving(meeting, by):
    return a_decision(by=by, on=EVENING - 10 * DAY, organ="board", number="P-1", kind="meeting", about=meeting)


def test_a_meeting_is_moved_by_the_decision_about_it_and_who_was_invited_is_told(people, secretary):
    meeting = an_invited_meeting(by=secretary)
    other = a_decision(by=secretary, on=EVENING - 10 * DAY)
    facts = {"place": "Masjid", "as_of": EVENING - 5 * DAY, "by": secretary}
    assert no(services.move_meeting, meeting, to=EVENING + DAY, decided_in=other, **facts)
    Notice.objects.all().delete()
    moved = services.move_meeting(meeting, to=EVENING + DAY, decided_in=moving(meeting, secretary), **facts)
    assert (moved.on, moved.place) == (EVENING + DAY, "Masjid")
    assert Notice.objects.filter(text__contains="13 November 2026").count() == 4


def test_a_meeting_that_began_is_not_moved(people, secretary):
    meeting = an_open_meeting(by=secretary, present=people[:1])
    facts = {"place": "Masjid", "as_of": EVENING, "by": secretary}
    assert no(services.move_meeting, meeting, to=EVENING + DAY, decided_in=moving(meeting, secretary), **facts)
    with pytest.raises(IntegrityError, match="not moved"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(on=EVENING + DAY)


# -- invited ---------------------------------------------------------------------------------------------------------


def test_everybody_is_invited_once_in_time_and_can_say_that_they_cannot_come(people, secretary):
    meeting = a_planned_meeting(by=secretary)
    assert "3 hari" in no(services.invite, meeting, on=EVENING - 2 * DAY, by=secretary)
    meeting = services.invite(meeting, on=EVENING - 3 * DAY, by=secretary)
    assert (meeting.state, meeting.invitations.count(), Notice.objects.count()) == ("invited", 4, 4)
    sri = people[0]
    said = invitation.decline(meeting, sri, reason="Sakit", on=EVENING - 2 * DAY, by=sri.user)
    assert (said.declined_on, said.reason) == (EVENING - 2 * DAY, "Sakit")
    assert invitation.come_after_all(meeting, sri, by=sri.user).declined_on is None
    assert no(services.invite, meeting, on=EVENING - 3 * DAY, by=secretary)


def test_the_annual_meeting_is_invited_to_two_weeks_before(people, secretary):
    meeting = a_planned_meeting(by=secretary, kind="annual", on=datetime.date(2027, 2, 12))
    assert "14 hari" in no(services.invite, meeting, on=datetime.date(2027, 2, 1), by=secretary)


def test_steps_out_of_turn_are_refused_also_by_the_database(people, secretary):
    meeting = a_planned_meeting(by=secretary)
    assert no(services.open_meeting, meeting, on=EVENING, by=secretary)
    for state in ("open", "closed", "approved", "locked", "failed"):
        with pytest.raises(IntegrityError, match=r"one step after|later meeting"), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(state=state)
    with pytest.raises(IntegrityError, match="planned, or recorded"), transaction.atomic():
        Meeting.objects.create(on=EVENING + DAY, place="x", state="open")
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).delete()


def test_a_meeting_is_opened_on_its_day_and_one_at_a_time(people, secretary):
    meeting = an_invited_meeting(by=secretary)
    assert "12 November" in no(services.open_meeting, meeting, on=EVENING - DAY, by=secretary)
    services.open_meeting(meeting, on=EVENING, by=secretary)
    later = an_invited_meeting(by=secretary, on=EVENING + DAY, days=3)
    assert no(services.open_meeting, later, on=EVENING + DAY, by=secretary)


# -- quorum ----------------------------------------------------------------------------------------------------------


def test_the_quorum_is_counted_of_the_members_on_the_day(people, secretary):
    meeting = an_open_meeting(by=secretary, present=people[:2])
    found = quorum(meeting)
    assert (found.entitled, found.present, found.is_reached) == (4, 2, True)


# -- closed ----------------------------------------------------------------------------------------------------------


def test_closing_makes_decisions_of_what_passed_and_postpones_the_rest(people, secretary):
    meeting = an_open_meeting(by=secretary, present=people[:3])
    passed, refused_, late = (an_item(meeting, by=secretary, title=title) for title in ("Arisan", "Piknik", "Cat"))
    vote.record_hands(passed, in_favour=2, against=1, abstained=0, by=secretary)
    vote.record_hands(refused_, in_favour=1, against=2, abstained=0, by=secretary)
    services.close_meeting(meeting, by=secretary)
    passed.refresh_from_db(), refused_.refresh_from_db(), late.refresh_from_db()
    assert (passed.state, refused_.state, late.state) == ("passed", "rejected", "postponed")
    decision = Decision.objects.get()
    assert (passed.decision, decision.title, decision.decided_on) == (decision, "Arisan", EVENING)
    assert (decision.organ, decision.present, decision.in_favour, decision.against) == ("members_meeting", 3, 2, 1)
    assert no(services.close_meeting, meeting, by=secretary)


def test_a_closed_meeting_takes_no_more_items_votes_or_outcomes(people, secretary):
    meeting = an_open_meeting(by=secretary, present=people)
    item = an_item(meeting, by=secretary)
    vote.record_consensus(item, by=secretary)
    services.close_meeting(meeting, by=secretary)
    assert no(an_item, meeting, by=secretary)
    for change in ({"state": "rejected"}, {"in_favour": 1}, {"title": "Lain"}, {"decision": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgendaItem.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(IntegrityError, match="before they are voted"), transaction.atomic():
        AgendaItem.objects.create(meeting=meeting, kind="other", title="x", position=9)


# -- minutes ---------------------------------------------------------------------------------------------------------


def closed_with_minutes(people, by, on=EVENING):
    meeting = an_open_meeting(by=by, present=people, on=on)
    minutes.write_minutes(meeting, text="Membahas kas.", number=0, on=on, by=by)
    return services.close_meeting(meeting, by=by)


def test_minutes_keep_every_version_and_their_text_in_the_trail(people, secretary):
    meeting = closed_with_minutes(people, secretary)
    minutes.write_minutes(meeting, text="Membahas kas dan iuran.", number=1, on=EVENING + DAY, by=secretary)
    assert [(row.number, row.text) for row in meeting.minutes.all()] == [
        (2, "Membahas kas dan iuran."),
        (1, "Membahas kas."),
    ]
    texts = [event.facts["text"] for event in trail(meeting).filter(action="meeting.minuted")]
    assert texts == ["Membahas kas dan iuran.", "Membahas kas."]
    with pytest.raises(Exception, match="append"), transaction.atomic():
        Minutes.objects.filter(number=1).update(text="Lain")


def test_the_next_meeting_approves_the_minutes_two_sign_and_nothing_changes_any_more(people, secretary, chair):
    meeting = closed_with_minutes(people, secretary)
    assert no(minutes.sign_minutes, meeting, on=EVENING, by=chair)
    later = an_open_meeting(by=secretary, present=people, on=datetime.date(2026, 12, 12))
    item = later.items.get(kind=DecisionKind.MEETING, subject_id=meeting.pk, detail="minutes")
    assert item.title == "Notulen rapat 12 November 2026"
    vote.record_consensus(item, by=secretary)
    services.close_meeting(later, by=secretary)
    meeting.refresh_from_db()
    assert meeting.state == "approved"
    assert no(minutes.write_minutes, meeting, text="Lain", number=1, on=EVENING, by=secretary)
    with pytest.raises(IntegrityError, match="approved minutes stay"), transaction.atomic():
        Minutes.objects.create(meeting=meeting, number=2, text="x", on=EVENING, by=secretary)
    assert minutes.sign_minutes(meeting, on=EVENING, by=secretary).state == "approved"
    assert no(minutes.sign_minutes, meeting, on=EVENING, by=secretary)
    assert minutes.sign_minutes(meeting, on=EVENING, by=chair).state == "locked"
    for change in ({"place": "Lain"}, {"state": "closed"}, {"version": 99}):
        with pytest.raises(IntegrityError, match=r"over|one step"), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**change)
    assert no(record_attendance, meeting, members=[], by=secretary)
    with pytest.raises(IntegrityError, match="while the meeting is open"), transaction.atomic():
        meeting.attendances.first().delete()


def test_minutes_that_no_later_meeting_approved_are_not_locked_around_the_services(people, secretary):
    meeting = closed_with_minutes(people, secretary)
    for state in ("approved", "locked"):
        with pytest.raises(IntegrityError, match=r"one step after|later meeting"), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(state=state)


# -- attendance by phone ---------------------------------------------------------------------------------------------


def checked_in(meeting, member, code=None, device="telepon-1"):
    code = code or attendance.code_of(meeting)
    return attendance.check_in(meeting, member, code=code, device=device, by=member.user)


def test_the_code_on_the_screen_checks_a_member_in_once(people, secretary):
    meeting, sri = an_open_meeting(by=secretary), people[0]
    assert len(attendance.code_of(meeting)) == 6
    assert checked_in(meeting, sri).how == "code"
    assert "sudah" in no(checked_in, meeting, sri)
    assert "sendiri" in no(
        attendance.check_in, meeting, people[1], code=attendance.code_of(meeting), device="x", by=sri.user
    )


def test_wrong_codes_are_counted_and_after_five_an_officer_has_to_tick(people, secretary):
    meeting, sri = an_open_meeting(by=secretary), people[0]
    wrong = "000000" if attendance.code_of(meeting) != "000000" else "111111"
    assert [checked_in(meeting, sri, code=wrong) for _time in range(5)] == [None] * 5
    assert "petugas" in no(checked_in, meeting, sri) or "pengurus" in no(checked_in, meeting, sri)


def test_one_phone_for_two_members_is_asked_about_and_does_not_count_until_then(people, secretary, chair):
    meeting = an_open_meeting(by=secretary)
    assert not checked_in(meeting, people[0]).asked
    second = checked_in(meeting, people[1])
    assert second.asked
    assert quorum(meeting).present == 1
    item = vote.start_vote(an_item(meeting, by=secretary), how="open", by=secretary)
    assert no(vote.cast, item, people[1], choice="for", by=people[1].user)
    attendance.answer_shared_phone(second, is_here=True, by=chair)
    assert quorum(meeting).present == 2
    third = checked_in(meeting, people[2])
    attendance.answer_shared_phone(third, is_here=False, by=chair)
    assert sorted(meeting.attendances.values_list("member__name", flat=True)) == ["Sri", "Wahyu"]


def test_the_code_ends_with_the_meeting(people, secretary):
    meeting = an_open_meeting(by=secretary, present=people[:1])
    code = attendance.code_of(meeting)
    meeting = services.close_meeting(meeting, by=secretary)
    assert (meeting.code_secret, attendance.code_of(meeting)) == ("", "")
    assert no(checked_in, meeting, people[1], code=code)


def test_whoever_left_or_died_cannot_be_present(people, secretary):
    meeting = an_open_meeting(by=secretary)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_member SET left_on = %s, leaving_reason = 'death' WHERE id = %s", [EVENING, people[3].pk]
        )
    people[3].refresh_from_db()
    assert "Endah" in no(record_attendance, meeting, members=[people[3]], by=secretary)
    assert "Endah" in no(checked_in, meeting, people[3])
    with pytest.raises(IntegrityError, match="left or died"), transaction.atomic():
        meeting.attendances.create(member=people[3])
    assert quorum(meeting).entitled == 3


# -- agenda ----------------------------------------------------------------------------------------------------------


def test_the_agenda_is_ordered_by_hand_and_a_thing_stands_on_it_once(people, secretary):
    meeting = a_planned_meeting(by=secretary)
    first, _second, third = (an_item(meeting, by=secretary, title=title) for title in "ABC")
    agenda.move_item(third, up=True, by=secretary)
    agenda.move_item(first, up=False, by=secretary)
    assert [item.title for item in meeting.items.order_by("position")] == ["C", "A", "B"]
    about = {"kind": "meeting", "subject": meeting, "by": secretary}
    an_item(meeting, **about)
    assert no(an_item, meeting, **about)
    assert agenda.fill_agenda(meeting, by=secretary) == 0


def test_an_item_withdrawn_during_the_vote_decides_nothing(people, secretary):
    meeting = an_open_meeting(by=secretary, present=people)
    item = vote.start_vote(an_item(meeting, by=secretary), how="secret", by=secretary)
    vote.cast(item, people[0], choice="for", by=people[0].user)
    assert no(agenda.withdraw_item, item, reason=" ", by=secretary)
    agenda.withdraw_item(item, reason="Perlu dibahas lagi", by=secretary)
    assert no(vote.cast, item, people[1], choice="for", by=people[1].user)
    assert no(vote.count_votes, item, by=secretary)
    services.close_meeting(meeting, by=secretary)
    assert not Decision.objects.exists()
