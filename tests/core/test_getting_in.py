"""Guessed passwords, a forced change, new devices, one's own open logins, and an officer's new password."""

import threading

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from core import audit, services
from core.models import Login, Notice, Renewal, User
from core.permissions import Role
from core.services import RenewalRefused
from tests.builders import a_user
from tests.core.test_login import PASSWORD, change, log_in
from tests.roles import around_the_guards

NEW = "sandi-baru-sekali"


# -- what a password must not be -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password",
    [
        "sembilan9",
        "qwertyuiop",
        "1q2w3e4r5t",
        "kokkmas-demo",
        "Koperasi-2026",
        "keparakan2026",
        "Yogyakarta1!",
        "sri-lestari-77",
        "slestari123456",
    ],
)
def test_password_that_is_short_common_or_a_known_name_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, user=User(name="Sri Lestari", username="slestari"))


@pytest.mark.parametrize("password", ["rahasia-sekali", "hujan jatuh di kokkmas sore", "sepuluh10x"])
def test_a_name_in_a_long_password_does_no_harm(password):
    validate_password(password, user=User(name="Sri Lestari", username="slestari"))


# -- how often one may guess -----------------------------------------------------------------------------------------


def test_fifteen_addresses_cannot_guess_at_one_person(client, treasurer):
    statuses = [log_in(client, password="x", REMOTE_ADDR=f"192.0.2.{each}").status_code for each in range(15)]
    assert statuses == [200] * 9 + [429] * 6
    assert log_in(client, REMOTE_ADDR="192.0.2.99").status_code == 429


def test_one_address_cannot_try_one_password_on_everybody(client, treasurer):
    statuses = [log_in(client, f"anggota{each:02}", "x").status_code for each in range(25)]
    assert statuses == [200] * 19 + [429] * 6
    assert log_in(client).status_code == 429
    assert log_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_no_stranger_locks_a_person_out_of_a_device_they_know(client, treasurer):
    log_in(client)
    client.post("/logout/")
    stranger = type(client)()
    for each in range(15):
        log_in(stranger, password="x", REMOTE_ADDR=f"192.0.2.{each}")
    for each in range(25):
        log_in(stranger, f"anggota{each:02}", "x")
    assert log_in(stranger).status_code == 429
    assert log_in(client).status_code == 302


def test_a_known_device_is_counted_for_itself(client, treasurer):
    log_in(client)
    client.post("/logout/")
    assert [log_in(client, password="x").status_code for _ in range(5)] == [200] * 4 + [429]
    assert log_in(client).status_code == 429
    assert log_in(type(client)()).status_code == 302


def test_a_made_up_device_is_nobodys(client, treasurer):
    for each in range(15):
        client.cookies["device"] = f"perangkat{each}"
        status = log_in(client, password="x", headers={"User-Agent": f"known-device {each}"}).status_code
    assert status == 429


def test_the_page_of_the_password_cannot_be_guessed_at_either(client, treasurer):
    client.force_login(treasurer)
    assert [change(client, old="x").status_code for _ in range(5)] == [200] * 4 + [429]
    assert change(client).status_code == 429
    treasurer.refresh_from_db()
    assert treasurer.check_password(PASSWORD)


def test_no_password_is_kept_of_what_failed(client, treasurer):
    log_in(client, password="hampir-benar")
    client.force_login(treasurer)
    change(client, old="hampir-benar", new="calon-sandi-ini")
    with connection.cursor() as cursor:
        cursor.execute("SELECT post_data FROM axes_accessattempt")
        kept = str(cursor.fetchall())
    assert "hampir-benar" not in kept
    assert "calon-sandi-ini" not in kept


# -- a forced change -------------------------------------------------------------------------------------------------


def test_a_forced_change_refuses_the_old_password(client, db):
    services.create_user(username="siti", name="Siti", role=Role.MEMBER, password=PASSWORD)
    log_in(client, "siti")
    response = change(client, new=PASSWORD)
    assert response.context["form"].errors == {
        "new_password2": ["Ini kata sandi yang sudah Anda pakai. Pilih yang lain."]
    }
    assert client.get("/").url == "/password/"


# -- devices and sessions --------------------------------------------------------------------------------------------


def test_a_new_device_is_told_in_the_inbox_and_by_mail(client, treasurer, settings, django_capture_on_commit_callbacks):
    settings.MAIL_IS_ON = True
    User.objects.filter(pk=treasurer.pk).update(email="bendahara@example.org")
    log_in(client)
    client.post("/logout/")
    log_in(client)
    assert not Notice.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        log_in(type(client)(), headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Safari/537.36"})
    notice = Notice.objects.get()
    assert (notice.to, notice.url) == (treasurer, "/account/")
    assert "Chrome, Android" in notice.text
    assert mail.outbox[0].to == ["bendahara@example.org"]


def test_the_device_cookie_is_out_of_reach_of_scripts(client, treasurer):
    cookie = log_in(client).cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], len(cookie.value) > 40) == (True, "Lax", True)
    assert cookie.value not in str(list(Login.objects.values()))


def test_a_person_ends_their_own_login_elsewhere(client, treasurer, chair):
    elsewhere, of_another = type(client)(), type(client)()
    log_in(elsewhere)
    log_in(client)
    log_in(of_another, "chair")
    here, there = Login.objects.filter(user=treasurer).order_by("-at")
    page = client.get("/account/")
    assert [login.pk for login in page.context["logins"]] == [here.pk, there.pk]
    assert f"/account/logins/{here.pk}/end/" not in page.text
    assert client.get(f"/account/logins/{Login.objects.get(user=chair).pk}/end/").status_code == 404
    form = client.get(f"/account/logins/{there.pk}/end/").context["form"]
    assert client.post(f"/account/logins/{there.pk}/end/", {"token": form["token"].value()}).url == "/account/"
    assert elsewhere.get("/").url == "/login/?next=/"
    assert client.get("/").status_code == 200
    assert [login.pk for login in client.get("/account/").context["logins"]] == [here.pk]
    assert audit.trail(treasurer)[0].action == "user.session_ended"


