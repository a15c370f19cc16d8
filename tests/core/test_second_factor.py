"""A stolen password is not enough: the telephone's code, recovery codes, and both asked for again."""

import datetime
import threading
import time

import pyotp
import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from core import audit, services
from core.models import Notice, RecoveryCode, SecondFactor, User
from core.permissions import Role
from tests.builders import a_second_factor, a_user
from tests.core.test_login import PASSWORD, change, log_in

SECRET = "JBSWY3DPEHPK3PXP" * 2


def code(ahead=0, secret=SECRET):
    return pyotp.TOTP(secret).at(time.time(), counter_offset=ahead)


def type_code(client, typed, address="/login/code/?next=/"):
    form = client.get(address).context["form"]
    return client.post(address, {"token": form["token"].value(), "code": typed})


def set_up(client, typed=None):
    """Set it up in the browser; the recovery codes."""
    page = client.get("/account/second-factor/")
    sent = {"token": page.context["form"]["token"].value(), "secret": page.context["form"]["secret"].value()}
    shown = client.post("/account/second-factor/", sent | {"code": typed or code(secret=page.context["secret"])})
    return shown.context.get("codes")


def forget_the_proof(client, minutes):
    session = client.session
    session["proved_at"] -= minutes * 60
    session.save()


# -- set up ----------------------------------------------------------------------------------------------------------


def test_it_is_set_up_with_the_code_that_the_telephone_shows(client, treasurer):
    client.force_login(treasurer)
    assert set_up(client, typed="000000") is None
    assert not treasurer.has_second_factor()
    codes = set_up(client)
    assert (len(set(codes)), {len(each) for each in codes}) == (10, {11})
    assert treasurer.has_second_factor()
    assert client.get("/account/second-factor/").url == "/account/"
    kept = str(list(RecoveryCode.objects.values()))
    assert not any(each.replace("-", "") in kept for each in codes)
    assert audit.trail(treasurer)[0].action == "user.second_factor_set_up"
    assert Notice.objects.filter(to=treasurer, url="/account/").exists()


def test_nobody_gives_another_the_secret(client, treasurer, chair):
    client.force_login(chair)
    page = client.get("/account/second-factor/").context
    sent = {"token": page["form"]["token"].value(), "secret": page["form"]["secret"].value()}
    other = type(client)()
    other.force_login(treasurer)
    other.post("/account/second-factor/", sent | {"code": code(secret=page["secret"])})
    assert not SecondFactor.objects.exists()


# -- logging in ------------------------------------------------------------------------------------------------------


def test_a_stolen_password_is_not_enough(client, treasurer):
    a_second_factor(treasurer, SECRET)
    assert log_in(client).url == "/login/code/?next=%2F"
    assert client.get("/").url == "/login/?next=/"
    assert type_code(client, "123456").status_code == 200
    assert client.get("/").url == "/login/?next=/"
    assert type_code(client, code()).url == "/"
    assert client.get("/").status_code == 200


def test_the_code_page_opens_only_after_the_password_and_leads_nowhere_else(client, treasurer):
    a_second_factor(treasurer, SECRET)
    assert client.get("/login/code/").url == "/login/"
    log_in(client)
    assert type_code(client, code(), "/login/code/?next=https://evil.example/").url == "/"


def test_a_code_of_the_telephone_counts_once(client, treasurer):
    a_second_factor(treasurer, SECRET)
    typed = code()
    assert services.prove(treasurer, code=typed)
    assert not services.prove(treasurer, code=typed)
    assert not services.prove(treasurer, code=code(-1))
    assert services.prove(treasurer, code=code(1))


@pytest.mark.parametrize("ahead", [-3, 3])
def test_a_code_of_a_minute_ago_or_ahead_counts_no_more(treasurer, ahead):
    a_second_factor(treasurer, SECRET)
    assert not services.prove(treasurer, code=code(ahead))


def test_a_recovery_code_works_once_and_is_told(client, treasurer):
    client.force_login(treasurer)
    first, second = set_up(client)[:2]
    client.post("/logout/")
    log_in(client)
    assert type_code(client, first.upper()).url == "/"
    client.post("/logout/")
    log_in(client)
    assert type_code(client, first).status_code == 200
    assert type_code(client, second.replace("-", " ")).url == "/"
    assert Notice.objects.filter(to=treasurer, text__contains="sisa 9").exists()


def test_codes_are_guessed_as_rarely_as_passwords(client, treasurer):
    a_second_factor(treasurer, SECRET)
    statuses = []
    for _ in range(5):
        log_in(client)
        statuses.append(type_code(client, "123456").status_code)
    assert statuses == [200] * 4 + [429]
    assert log_in(client).status_code == 429
    assert type_code(client, code()).status_code == 429


def test_the_step_between_ends_with_the_password(client, treasurer):
    a_second_factor(treasurer, SECRET)
    log_in(client)
    treasurer.set_password("sandi-baru-sekali")
    treasurer.save()
    assert client.get("/login/code/").url == "/login/"


# -- who needs it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["chair", "secretary", "treasurer", "supervisor", "maintainer"])
def test_officers_set_it_up_before_anything_else(client, db, settings, role):
    settings.SECOND_FACTOR_FROM = datetime.date(2026, 1, 1)
    user = a_user(role)
    log_in(client, user.username)
    assert client.get("/").url == client.get("/audit/").url == "/account/second-factor/"
    assert set_up(client)
    assert client.get("/").status_code == 200


