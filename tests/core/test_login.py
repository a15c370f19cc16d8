"""Getting in, being kept out, changing the password, and how long a login lasts."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit
from core.models import User
from core.permissions import Role
from core.services import create_user

PASSWORD = "rahasia-sekali"


def log_in(client, username="treasurer", password=PASSWORD, **extra):
    return client.post("/login/", {"username": username, "password": password}, **extra)


def test_login_leads_home(client, treasurer):
    response = log_in(client)
    assert (response.status_code, response.url) == (302, "/")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("typed", ["Treasurer", "TREASURER", " treasurer "])
def test_capitals_and_spaces_in_the_user_name_do_not_count(client, treasurer, typed):
    assert log_in(client, typed).status_code == 302


def test_login_leads_where_somebody_wanted_to_go(client, treasurer):
    response = client.get("/members/?q=siti&page=2")
    assert response.url == "/login/?next=/members/%3Fq%3Dsiti%26page%3D2"
    assert 'value="/members/?q=siti&amp;page=2"' in client.get(response.url).text
    sent = {"username": "treasurer", "password": PASSWORD, "next": "/members/?q=siti&page=2"}
    assert client.post("/login/", sent).url == "/members/?q=siti&page=2"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_login_leads_nowhere_else(client, treasurer, elsewhere):
    sent = {"username": "treasurer", "password": PASSWORD, "next": elsewhere}
    assert client.post("/login/", sent).url == "/"


def test_wrong_password_is_a_sentence_that_does_not_tell_whether_the_user_exists(client, treasurer):
    known, unknown = log_in(client, password="x"), log_in(client, username="nobody", password="x")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert len(known.context["form"].non_field_errors()) == 1


def test_closed_account_cannot_log_in(client, treasurer):
    User.objects.filter(pk=treasurer.pk).update(is_active=False)
    assert log_in(client).status_code == 200
    assert client.get("/").status_code == 302


def test_account_that_is_closed_meanwhile_is_out_at_once(client, treasurer):
    client.force_login(treasurer)
    User.objects.filter(pk=treasurer.pk).update(is_active=False)
    assert client.get("/").url == "/login/?next=/"


def test_five_wrong_passwords_close_the_door_to_the_right_one_too(client, treasurer):
    statuses = [log_in(client, username, "x").status_code for username in ("treasurer",) * 4 + ("Treasurer",)]
    assert statuses == [200, 200, 200, 200, 429]
    closed = log_in(client)
    assert closed.status_code == 429
    assert "15 menit" in closed.text
    assert client.get("/").status_code == 302


def test_closed_door_is_that_of_one_user_at_one_address(client, treasurer, chair):
    for _ in range(5):
        log_in(client, password="x")
    assert log_in(client, "chair").status_code == 302
    assert log_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(client, treasurer, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        log_in(client, password="x", headers={"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.7"})
    assert log_in(client, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 429
    assert log_in(client, headers={"X-Forwarded-For": "192.0.2.8"}).status_code == 302


def test_right_password_forgets_the_wrong_ones(client, treasurer):
    for _ in range(4):
        log_in(client, password="x")
    assert log_in(client).status_code == 302
    client.post("/logout/")
    assert log_in(client, password="x").status_code == 200


def test_logout_needs_a_post_and_ends_the_login(client, treasurer):
    client.force_login(treasurer)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").url == "/login/"
    assert client.get("/").status_code == 302


def test_login_lasts_a_working_day(client, treasurer):
    log_in(client)
    session = Session.objects.get()
    left = session.expire_date - timezone.now()
    assert datetime.timedelta(hours=7.9) < left <= datetime.timedelta(hours=8)
    Session.objects.update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    assert client.get("/").url == "/login/?next=/"


def change(client, old=PASSWORD, new="sandi-baru-sekali", again=None):
    sent = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post("/password/", sent)


def test_password_change_keeps_this_login_and_ends_the_others(client, treasurer):
    elsewhere = type(client)()
    log_in(elsewhere)
    log_in(client)
    assert change(client).url == "/"
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    client.post("/logout/")
    assert log_in(client).status_code == 200
    assert log_in(client, password="sandi-baru-sekali").status_code == 302
    assert [event.action for event in audit.trail(treasurer)] == ["user.password_changed", "user.created"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "x"}, "old_password"),
        ({"again": "lain-lagi-123"}, "new_password2"),
        ({"new": "pendek"}, "new_password2"),
        ({"new": "password123"}, "new_password2"),
        ({"new": "treasurer"}, "new_password2"),
    ],
)
def test_password_change_that_is_wrong_is_a_sentence_at_the_field(client, treasurer, typed, field):
    client.force_login(treasurer)
    response = change(client, **typed)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    treasurer.refresh_from_db()
    assert treasurer.check_password(PASSWORD)


def test_password_that_somebody_else_has_seen_is_changed_before_anything_else(client, db):
    create_user(username="siti", name="Siti", role=Role.MEMBER, password=PASSWORD)
    log_in(client, "siti")
    assert client.get("/").url == client.get("/inbox/").url == "/password/"
    assert client.get("/password/").status_code == 200
    assert client.get("/health/").status_code == 200
    change(client)
    assert client.get("/").status_code == 200


def test_user_name_is_one_person_in_any_capitals(treasurer):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="Treasurer", name="Lain", role=Role.MEMBER)


def test_role_is_one_of_the_table(treasurer):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=treasurer.pk).update(role="king")
