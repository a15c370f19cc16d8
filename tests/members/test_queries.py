import datetime

import pytest

from members import queries, services
from members.models import Member, SizeClass
from members.queries import Standing
from tests.builders import a_business, a_member, an_applicant

MONDAY, TUESDAY, WEDNESDAY = (datetime.date(2025, 1, day) for day in (6, 7, 8))


@pytest.mark.parametrize(
    ("workers", "expected"),
    [(1, "micro"), (4, "micro"), (5, "small"), (19, "small"), (20, "larger"), (99, "larger")],
)
def test_size_class_changes_at_five_and_twenty(workers, expected):
    assert SizeClass.of(workers) == expected


def test_size_class_counts_family_and_hired_as_at_the_day(secretary):
    business = a_business(a_member())
    services.count_workers(business, on=TUESDAY, family=2, hired=2, by=secretary)
    services.count_workers(business, on=WEDNESDAY, family=2, hired=3, by=secretary)
    classes = [queries.size_class(business, as_of=day) for day in (MONDAY, TUESDAY, WEDNESDAY)]
    assert classes == [None, SizeClass.MICRO, SizeClass.SMALL]


def test_with_workers_takes_the_latest_count_up_to_the_day(secretary):
    member, without = a_member("Budi"), a_member("Sri")
    business = a_business(member)
    services.count_workers(business, on=TUESDAY, family=1, hired=0, by=secretary)
    services.count_workers(business, on=WEDNESDAY, family=3, hired=4, by=secretary)
    rows = queries.with_workers(Member.objects.order_by("number"), as_of=TUESDAY)
    assert [(row.pk, row.workers) for row in rows] == [(member.pk, 1), (without.pk, None)]


def test_standing_follows_from_the_dates(secretary, chair):
    applicant = an_applicant("A", on=MONDAY)
    admitted = services.admit(an_applicant("B", on=MONDAY), on=MONDAY, by=chair)
    refused = services.refuse(an_applicant("C", on=MONDAY), reason="Bukan warga", on=MONDAY, by=chair)
    member = a_member("D", on=MONDAY)
    left = services.leave(a_member("E", on=MONDAY), on=TUESDAY, reason="own_request", by=secretary)
    assert [queries.standing(row, as_of=MONDAY) for row in (applicant, admitted, refused, member, left)] == [
        Standing.APPLICANT,
        Standing.ADMITTED,
        Standing.REFUSED,
        Standing.MEMBER,
        Standing.MEMBER,
    ]
    assert queries.standing(left, as_of=TUESDAY) == Standing.LEFT
    everybody = Member.objects.order_by("name")
    found = {
        standing: [row.name for row in queries.of_standing(everybody, standing, as_of=TUESDAY)]
        for standing in Standing.values
    }
    assert found == {"applicant": ["A"], "admitted": ["B"], "refused": ["C"], "member": ["D"], "left": ["E"]}
    assert queries.tallies(as_of=MONDAY) == {"applicants": 1, "admitted": 1, "members": 2}
    assert queries.tallies(as_of=TUESDAY) == {"applicants": 1, "admitted": 1, "members": 1}


def test_entered_counts_the_day_of_entry_but_not_that_of_leaving(secretary):
    services.leave(a_member(on=TUESDAY), on=WEDNESDAY, reason="death", by=secretary)
    counts = [Member.objects.entered(as_of=day).count() for day in (MONDAY, TUESDAY, WEDNESDAY)]
    assert counts == [0, 1, 0]


def test_what_may_be_done_follows_from_the_dates_and_the_reader(secretary, chair, treasurer):
    def done(member, user):
        return [verb for verb, allowed in queries.may(member, user).items() if allowed]

    applicant = an_applicant("A", on=MONDAY)
    assert (done(applicant, chair), done(applicant, treasurer)) == (["decide"], [])
    admitted = services.admit(applicant, on=MONDAY, by=chair)
    assert (done(admitted, chair), done(admitted, treasurer)) == ([], ["join"])
    member = a_member("Budi")
    assert done(member, secretary) == ["give_login"]
    services.give_login(member, username="budi", password="kulit-tas-77", by=secretary)
    assert done(Member.objects.get(pk=member.pk), secretary) == ["reset_password"]
