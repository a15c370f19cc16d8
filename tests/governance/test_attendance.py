"""Who comes to the meetings, as the loan rules ask it."""

import datetime

from governance.queries import Attended, attendance, attendance_of_everybody
from governance.services import record_attendance
from tests.builders import a_member
from tests.governance.builders import a_meeting


def day(month, date=12, year=2025):
    return datetime.date(year, month, date)


def held(*days, by, came=()):
    for on in days:
        record_attendance(a_meeting(by=by, on=on), members=list(came), by=by)


def test_attendance_counts_the_meetings_of_the_last_months(secretary):
    sri = a_member("Sri Lestari", on=day(1, 6), by=secretary)
    budi = a_member("Budi Hartono", on=day(3, 20), by=secretary)
    held(day(2), day(3), by=secretary, came=[sri])
    held(day(4), day(5), by=secretary, came=[budi])
    held(day(6), by=secretary, came=[sri, budi])
    # Since 12 March (three months before, that day itself not): April, May, June.
    assert attendance(sri, months=3, as_of=day(6)) == Attended(came=1, held=3)
    assert attendance(sri, months=12, as_of=day(6)) == Attended(3, 5)
    assert attendance(sri, months=12, as_of=day(6, 11)) == Attended(2, 4)


def test_meetings_before_somebody_was_a_member_do_not_count(secretary):
    sri = a_member("Sri Lestari", on=day(1, 6), by=secretary)
    budi = a_member("Budi Hartono", on=day(4), by=secretary)
    held(day(2), day(3), day(4), by=secretary, came=[sri])
    assert attendance(budi, months=12, as_of=day(6)) == Attended(0, 1)


def test_a_meeting_whose_list_is_not_written_yet_counts_for_nobody(secretary):
    sri = a_member("Sri Lestari", on=day(1, 6), by=secretary)
    held(day(2), by=secretary, came=[sri])
    a_meeting(by=secretary, on=day(3))
    assert attendance(sri, months=12, as_of=day(6)) == Attended(1, 1)


def test_everybody_is_asked_in_one_query(secretary, django_assert_num_queries):
    people = [a_member(f"Anggota {number}", on=day(1, 6), by=secretary) for number in range(5)]
    held(day(2), day(3), by=secretary, came=people[:2])
    with django_assert_num_queries(1):
        found = attendance_of_everybody(months=6, as_of=day(6))
    assert found == {member.pk: Attended(2 if member in people[:2] else 0, 2) for member in people}


def test_four_of_five_is_eighty_percent_and_no_meeting_can_be_missed():
    assert Attended(4, 5).reaches(8000)
    assert not Attended(4, 5).reaches(8001)
    assert Attended(0, 0).reaches(10_000)
