"""A person's own e-mail address: proved by a link before anything is kept, and taken out as easily."""

import re
import time
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from core import audit, notices
from core.models import User
from core.permissions import Role
from tests.builders import a_user

pytestmark = pytest.mark.django_db

NEW = "sri@example.org"


@pytest.fixture(autouse=True)
def mail_is_on(settings):
    settings.MAIL_IS_ON, settings.SITE_URL = True, "https://kokkmas.example.org"


@pytest.fixture
def sri(client):
    user = a_user(Role.MEMBER, username="sri", name="Sri Lestari")
    client.force_login(user)
    return user


def ask(client, email=NEW, **more):
    return client.post(reverse("account"), {"token": uuid.uuid4(), "email": email}, **more)


def sent_link(letter=-1):
    """The address in the letter, without the host of the house."""
    return re.search(r"https://kokkmas\.example\.org(/\S+)", mail.outbox[letter].body)[1]


def press(client, page):
    return client.post(page, {"token": uuid.uuid4()}, follow=True)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_a_page_of_their_own(role, client):
    user = a_user(role, username="siapa")
    client.force_login(user)
    page = client.get(reverse("account")).content.decode()
    assert "Akun saya" in page
    assert reverse("password-change") in page


def test_an_address_counts_once_its_link_was_opened(sri, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(client, follow=True)
    assert "Surel dikirim ke sri@example.org. Buka tautan di dalamnya dalam sehari." in answer.content.decode()
    assert (mail.outbox[0].to, mail.outbox[0].subject) == ([NEW], "Apakah ini alamat surel Anda?")
    sri.refresh_from_db()
    assert sri.email == "", "nothing is kept before it is proved"
    link = sent_link()
    assert NEW in client.get(link).content.decode()
    sri.refresh_from_db()
    assert sri.email == "", "a mail program that opens links keeps nothing"
    assert "Mulai sekarang koperasi juga mengirim kabar" in press(client, link).content.decode()
    sri.refresh_from_db()
    assert sri.email == NEW
    assert [event.action for event in audit.trail(sri)][:2] == ["user.email_confirmed", "user.email_asked"]
    assert not [event for event in audit.trail(sri) if NEW in str(event.facts)], "the trail is read by others"
    with django_capture_on_commit_callbacks(execute=True):
        notices.tell(sri, "Angsuran jatuh tempo 12 November.", url="/loans/")
    assert mail.outbox[-1].to == [NEW]


def test_a_link_is_for_its_owner_for_a_day_and_for_once(sri, client, monkeypatch, django_capture_on_commit_callbacks):
    asked_at = time.time()
    with django_capture_on_commit_callbacks(execute=True):
        ask(client)
        ask(client, "lain@example.org")
    first, second = sent_link(0), sent_link(1)
    refused = "Tautan ini sudah kedaluwarsa atau bukan milik Anda."
    client.force_login(a_user(Role.MEMBER, username="wahyu"))
    assert refused in press(client, first).content.decode()
    client.force_login(sri)
    assert refused in client.get(first[:-3] + "x/", follow=True).content.decode()
    with monkeypatch.context() as later:
        later.setattr("django.core.signing.time.time", lambda: asked_at + 24 * 3600 + 60)
        assert refused in press(client, second).content.decode()
    press(client, first)
    assert refused in press(client, second).content.decode(), "the address was changed since"
    assert set(User.objects.exclude(email="").values_list("username", "email")) == {("sri", NEW)}


def test_the_address_before_is_told(sri, client, django_capture_on_commit_callbacks):
    sri.email = "lama@example.org"
    sri.save()
    with django_capture_on_commit_callbacks(execute=True):
        ask(client)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, sent_link())
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["lama@example.org"], "Alamat surel Anda diubah")


def test_an_address_is_taken_out(sri, client):
    sri.email = NEW
    sri.save()
    assert "tidak lagi mengirim surel" in press(client, reverse("email-remove")).content.decode()
    sri.refresh_from_db()
    assert sri.email == ""
    assert audit.trail(sri)[0].action == "user.email_removed"
    press(client, reverse("email-remove"))
    assert [event.action for event in audit.trail(sri)].count("user.email_removed") == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("sri@", "Masukkan alamat email yang valid."),
        ("", "Bidang ini tidak boleh kosong."),
        (NEW, "Ini sudah alamat Anda."),
    ],
)
def test_what_is_no_new_address_is_refused(sri, client, typed, sentence):
    User.objects.update(email=NEW)
    page = ask(client, typed).content.decode()
    assert sentence in page
    assert mail.outbox == []


def test_nobody_floods_a_stranger_with_letters(sri, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answers = [ask(client, f"tetangga{number}@example.org") for number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert "Untuk hari ini sudah cukup kami kirim." in answers[-1].content.decode()
    assert len(mail.outbox) == 5


def test_without_a_mail_server_the_page_says_so(sri, client, settings):
    settings.MAIL_IS_ON = False
    page = client.get(reverse("account")).content.decode()
    assert "Koperasi belum mengirim surel." in page
    assert 'name="email"' not in page
    assert "Koperasi belum mengirim surel." in ask(client).content.decode()
    assert mail.outbox == []
