"""The particulars of a member, and leaving."""

import datetime

import pytest

from core.models import AuditEvent
from core.permissions import Role
from members import services
from members.services import MemberRefused
from tests.builders import a_business, a_member, a_partner, a_user

MONDAY, TUESDAY, WEDNESDAY = (datetime.date(2025, 1, day) for day in (6, 7, 8))


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


def test_builders_make_what_they_say(secretary):
    member = a_member("Budi", username="anggota01")
    business = a_business(member, products=["bags", "sandals"])
    assert (member.number, member.user.role, business.product_names) == (1, "member", "tas, sandal")
    assert a_partner().market == "local"
    assert a_member("Ketua", user=a_user(Role.CHAIR)).number == 2
    assert a_member("Tanpa akun").user is None
