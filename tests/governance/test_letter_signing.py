"""Several letters are signed on one page: what is owed is asked once, and paid ones are left out."""

import datetime
import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import audit, hooks
from core.models import Notice
from governance.arrears import Due
from governance.errors import LetterRefused
from governance.models import Letter
from governance.services.ladder import climb
from governance.services.letter import sign_all
from tests.builders import a_member
from tests.governance.builders import OWED, ladder_rules

pytestmark = pytest.mark.django_db

DUE = datetime.date(2026, 3, 12)
SIGNED = datetime.date(2026, 3, 20)
asked = []


def owed(*, as_of, until):
    asked.append(as_of)
    return [due for due in OWED if due.due_on <= until]


@pytest.fixture
def letters(secretary, monkeypatch):
    """`letters(n)`: letter 1 to n members, waiting to be signed."""
    OWED.clear()
    monkeypatch.setitem(hooks.registered(), "arrears.loan", "tests.governance.test_letter_signing.owed")
    ladder_rules(by=secretary)

    def prepared(count, member=None):
        for _each in range(count):
            number = len(OWED) + 1
            debtor = member or a_member(f"Anggota {number}", username=f"a{number}")
            OWED.append(Due(debtor.pk, f"loan:{number}", f"Pinjaman {number}", "Rp 118.000", DUE, "/", 118_000))
        climb("loan", on=datetime.date(2026, 3, 13))
        climb("loan", on=datetime.date(2026, 3, 19))
        asked.clear()
        return list(Letter.objects.to_send().order_by("pk"))

    yield prepared
    OWED.clear()


def test_letters_signed_together_have_their_numbers_lines_and_notices(letters, secretary):
    signed = sign_all(letters(3), on=SIGNED, by=secretary)
    assert [letter.number for letter in signed] == ["SP-2026-0001", "SP-2026-0002", "SP-2026-0003"]
    assert set(Letter.objects.values_list("issued_on", "issued_by")) == {(SIGNED, secretary.pk)}
    assert [audit.sentence(event) for event in audit.trail(signed[2])] == [
        "Secretary menandatangani surat SP-2026-0003"
    ]
    assert Notice.objects.filter(to__username="a3", url=reverse("governance:letter", args=[signed[2].pk])).exists()
    assert len(asked) == 1, "what is owed is asked once"


def test_twenty_letters_cost_the_questions_of_two(letters, secretary):
    counts = []
    for count in (2, 18):
        waiting = letters(count)
        with CaptureQueriesContext(connection) as queries:
            sign_all(waiting, on=SIGNED, by=secretary)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Letter.objects.filter(number="SP-2026-0020").exists()


def test_what_was_paid_or_signed_meanwhile_is_left_out(letters, secretary, chair):
    first, paid, signed_before = letters(3)
    sign_all([signed_before], on=SIGNED, by=chair)
    del OWED[1]
    assert sign_all([first, paid, signed_before], on=SIGNED, by=secretary) == [first]
    signed_before.refresh_from_db()
    assert (signed_before.number, signed_before.issued_by) == ("SP-2026-0001", chair)
    with pytest.raises(LetterRefused, match="tidak ada lagi yang perlu ditandatangani"), transaction.atomic():
        sign_all([first, paid], on=SIGNED, by=secretary)


def test_nobody_signs_their_own_letter_among_others(letters, secretary, chair, client):
    letters(1)
    waiting = letters(1, member=a_member("Ketua", user=chair, by=secretary))
    with pytest.raises(LetterRefused, match="Surat ini untuk Anda"), transaction.atomic():
        sign_all(waiting, on=SIGNED, by=chair)
    client.force_login(chair)
    choices = client.get(reverse("governance:sign-letters")).context["form"].fields["letters"].queryset
    assert [letter.member.name for letter in choices] == ["Anggota 1"]


def test_letters_are_signed_together_in_the_browser(letters, secretary, client):
    one, two, three = letters(3)
    client.force_login(secretary)
    page = reverse("governance:sign-letters")
    assert page in client.get(reverse("governance:letters")).content.decode()
    shown = client.get(page).content.decode()
    assert "Anggota 2: surat ke-1, Pinjaman 2, Rp 118.000, sejak 12 Maret 2026" in shown
    nothing = client.post(page, {"token": uuid.uuid4()})
    assert "Pilih paling tidak satu surat." in nothing.content.decode()
    del OWED[1]
    answer = client.post(page, {"token": uuid.uuid4(), "letters": [one.pk, two.pk]}, follow=True)
    assert "1 surat ditandatangani. 1 tidak diperlukan lagi dan dilewati." in answer.content.decode()
    assert list(Letter.objects.to_send()) == [two, three]
    client.post(page, {"token": uuid.uuid4(), "letters": [three.pk]})
    assert Letter.objects.get(pk=three.pk).number.endswith("-0002")


def test_the_page_asks_the_same_questions_for_twenty(letters, secretary, client):
    client.force_login(secretary)
    counts = []
    for count in (2, 18):
        letters(count)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("governance:sign-letters")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_belongs_to_who_signs(letters, chair, treasurer, supervisor, client):
    letters(1)
    for user, status in ((chair, 200), (treasurer, 403), (supervisor, 403)):
        client.force_login(user)
        assert client.get(reverse("governance:sign-letters")).status_code == status
