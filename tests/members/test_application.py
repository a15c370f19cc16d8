"""From application to entry."""

import datetime
import threading

import pytest
from django.db import connection, transaction

from core import audit
from core.permissions import Role
from members import services
from members.models import Member
from members.services import MemberRefused
from tests.builders import a_member, a_user, an_applicant

MONDAY, TUESDAY, WEDNESDAY = (datetime.date(2025, 1, day) for day in (6, 7, 8))


def test_apply_admit_enter_gives_the_first_number(secretary, chair):
    member = services.apply(name="Sri Lestari", rt="054", rw="013", on=MONDAY, by=secretary)
    assert member.number is None
    services.admit(member, on=TUESDAY, by=chair)
    member = services.enter(member, on=WEDNESDAY, by=chair)
    assert (member.number, member.applied_on, member.admitted_on, member.entered_on) == (1, MONDAY, TUESDAY, WEDNESDAY)
    assert [event.action for event in audit.trail(member)] == ["member.entered", "member.admitted", "member.applied"]


def test_numbers_have_no_gap_when_an_entry_is_taken_back(secretary):
    a_member("A")
    with transaction.atomic():
        assert a_member("B").number == 2
        transaction.set_rollback(True)
    assert a_member("C").number == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_at_once_get_consecutive_numbers():
    chair = a_user(Role.CHAIR)
    members = [an_applicant(name, on=MONDAY) for name in "ABCD"]
    for member in members:
        services.admit(member, on=MONDAY, by=chair)
    start, numbers = threading.Barrier(4), []

    def come_in(member):
        start.wait()
        numbers.append(services.enter(member, on=TUESDAY, by=chair).number)
        connection.close()

    threads = [threading.Thread(target=come_in, args=[member]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_refused():
    chair, secretary = a_user(Role.CHAIR), a_user(Role.SECRETARY)
    member = an_applicant(on=MONDAY)
    start, outcomes = threading.Barrier(2), []

    def decide(service, **facts):
        start.wait()
        try:
            service(member, on=TUESDAY, **facts)
            outcomes.append("done")
        except MemberRefused as refusal:
            outcomes.append(str(refusal))
        connection.close()

    threads = [
        threading.Thread(target=decide, args=[services.admit], kwargs={"by": chair}),
        threading.Thread(target=decide, args=[services.refuse], kwargs={"by": secretary, "reason": "Bukan warga"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Permohonan Sri Lestari sudah diputuskan.", "done"]


@pytest.mark.django_db(transaction=True)
def test_of_two_applications_with_one_nik_one_is_refused():
    secretary = a_user(Role.SECRETARY)
    start, outcomes = threading.Barrier(2), []

    def come(name):
        start.wait()
        try:
            services.apply(name=name, nik="3471081708800001", on=MONDAY, by=secretary)
            outcomes.append("done")
        except MemberRefused as refusal:
            outcomes.append(refusal.field)
        connection.close()

    threads = [threading.Thread(target=come, args=[name]) for name in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "nik"]


def test_a_refused_person_may_apply_again_with_the_same_nik(secretary, chair):
    first = an_applicant("Tono", nik="3471081708800001", on=MONDAY)
    services.refuse(first, reason="Belum warga", on=MONDAY, by=chair)
    assert an_applicant("Tono", nik="3471081708800001", on=TUESDAY).pk != first.pk


@pytest.mark.parametrize(
    ("service", "facts", "sentence"),
    [
        (services.admit, {"on": MONDAY}, "sudah diputuskan"),
        (services.refuse, {"on": MONDAY, "reason": "x"}, "sudah diputuskan"),
        (services.enter, {"on": MONDAY}, "sudah menjadi anggota nomor 1"),
    ],
)
def test_a_member_is_not_decided_or_entered_again(secretary, service, facts, sentence):
    member = a_member()
    with pytest.raises(MemberRefused, match=sentence):
        service(member, by=secretary, **facts)


def test_decisions_are_the_boards_alone(treasurer, secretary):
    member = an_applicant()
    with pytest.raises(MemberRefused, match="Hanya ketua atau sekretaris"):
        services.admit(member, on=TUESDAY, by=treasurer)
    with pytest.raises(MemberRefused, match="sebelum tanggal permohonan"):
        services.admit(member, on=datetime.date(2025, 1, 5), by=secretary)


def test_nobody_decides_on_their_own_application(secretary, chair):
    member = an_applicant()
    Member.objects.filter(pk=member.pk).update(user=chair)
    with pytest.raises(MemberRefused, match="permohonannya sendiri"):
        services.admit(member, on=TUESDAY, by=chair)
    with pytest.raises(MemberRefused, match="permohonannya sendiri"):
        services.refuse(member, reason="x", on=TUESDAY, by=chair)


def test_enter_needs_the_decision_and_a_day_on_or_after_it(secretary, chair):
    member = an_applicant(on=MONDAY)
    with pytest.raises(MemberRefused, match="Pengurus memutuskan lebih dulu"):
        services.enter(member, on=MONDAY, by=chair)
    services.admit(member, on=TUESDAY, by=chair)
    with pytest.raises(MemberRefused, match="sebelum tanggal diterima"):
        services.enter(member, on=MONDAY, by=chair)
