"""Meetings, who came, and minutes."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.audit import trail
from governance import queries
from governance.errors import GovernanceRefused
from governance.models import Attendance, Meeting
from governance.services import hold_meeting, record_attendance, write_minutes
from tests.builders import a_decision, a_member
from tests.governance.builders import a_meeting

FEBRUARY = datetime.date(2025, 2, 12)


def refused(service, *args, **facts):
    with pytest.raises(GovernanceRefused) as no, transaction.atomic():
        service(*args, **facts)
    return no.value.field, str(no.value)


def test_one_meeting_a_day(secretary):
    a_meeting(by=secretary)
    assert refused(hold_meeting, on=FEBRUARY, by=secretary) == (
        "on",
        "Rapat pada 12 Februari 2025 sudah dicatat. Buka rapat itu.",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(on=FEBRUARY, place="Lain")


def test_a_meeting_of_no_known_kind_is_refused(db):
    with pytest.raises(IntegrityError, match="kind_known"), transaction.atomic():
        Meeting.objects.create(on=FEBRUARY, kind="picnic", place="Pantai")


def test_attendance_is_exactly_who_is_ticked(secretary):
    sri, wahyu, tono = (a_member(name, by=secretary) for name in ("Sri", "Wahyu", "Tono"))
    meeting = record_attendance(a_meeting(by=secretary), members=[sri, wahyu], by=secretary)
    meeting = record_attendance(meeting, members=[wahyu, tono], by=secretary)
    assert sorted(meeting.attendances.values_list("member__name", flat=True)) == ["Tono", "Wahyu"]
    assert trail(meeting).filter(action="meeting.attended").count() == 2
    record_attendance(meeting, members=[wahyu, tono], by=secretary)
    assert trail(meeting).filter(action="meeting.attended").count() == 2


def test_whoever_came_by_phone_meanwhile_stays_when_an_old_page_is_saved(secretary):
    sri, wahyu, tono = (a_member(name, by=secretary) for name in ("Sri", "Wahyu", "Tono"))
    meeting = record_attendance(a_meeting(by=secretary), members=[sri, tono], by=secretary)
    record_attendance(meeting, members=[wahyu, tono], shown=[sri.pk, tono.pk], by=secretary)
    # Another page was opened when only Sri and Tono were ticked: it takes Tono off and knows nothing of Wahyu.
    record_attendance(meeting, members=[sri], shown=[sri.pk, tono.pk], by=secretary)
    assert sorted(meeting.attendances.values_list("member__name", flat=True)) == ["Sri", "Wahyu"]


def test_attendance_of_somebody_who_was_no_member_is_refused(secretary):
    a_member("Sri", by=secretary)
    late = a_member("Wahyu", on=datetime.date(2025, 2, 13), by=secretary)
    meeting = a_meeting(by=secretary)
    assert refused(record_attendance, meeting, members=[late], by=secretary)[1] == (
        "Wahyu bukan anggota pada 12 Februari 2025."
    )


def test_nobody_comes_twice(secretary):
    sri, meeting = a_member("Sri", by=secretary), a_meeting(by=secretary)
    Attendance.objects.create(meeting=meeting, member=sri)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=meeting, member=sri)


def test_minutes_of_a_stale_page_are_refused(secretary):
    meeting = a_meeting(by=secretary)
    written = write_minutes(meeting, text="Membahas pesanan.", number=0, on=FEBRUARY, by=secretary)
    assert (written.text, written.number) == ("Membahas pesanan.", 1)
    assert refused(write_minutes, meeting, text="Lain", number=0, on=FEBRUARY, by=secretary)[1].startswith("Data ini")


def test_with_attendance_counts_who_came_and_who_was_a_member_then(secretary):
    sri, _wahyu = a_member("Sri", by=secretary), a_member("Wahyu", by=secretary)
    a_member("Tono", on=datetime.date(2025, 3, 1), by=secretary)
    record_attendance(a_meeting(by=secretary), members=[sri], by=secretary)
    a_meeting(by=secretary, on=datetime.date(2025, 3, 12))
    rows = queries.with_attendance(Meeting.objects.order_by("on"))
    assert [(row.present, row.invited) for row in rows] == [(1, 2), (0, 3)]


def test_decisions_of_a_meeting_are_those_of_its_day(secretary):
    meeting = a_meeting(by=secretary)
    taken = a_decision(by=secretary, on=FEBRUARY)
    a_decision(by=secretary, on=FEBRUARY, number="P-1", organ="board")
    a_decision(by=secretary, on=datetime.date(2025, 2, 13))
    assert list(queries.decisions_of(meeting)) == [taken]