def test_members_may_have_it_and_need_not(client, db, settings):
    settings.SECOND_FACTOR_FROM = datetime.date(2026, 1, 1)
    client.force_login(a_user(Role.MEMBER))
    assert client.get("/").status_code == 200
    assert set_up(client)


def test_before_the_day_that_is_named_nobody_needs_it(client, treasurer, settings):
    settings.SECOND_FACTOR_FROM = datetime.date(2999, 1, 1)
    log_in(client)
    assert client.get("/").status_code == 200


def test_who_takes_it_away_sets_up_the_next_one(client, treasurer, settings):
    settings.SECOND_FACTOR_FROM = datetime.date(2026, 1, 1)
    log_in(client)
    set_up(client)
    form = client.get("/account/second-factor/remove/").context["form"]
    response = client.post("/account/second-factor/remove/", {"token": form["token"].value()})
    assert response.url == client.get("/").url == "/account/second-factor/"
    assert not RecoveryCode.objects.filter(used_at=None).exists()


def test_a_renewed_password_takes_the_lost_telephone_away(client, treasurer, chair, secretary):
    a_second_factor(treasurer, SECRET)
    password = services.confirm_renewal(
        services.ask_for_renewal(user=treasurer, reason="Telepon hilang", by=chair), by=secretary
    )
    assert not treasurer.has_second_factor()
    assert log_in(client, password=password).url == "/"


def test_the_telephone_of_somebody_who_left_office_opens_a_members_pages_only(client, treasurer):
    a_second_factor(treasurer, SECRET)
    log_in(client)
    type_code(client, code())
    assert client.get("/audit/").status_code == 200
    User.objects.filter(pk=treasurer.pk).update(role=Role.MEMBER)
    assert client.get("/audit/").url == "/login/?next=/audit/"
    log_in(client)
    type_code(client, code(1))
    assert client.get("/audit/").status_code == 403


# -- asked again -----------------------------------------------------------------------------------------------------

GUARDED = [
    ("treasury:confirm-payment", "chair"),
    ("governance:confirm-election", "chair"),
    ("governance:end-term", "chair"),
    ("close-month", "treasurer"),
    ("renewal-confirm", "chair"),
]


@pytest.mark.parametrize(("name", "role"), GUARDED)
def test_money_roles_and_months_ask_again(client, db, name, role):
    user = a_user(role)
    a_second_factor(user, SECRET)
    log_in(client, user.username)
    type_code(client, code())
    address = reverse(name, args=[999])
    assert client.get(address).status_code == 404, "lately proved: the page looks for its row"
    forget_the_proof(client, minutes=6)
    assert client.get(address).url == f"/account/prove/?next={address.replace('/', '%2F')}"
    assert client.post(address).status_code == 404, "a form that was opened in time may take a while"
    forget_the_proof(client, minutes=15)
    assert client.post(address).url.startswith("/account/prove/")
    assert type_code(client, "123456", f"/account/prove/?next={address}").status_code == 200
    assert type_code(client, code(1), f"/account/prove/?next={address}").url == address
    assert client.get(address).status_code == 404


def test_who_has_none_yet_is_not_asked(client, chair):
    client.force_login(chair)
    assert client.get(reverse("governance:confirm-election", args=[999])).status_code == 404
    assert client.get("/account/prove/").url == "/account/second-factor/"


def test_new_recovery_codes_end_the_old_ones(client, treasurer):
    client.force_login(treasurer)
    old = set_up(client)
    form = client.get("/account/recovery-codes/").context["form"]
    new = client.post("/account/recovery-codes/", {"token": form["token"].value()}).context["codes"]
    assert not services.prove(treasurer, code=old[0])
    assert services.prove(treasurer, code=new[0])


# -- the database ----------------------------------------------------------------------------------------------------


def test_the_database_keeps_what_was_used_and_removed(client, treasurer):
    client.force_login(treasurer)
    used = set_up(client)[0]
    services.prove(treasurer, code=used)
    factor = SecondFactor.objects.get()
    with pytest.raises(ProgrammingError, match="used_once"), transaction.atomic():
        RecoveryCode.objects.exclude(used_at=None).update(used_at=None)
    with pytest.raises(ProgrammingError, match="steps_only_go_on"), transaction.atomic():
        SecondFactor.objects.update(last_step=factor.last_step - 1)
    services.remove_second_factor(treasurer, by=treasurer)
    with pytest.raises(ProgrammingError, match="removed_for_good"), transaction.atomic():
        SecondFactor.objects.update(removed_at=None)
    for model in (SecondFactor, RecoveryCode):
        with pytest.raises(ProgrammingError, match="never_deleted"), transaction.atomic():
            model.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["telephone", "recovery"])
def test_a_code_sent_twice_at_once_counts_once(kind):
    user = a_user("treasurer")
    a_second_factor(user, SECRET)
    typed = code() if kind == "telephone" else services.renew_recovery_codes(user)[0]
    answers, start = [], threading.Barrier(4)

    def prove():
        start.wait()
        try:
            answers.append(services.prove(user, code=typed))
        finally:
            connection.close()

    threads = [threading.Thread(target=prove) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, False, False, True]


def test_password_page_asks_for_the_password_only(client, treasurer):
    a_second_factor(treasurer, SECRET)
    client.force_login(treasurer)
    assert change(client, old=PASSWORD).url == "/"
