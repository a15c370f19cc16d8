"""A member's page: particulars, business, workers, skills, login."""

import datetime

import pytest

from core.models import AuditEvent
from members import services
from members.models import Business, WorkerCount
from tests.builders import a_business, a_member
from tests.members.pages import NIK, PERSON, errors, post, sent

# -- particulars -----------------------------------------------------------------------------------------------------


def test_correct_keeps_the_nik_that_is_not_typed_and_tells_old_and_new(client, secretary):
    member = a_member(nik=NIK, rt="054", rw="013", phone="+6281234567890", address="Lama")
    client.force_login(secretary)
    page = client.get(f"/members/{member.pk}/correct/")
    assert NIK not in page.content.decode()
    post(client, f"/members/{member.pk}/correct/", **PERSON | {"nik": "", "phone": "0274 512345", "address": "Baru"})
    member.refresh_from_db()
    assert (member.nik, member.address, member.phone.as_e164, member.version) == (NIK, "Baru", "+62274512345", 2)
    facts = AuditEvent.objects.get(action="member.corrected").facts
    assert (facts["before"]["address"], facts["after"]["address"]) == ("Lama", "Baru")
    assert "Alamat: Lama → Baru" in facts["changes"]


def test_correct_refuses_a_stale_page_and_keeps_what_was_typed(client, secretary):
    member = a_member(nik=NIK)
    client.force_login(secretary)
    form = sent(client.get(f"/members/{member.pk}/correct/"), **PERSON | {"nik": "", "address": "Meja kedua"})
    services.correct(member, version=1, address="Meja pertama", by=secretary)
    response = client.post(f"/members/{member.pk}/correct/", form)
    assert errors(response) == {
        "__all__": [
            "Data ini sudah diubah orang lain sejak Anda membuka halaman. "
            "Buka lagi halamannya, lalu isikan perubahan Anda kembali."
        ]
    }
    assert response.context["form"]["address"].value() == "Meja kedua"
    member.refresh_from_db()
    assert member.address == "Meja pertama"


def test_nik_is_masked_until_the_secretary_asks_for_it(client, secretary, chair):
    member = a_member(nik=NIK)
    client.force_login(chair)
    assert "••••••••••••0001" in client.get(f"/members/{member.pk}/").content.decode()
    assert client.post(f"/members/{member.pk}/nik/").status_code == 403
    client.force_login(secretary)
    assert NIK not in client.get(f"/members/{member.pk}/").content.decode()
    assert client.get(f"/members/{member.pk}/nik/").status_code == 405
    assert not AuditEvent.objects.filter(action="member.nik_read").exists()
    assert NIK in client.post(f"/members/{member.pk}/nik/").content.decode()
    assert AuditEvent.objects.get(action="member.nik_read").by_username == "secretary"


def test_a_member_takes_away_all_that_is_held_about_them(client, db):
    member = a_member("Budi", username="budi", nik=NIK)
    business = a_business(member, products=["bags"])
    services.count_workers(business, on=datetime.date(2025, 2, 1), family=1, hired=2, by=member.user)
    client.force_login(member.user)
    held = client.get(f"/members/{member.pk}/data/").json()
    assert (held["name"], held["nik"], held["username"], held["entered_on"]) == ("Budi", NIK, "budi", "2025-01-06")
    assert held["business"]["products"] == ["bags"]
    assert held["business"]["worker_counts"] == [{"counted_on": "2025-02-01", "family": 1, "hired": 2}]
    assert held["history"][0]["action"] == "member.exported"


def test_the_register_goes_out_as_workbook_and_paper(client, secretary, treasurer):
    a_member(nik=NIK)
    client.force_login(treasurer)
    workbook = client.get("/members/export/?search=sri")
    assert workbook.headers["Content-Disposition"].endswith(".xlsx")
    assert AuditEvent.objects.get(action="register.exported").facts == {"rows": 1, "nik_in_full": False}
    assert next(client.get("/members/register/").streaming_content).startswith(b"%PDF")


# -- the business ----------------------------------------------------------------------------------------------------

WORKSHOP = {
    "name": "Lestari Kulit",
    "products": ["bags"],
    "address": "Keparakan Kidul",
    "rt": "54",
    "since_year": "1998",
}


def test_business_is_described_by_the_member_and_corrected(client, db):
    member = a_member(username="sri")
    client.force_login(member.user)
    post(client, f"/members/{member.pk}/business/", **WORKSHOP | {"other_products": "gantungan kunci"})
    business = Business.objects.get()
    assert (business.products, business.other_products, business.rt) == (["bags", "other"], "gantungan kunci", "054")
    post(client, f"/members/{member.pk}/business/", **WORKSHOP | {"products": ["belts"]})
    business.refresh_from_db()
    assert (business.products, business.version) == (["belts"], 2)
    assert "tas, lain-lain → ikat pinggang" in AuditEvent.objects.get(action="business.corrected").facts["changes"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"products": []}, "products"),
        ({"products": ["cars"]}, "products"),
        ({"products": ["other"]}, "other_products"),
        ({"other_products": "x" * 121}, "other_products"),
        ({"address": ""}, "address"),
        ({"rt": "five"}, "rt"),
        ({"since_year": "long ago"}, "since_year"),
        ({"since_year": "1850"}, "since_year"),
        ({"since_year": "2199"}, "since_year"),
    ],
)
def test_business_says_what_is_wrong(client, secretary, wrong, field):
    member = a_member()
    client.force_login(secretary)
    response = post(client, f"/members/{member.pk}/business/", **WORKSHOP | wrong)
    assert list(errors(response)) == [field]
    assert not Business.objects.exists()


