"""What a member takes away about themselves: reminders, letters and cases, and nothing about anybody else."""

import datetime

import pytest
from django.urls import reverse

from core import hooks
from governance import arrears
from governance.arrears import Due
from governance.models import Case
from governance.services import case as cases
from governance.services.ladder import climb
from tests.builders import a_member
from tests.governance.builders import OWED, climb_to, ladder_rules

pytestmark = pytest.mark.django_db


def day(month, number):
    return datetime.date(2026, month, number)


@pytest.fixture
def sri(secretary, monkeypatch):
    """Sri owes an instalment since 12 March, in a room that these tests answer for."""
    OWED.clear()
    monkeypatch.setitem(hooks.registered(), "arrears.loan", "tests.governance.builders.owed")
    ladder_rules(by=secretary)
    sri = a_member("Sri Lestari", username="sri")
    owe(sri, "loan:1", due_on=day(3, 12))
    yield sri
    OWED.clear()


def owe(member, subject, *, due_on):
    OWED.append(Due(member.pk, subject, f"Angsuran {subject}", "Rp 118.000", due_on, "/loans/1/", 118_000))


def test_the_copy_of_my_data_has_my_reminders_letters_and_cases(sri, secretary, chair, client):
    climb_to(day(5, 9), since=day(3, 9), by=secretary)
    tono = a_member("Tono Prasetyo", username="tono")
    [of_the_books] = Case.objects.all()
    told_by_tono = cases.open_case(
        sri, kind="conduct", title="Suara mesin", text="Sampai larut.", on=day(5, 10), by=tono.user
    )
    cases.record_talk(told_by_tono, text="Bertemu di rumah.", on=day(5, 11), by=chair)
    cases.answer(told_by_tono, text="Saya berhenti pukul sembilan.", on=day(5, 12), by=sri.user)
    cases.open_case(tono, kind="conduct", title="Bukan tentang Sri", text="x", on=day(5, 10), by=chair)
    owe(sri, "loan:2", due_on=day(5, 4))
    climb("loan", on=day(5, 12))  # letter 1 of loan 2 waits for a signature
    client.force_login(sri.user)
    answer = client.get(reverse("members:data", args=[sri.pk]))
    held = answer.json()
    assert [(letter["number"], letter["delivered_on"]) for letter in held["letters"]] == [
        ("SP-2026-0001", "2026-03-19"),
        ("SP-2026-0002", "2026-04-02"),
        ("SP-2026-0003", "2026-04-16"),
    ]
    assert [case["number"] for case in held["cases"]] == [of_the_books.number, told_by_tono.number]
    assert [(step["kind"], step["text"], step["by"]) for step in held["cases"][1]["steps"]] == [
        ("talk", "Bertemu di rumah.", "Chair"),
        ("answer", "Saya berhenti pukul sembilan.", "Sri Lestari"),
    ]
    assert held["reminders"][0]["reminded_on"] == "2026-03-09"
    text = answer.content.decode()
    assert "Tono" not in text, "not who reported"
    assert "Bukan tentang Sri" not in text
    client.force_login(tono.user)
    assert client.get(reverse("members:data", args=[sri.pk])).status_code == 404


def test_nothing_is_owed_of_a_kind_that_no_room_knows():
    on = datetime.date(2026, 3, 12)
    assert arrears.owed("leather", as_of=on, until=on) == []
