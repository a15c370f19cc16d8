"""The inbox and the audit trail in the browser."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core import audit, notices
from core.models import User
from core.permissions import Role


def test_inbox_shows_ones_own_notices_and_counts_the_unread(client, treasurer, chair):
    notices.tell(treasurer, "Pinjaman P-1 menunggu pencairan.", url="/members/")
    notices.tell(chair, "Untuk ketua saja.")
    client.force_login(treasurer)
    response = client.get("/inbox/")
    assert [notice.text for notice in response.context["page"]] == ["Pinjaman P-1 menunggu pencairan."]
    assert response.context["unread_notices"] == 1


def test_opening_a_notice_marks_it_read_once_and_leads_on(client, treasurer):
    notice = notices.tell(treasurer, "Lihat buku anggota.", url="/members/")
    client.force_login(treasurer)
    assert client.post(f"/inbox/{notice.pk}/open/").url == "/members/"
    notice.refresh_from_db()
    first = notice.read_at
    client.post(f"/inbox/{notice.pk}/open/")
    notice.refresh_from_db()
    assert notice.read_at == first is not None


def test_notice_that_leads_nowhere_stays_in_the_inbox(client, treasurer):
    notice = notices.tell(treasurer, "Selamat datang.")
    client.force_login(treasurer)
    assert client.post(f"/inbox/{notice.pk}/open/").url == "/inbox/"
    assert client.get(f"/inbox/{notice.pk}/open/").status_code == 405


def test_nobody_to_tell_is_no_error(db):
    assert notices.tell(None, "Halo.") is None


def test_whatsapp_link_has_the_words_filled_in():
    assert notices.whatsapp("", "Rapat tgl 12 & iuran") == "https://wa.me/?text=Rapat%20tgl%2012%20%26%20iuran"


@pytest.mark.parametrize("rows", [1, 3])
def test_audit_trail_asks_the_same_number_of_questions(client, chair, django_assert_num_queries, rows):
    for _ in range(rows):
        audit.record("user.password_changed", chair, by=chair)
    client.force_login(chair)
    with django_assert_num_queries(5):
        response = client.get("/audit/")
    assert response.status_code == 200


def test_audit_trail_is_not_for_members(client, treasurer, db):
    User.objects.filter(pk=treasurer.pk).update(role=Role.MEMBER)
    treasurer.refresh_from_db()
    client.force_login(treasurer)
    assert client.get("/audit/").status_code == 403


def test_first_login_of_an_installation_is_made_in_the_shell(db):
    said = StringIO()
    call_command("create_user", "Ketua", "Ibu Contoh", "chair", stdout=said)
    user = User.objects.get(username="ketua")
    assert user.must_change_password
    assert user.check_password(said.getvalue().split("password ")[1].split()[0])
    with pytest.raises(CommandError, match="already"):
        call_command("create_user", "KETUA", "Lain", "chair")