def test_business_refuses_a_stale_page(client, secretary):
    member = a_member()
    client.force_login(secretary)
    form = sent(client.get(f"/members/{member.pk}/business/"), **WORKSHOP)
    a_business(member, name="Yang lain")
    assert list(errors(client.post(f"/members/{member.pk}/business/", form))) == ["__all__"]
    assert Business.objects.get().name == "Yang lain"


def test_workers_are_counted_and_the_page_names_the_class(client, secretary):
    member = a_member()
    a_business(member)
    client.force_login(secretary)
    post(client, f"/members/{member.pk}/workers/", family="2", hired="3", on="2025-02-01")
    assert client.get(f"/members/{member.pk}/").context["size"] == "small"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"family": ""}, "family"),
        ({"family": "two"}, "family"),
        ({"family": "-1"}, "family"),
        ({"hired": "1000"}, "hired"),
        ({"hired": "2.5"}, "hired"),
        ({"family": "0", "hired": "0"}, "family"),
        ({"on": "2199-01-01"}, "on"),
    ],
)
def test_workers_say_what_is_wrong(client, secretary, wrong, field):
    member = a_member()
    a_business(member)
    client.force_login(secretary)
    typed = {"family": "2", "hired": "1", "on": "2025-02-01"} | wrong
    assert list(errors(post(client, f"/members/{member.pk}/workers/", **typed))) == [field]
    assert not WorkerCount.objects.exists()


def test_workers_and_skills_need_a_business_first(client, secretary):
    member = a_member()
    client.force_login(secretary)
    assert client.get(f"/members/{member.pk}/workers/").status_code == 404
    assert client.get(f"/members/{member.pk}/skills/").status_code == 404


def test_skills_are_ticked_and_added(client, secretary):
    business = a_business(a_member())
    services.set_skills(business, skills=["Emboss"], by=secretary)
    client.force_login(secretary)
    known = business.skills.get().pk
    post(client, f"/members/{business.member_id}/skills/", known=[known], others="Jahit  sandal, emboss, ,Potong pola")
    assert sorted(skill.name for skill in business.skills.all()) == ["Emboss", "Jahit sandal", "Potong pola"]
    response = post(client, f"/members/{business.member_id}/skills/", known=["4711"], others="x" * 61)
    assert sorted(errors(response)) == ["known", "others"]


# -- logins ----------------------------------------------------------------------------------------------------------


def test_login_is_given_and_must_change_its_password_first(client, secretary):
    member = a_member()
    client.force_login(secretary)
    page = client.get(f"/members/{member.pk}/login/")
    assert page.context["form"]["username"].value() == "anggota01"
    client.post(f"/members/{member.pk}/login/", sent(page, username="anggota01", password="kulit-tas-77"))
    client.logout()
    client.post("/login/", {"username": "anggota01", "password": "kulit-tas-77"})
    assert client.get(f"/members/{member.pk}/").url == "/password/"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"username": "Anggota 01"}, "username"),
        ({"username": "ab"}, "username"),
        ({"username": "a" * 31}, "username"),
        ({"username": "secretary"}, "username"),
        ({"password": "123"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_login_says_what_is_wrong(client, secretary, typed, field):
    member = a_member()
    client.force_login(secretary)
    typed = {"username": "anggota01", "password": "kulit-tas-77"} | typed
    assert list(errors(post(client, f"/members/{member.pk}/login/", **typed))) == [field]
    member.refresh_from_db()
    assert member.user is None


def test_password_is_reset_for_members_but_not_for_officers(client, secretary, chair):
    member, officer = a_member("Budi", username="budi"), a_member("Ketua", user=chair)
    client.force_login(secretary)
    post(client, f"/members/{member.pk}/password/", password="kulit-tas-77")
    member.user.refresh_from_db()
    assert (member.user.check_password("kulit-tas-77"), member.user.must_change_password) == (True, True)
    response = post(client, f"/members/{officer.pk}/password/", password="kulit-tas-77")
    assert errors(response) == {
        "__all__": ["Ini akun masuk pengurus. Kata sandinya diperbarui oleh dua pengurus lain."]
    }
    chair.refresh_from_db()
    assert not chair.check_password("kulit-tas-77")


def test_the_secretary_links_an_officers_login_to_the_member(client, secretary, chair, maintainer):
    member = a_member("Bambang Puspa")
    a_member("Budi", username="budi")
    client.force_login(secretary)
    page = client.get(f"/members/{member.pk}/login/link/")
    officers = [user.username for user in page.context["form"].fields["user"].queryset]
    assert sorted(officers) == ["chair", "secretary"], "neither a member's nor the maintainer's"
    answer = client.post(f"/members/{member.pk}/login/link/", sent(page, user=chair.pk), follow=True)
    assert "Akun chair sekarang milik Bambang Puspa." in answer.content.decode()
    member.refresh_from_db()
    assert member.user == chair
    assert AuditEvent.objects.filter(action="member.login_linked", facts__username="chair").exists()
    again = client.get(f"/members/{member.pk}/login/link/")
    assert (
        "sudah mempunyai akun masuk"
        in client.post(again.request["PATH_INFO"], sent(again, user=secretary.pk)).content.decode()
    )
