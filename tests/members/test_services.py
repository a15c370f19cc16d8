import datetime
import threading

import pytest
from django.db import connection, transaction

from core import audit
from core.models import AuditEvent
from core.permissions import Role
from members import services
from members.models import Member
from members.services import MemberRefused
from tests.builders import a_business, a_member, a_partner, a_user, an_applicant

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


def test_leaving_keeps_the_row_and_closes_the_login(secretary):
    member = a_member(username="sri", on=MONDAY)
    with pytest.raises(MemberRefused, match="sebelum tanggal masuk"):
        services.leave(member, on=datetime.date(2025, 1, 5), reason="death", by=secretary)
    member = services.leave(member, on=TUESDAY, reason="own_request", by=secretary)
    assert (member.left_on, member.leaving_reason, member.user.is_active) == (TUESDAY, "own_request", False)
    assert AuditEvent.objects.get(action="member.left").facts == {"on": "2025-01-07", "reason": "permintaan sendiri"}
    with pytest.raises(MemberRefused, match="saat ini bukan anggota"):
        services.leave(member, on=TUESDAY, reason="own_request", by=secretary)


def test_an_officer_does_not_leave_before_the_office_ends(secretary, chair):
    with pytest.raises(MemberRefused, match="masih memegang jabatan"):
        services.leave(a_member(user=chair), on=TUESDAY, reason="own_request", by=secretary)


def test_correct_writes_old_and_new_but_never_a_whole_nik(secretary):
    member = a_member(nik="3471081708800001", rt="054")
    services.correct(member, version=1, nik="3471081708800002", rt="055", is_woman=True, by=secretary)
    facts = AuditEvent.objects.get(action="member.corrected").facts
    assert facts["before"] == {"nik": "••••••••••••0001", "is_woman": "–", "rt": "054"}
    assert facts["after"] == {"nik": "••••••••••••0002", "is_woman": "ya", "rt": "055"}
    assert facts["changes"] == "NIK: ••••••••••••0001 → ••••••••••••0002; Perempuan: – → ya; RT: 054 → 055"


def test_correct_without_a_change_writes_nothing(secretary):
    member = a_member(rt="054")
    assert services.correct(member, version=1, rt="054", name=member.name, by=secretary).version == 1
    assert not AuditEvent.objects.filter(action="member.corrected").exists()


def test_a_second_count_of_a_day_replaces_the_first_and_the_trail_keeps_both(secretary):
    business = a_business(a_member())
    services.count_workers(business, on=MONDAY, family=2, hired=2, by=secretary)
    services.count_workers(business, on=MONDAY, family=2, hired=3, by=secretary)
    assert business.worker_counts.get().workers == 5
    facts = [event.facts for event in AuditEvent.objects.filter(action="business.workers_counted").order_by("pk")]
    assert [(fact["before"], fact["size_class"]) for fact in facts] == [(None, "mikro"), ("4", "kecil")]


def test_a_login_is_given_once_and_to_members_only(secretary):
    with pytest.raises(MemberRefused, match="saat ini bukan anggota"):
        services.give_login(an_applicant(), username="tono", password="kulit-tas-77", by=secretary)
    member = a_member("Budi")
    user = services.give_login(member, username="budi", password="kulit-tas-77", by=secretary)
    assert (user.role, user.must_change_password, user.check_password("kulit-tas-77")) == (Role.MEMBER, True, True)
    with pytest.raises(MemberRefused, match="sudah mempunyai akun masuk"):
        services.give_login(member, username="budi2", password="kulit-tas-77", by=secretary)
    with pytest.raises(MemberRefused, match="sudah dipakai"):
        services.give_login(a_member("Sri"), username="BUDI", password="kulit-tas-77", by=secretary)


def test_an_officers_login_is_linked_to_one_member_whom_they_did_not_admit(secretary, chair):
    member = services.link_login(a_member("Ketua"), user=chair, by=secretary)
    assert chair.member == member
    with pytest.raises(MemberRefused, match="milik anggota lain"):
        services.link_login(a_member("Lain"), user=chair, by=secretary)
    with pytest.raises(MemberRefused, match="permohonannya sendiri"):
        services.link_login(a_member("Sekretaris"), user=secretary, by=secretary)


def test_reset_password_needs_a_login(secretary):
    with pytest.raises(MemberRefused, match="belum mempunyai akun masuk"):
        services.reset_password(a_member(), password="kulit-tas-77", by=secretary)


def test_builders_make_what_they_say(secretary):
    member = a_member("Budi", username="anggota01")
    business = a_business(member, products=["bags", "sandals"])
    assert (member.number, member.user.role, business.product_names) == (1, "member", "tas, sandal")
    assert a_partner().market == "local"
    assert a_member("Ketua", user=a_user(Role.CHAIR)).number == 2
    assert a_member("Tanpa akun").user is None