def test_a_session_of_before_the_role_changed_is_over(client, treasurer):
    client.force_login(treasurer)
    User.objects.filter(pk=treasurer.pk).update(role=Role.MEMBER)
    assert client.get("/").url == "/login/?next=/"


# -- an officer's password -------------------------------------------------------------------------------------------


def test_two_other_officers_renew_an_officers_password(client, treasurer, chair, secretary):
    log_in(client)
    renewal = services.ask_for_renewal(user=treasurer, reason="Lupa kata sandi", by=chair)
    assert Notice.objects.filter(to=secretary, url="/password/renewals/").exists()
    other = type(client)()
    other.force_login(secretary)
    address = f"/password/renewals/{renewal.pk}/confirm/"
    sent = {"token": other.get(address).context["form"]["token"].value()}
    password = other.post(address, sent).context["password"]
    assert client.get("/").url == "/login/?next=/"
    assert log_in(client, password=password).url == "/"
    assert client.get("/").url == "/password/"
    sent = {"token": other.get(address).context["form"]["token"].value()}
    assert "sudah dijawab" in other.post(address, sent).text
    assert [(event.action, event.by) for event in audit.trail(treasurer)[:2]] == [
        ("user.password_renewed", "Secretary"),
        ("user.password_renewal_asked", "Chair"),
    ]


def test_nobody_renews_alone_or_for_themselves(treasurer, chair, secretary):
    with pytest.raises(RenewalRefused, match="Anda bisa masuk"):
        services.ask_for_renewal(user=chair, reason="Lupa", by=chair)
    with pytest.raises(RenewalRefused, match="bukan akun masuk pengurus"):
        services.ask_for_renewal(user=a_user(Role.MEMBER), reason="Lupa", by=chair)
    renewal = services.ask_for_renewal(user=treasurer, reason="Lupa", by=chair)
    with pytest.raises(RenewalRefused, match="sudah menunggu"):
        services.ask_for_renewal(user=treasurer, reason="Lupa", by=secretary)
    for person in (chair, treasurer):
        with pytest.raises(RenewalRefused, match="Pengurus lain"):
            services.confirm_renewal(renewal, by=person)
    services.decline_renewal(renewal, by=secretary)
    assert treasurer.check_password(PASSWORD)
    services.ask_for_renewal(user=treasurer, reason="Lupa lagi", by=secretary)


@pytest.mark.parametrize("answered_by", ["asked", "self"])
def test_the_database_knows_two_others_too(treasurer, chair, secretary, answered_by):
    renewal = services.ask_for_renewal(user=treasurer, reason="Lupa", by=chair)
    by = {"asked": chair, "self": treasurer}[answered_by]
    with pytest.raises(IntegrityError, match="core_renewal_by_two_others"), transaction.atomic():
        Renewal.objects.filter(pk=renewal.pk).update(answer="confirmed", answered_by=by, answered_at=renewal.asked_at)
    with pytest.raises(IntegrityError, match="core_renewal_not_own"), transaction.atomic(), around_the_guards():
        Renewal.objects.filter(pk=renewal.pk).update(user=chair)


def test_an_answered_renewal_stays(treasurer, chair, secretary):
    renewal = services.ask_for_renewal(user=treasurer, reason="Lupa", by=chair)
    services.confirm_renewal(renewal, by=secretary)
    with pytest.raises(ProgrammingError, match="answered_once"), transaction.atomic():
        Renewal.objects.filter(pk=renewal.pk).update(answer="")
    with pytest.raises(ProgrammingError, match="never_deleted"), transaction.atomic():
        Renewal.objects.all().delete()


@pytest.mark.parametrize(
    ("role", "status"),
    [("chair", 200), ("secretary", 200), ("treasurer", 200), ("supervisor", 403), ("maintainer", 403), ("member", 403)],
)
def test_renewals_are_for_officers(client, db, role, status):
    client.force_login(a_user(role))
    assert client.get("/password/renewals/").status_code == status
    assert client.get("/password/renewals/new/").status_code == status


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_page_of_renewals_costs_the_same_for_many(client, secretary, django_assert_num_queries, waiting):
    for each in range(waiting):
        user = a_user(Role.TREASURER, username=f"bendahara{each}")
        services.ask_for_renewal(user=user, reason="Lupa", by=a_user(Role.CHAIR, username=f"ketua{each}"))
    client.force_login(secretary)
    with django_assert_num_queries(4):
        assert client.get("/password/renewals/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_set_one_password():
    chair, secretary, treasurer = (a_user(role) for role in ("chair", "secretary", "treasurer"))
    supervisor = a_user("supervisor")
    renewal = services.ask_for_renewal(user=supervisor, reason="Lupa", by=chair)
    passwords, refusals, start = [], [], threading.Barrier(2)

    def confirm(by):
        start.wait()
        try:
            passwords.append(services.confirm_renewal(renewal, by=by))
        except RenewalRefused as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=[by]) for by in (secretary, treasurer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passwords), len(refusals)) == (1, 1)
    supervisor.refresh_from_db()
    assert supervisor.check_password(passwords[0])
