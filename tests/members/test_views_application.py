"""From application to entry in the browser, with everything that can be typed wrong."""

import datetime

import pytest

from members import services
from members.models import Member
from tests.builders import an_applicant
from tests.members.pages import NIK, PERSON, errors, post, sent

# -- from application to entry ---------------------------------------------------------------------------------------


def test_apply_writes_down_the_person_and_shows_what_comes_next(client, secretary, chair):
    client.force_login(secretary)
    response = post(client, "/members/apply/", **PERSON)
    member = Member.objects.get()
    assert response.url == f"/members/{member.pk}/"
    assert (member.name, member.nik, member.phone.as_e164) == ("Sri Lestari", NIK, "+6281234567890")
    assert (member.rt, member.rw, member.is_woman) == ("054", "013", False)
    page = client.get(response.url)
    assert page.context["doubts"] == []
    assert "Berikutnya: ketua atau sekretaris memutuskan." in page.content.decode()
    assert chair.notices.get().text == "Sri Lestari mengajukan permohonan menjadi anggota. Silakan diputuskan."


def test_apply_keeps_a_nik_that_does_not_fit_and_says_so(client, secretary):
    client.force_login(secretary)
    page = client.get(post(client, "/members/apply/", **PERSON | {"is_woman": "yes", "born_on": "1980-08-18"}).url)
    assert page.context["doubts"] == [
        "Tanggal lahir di dalam NIK berbeda dengan tanggal lahir yang tercatat.",
        "Angka tanggal di dalam NIK tidak cocok dengan jenis kelamin (perempuan: tanggal + 40).",
    ]


FUTURE = "Tanggal ini belum tiba. Pakai hari ini atau hari sebelumnya."

WRONG_PERSON = [
    ({"name": ""}, "name"),
    ({"name": "12345"}, "name"),
    ({"name": "a" * 121}, "name"),
    ({"nik": ""}, "nik"),
    ({"nik": "34710817088000"}, "nik"),
    ({"nik": "347108170880000A"}, "nik"),
    ({"nik": "3471083108800001"[:6] + "310280" + "0001"}, "nik"),
    ({"born_on": ""}, "born_on"),
    ({"born_on": "yesterday"}, "born_on"),
    ({"born_on": "2199-01-01"}, "born_on"),
    ({"born_on": "1880-01-01"}, "born_on"),
    ({"born_on": "2020-01-01"}, "born_on"),
    ({"is_woman": ""}, "is_woman"),
    ({"is_woman": "maybe"}, "is_woman"),
    ({"phone": "08123"}, "phone"),
    ({"phone": "none"}, "phone"),
    ({"address": ""}, "address"),
    ({"address": "a" * 201}, "address"),
    ({"rt": "RT5"}, "rt"),
    ({"rt": "0000"}, "rt"),
    ({"rw": "000"}, "rw"),
    ({"on": "2199-01-01"}, "on"),
    ({"on": "32/13/2025"}, "on"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG_PERSON)
def test_apply_says_what_is_wrong_and_keeps_what_was_typed(client, secretary, wrong, field):
    client.force_login(secretary)
    response = post(client, "/members/apply/", **PERSON | wrong)
    assert (response.status_code, list(errors(response))) == (200, [field])
    assert response.context["form"]["address"].value() == (PERSON | wrong)["address"]
    assert not Member.objects.exists()


SENTENCES = [
    ({"nik": "34710817088000"}, "nik", "NIK terdiri dari 16 angka; yang diketik 14 angka."),
    ({"nik": "347108170880000A"}, "nik", "NIK hanya terdiri dari angka, seperti pada KTP."),
    (
        {"phone": "08123"},
        "phone",
        "Ini bukan nomor telepon. Tulis seperti 0812 3456 7890, 0274 512345, atau +62 812 3456 7890.",
    ),
    ({"rt": "RT5"}, "rt", "Tulis nomornya saja, misalnya 54 atau 054."),
    ({"born_on": "2199-01-01"}, "born_on", "Tanggal lahir harus sudah lewat. Periksa tahunnya."),
    ({"born_on": "2020-01-01"}, "born_on", "Anggota paling muda berumur 17 tahun. Periksa tahunnya."),
]


@pytest.mark.parametrize(("wrong", "field", "sentence"), SENTENCES)
def test_apply_says_it_in_indonesian(client, secretary, wrong, field, sentence):
    client.force_login(secretary)
    assert errors(post(client, "/members/apply/", **PERSON | wrong)) == {field: [sentence]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081234567890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("0274 512345", "+62274512345"),
        ("(0274) 512345", "+62274512345"),
        ("", ""),
    ],
)
def test_apply_keeps_telephone_numbers_with_the_country(client, secretary, typed, kept):
    client.force_login(secretary)
    post(client, "/members/apply/", **PERSON | {"phone": typed})
    assert str(Member.objects.get().phone or "") == kept


