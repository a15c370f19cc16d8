"""Logins of members."""

import datetime

import pytest

from core.permissions import Role
from members import services
from members.services import MemberRefused
from tests.builders import a_member, an_applicant

MONDAY, TUESDAY, WEDNESDAY = (datetime.date(2025, 1, day) for day in (6, 7, 8))


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