def test_apply_refuses_a_nik_that_is_there_already(client, secretary):
    an_applicant("Budi", nik=NIK)
    client.force_login(secretary)
    response = post(client, "/members/apply/", **PERSON)
    assert errors(response) == {"nik": ["NIK ini sudah tercatat di buku daftar anggota. Cari dulu orangnya."]}
    assert Member.objects.count() == 1


def test_a_form_sent_twice_is_carried_out_once(client, secretary):
    client.force_login(secretary)
    form = sent(client.get("/members/apply/"), **PERSON | {"nik": None})
    form["nik"] = NIK
    assert client.post("/members/apply/", form).status_code == 302
    again = client.post("/members/apply/", form | {"nik": "3471081708800002"})
    assert (again.status_code, list(errors(again))) == (200, ["__all__"])
    assert Member.objects.count() == 1


def test_a_form_without_its_token_writes_nothing(client, secretary):
    client.force_login(secretary)
    response = client.post("/members/apply/", PERSON)
    assert (response.status_code, list(errors(response))) == (200, ["token"])
    assert not Member.objects.exists()


def test_admit_and_refuse_show_the_next_step(client, chair, treasurer):
    sri, tono = an_applicant("Sri"), an_applicant("Tono")
    client.force_login(chair)
    post(client, f"/members/{sri.pk}/admit/", on="2025-01-10")
    post(client, f"/members/{tono.pk}/refuse/", on="2025-01-10", reason="Bukan warga Keparakan")
    sri.refresh_from_db(), tono.refresh_from_db()
    assert (sri.admitted_on, sri.decided_by) == (datetime.date(2025, 1, 10), chair)
    assert (tono.refused_on, tono.refusal_reason) == (datetime.date(2025, 1, 10), "Bukan warga Keparakan")
    assert "Berikutnya: bendahara menerima uangnya." in client.get(f"/members/{sri.pk}/").content.decode()
    assert "Bukan warga Keparakan" in client.get(f"/members/{tono.pk}/").content.decode()
    assert treasurer.notices.get().url == f"/members/{sri.pk}/"


@pytest.mark.parametrize(
    ("page", "wrong", "field"),
    [
        ("admit", {"on": "2199-01-01"}, "on"),
        ("admit", {"on": "2025-01-05"}, "on"),  # the day before the application
        ("admit", {"on": ""}, "on"),
        ("refuse", {"reason": ""}, "reason"),
        ("refuse", {"reason": "   "}, "reason"),
        ("refuse", {"reason": "a" * 301}, "reason"),
        ("refuse", {"on": "2025-01-05"}, "on"),
    ],
)
def test_decision_says_what_is_wrong(client, chair, page, wrong, field):
    member = an_applicant()
    client.force_login(chair)
    typed = {"on": "2025-01-10"} | ({"reason": "Bukan warga"} if page == "refuse" else {}) | wrong
    response = post(client, f"/members/{member.pk}/{page}/", **typed)
    assert list(errors(response)) == [field]
    member.refresh_from_db()
    assert (member.admitted_on, member.refused_on, member.decided_by) == (None, None, None)


def test_a_decision_that_another_has_taken_meanwhile_is_refused(client, chair, secretary):
    member = an_applicant()
    client.force_login(chair)
    form = sent(client.get(f"/members/{member.pk}/admit/"), on="2025-01-10")
    services.refuse(member, reason="Bukan warga", on=datetime.date(2025, 1, 9), by=secretary)
    response = client.post(f"/members/{member.pk}/admit/", form)
    assert errors(response) == {"__all__": ["Permohonan Sri Lestari sudah diputuskan."]}
