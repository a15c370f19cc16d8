"""The page that shows how the year would be divided."""

import datetime
import re

import pytest
from django.urls import reverse

from core.permissions import Role
from shu import services
from shu.models import Distribution, Share
from tests import builders
from tests.builders import a_user
from tests.shu.test_services import annual_meeting, close_2026

URL = reverse("shu:preview")


@pytest.fixture(autouse=True)
def end_of_november(monkeypatch):
    monkeypatch.setattr("shu.views.today", lambda: datetime.date(2026, 11, 30))


@pytest.fixture
def show(client, november):
    client.force_login(builders.a_user(Role.SUPERVISOR))
    return lambda **query: client.get(URL, query)


def test_the_page_shows_every_part_and_says_who_decides(show, shu_rules):
    shu_rules()
    response = show()
    page = response.content.decode()
    assert response.status_code == 200
    assert "Rapat Anggota Tahunan yang memutuskan; halaman ini tidak membukukan apa pun." in page
    assert "Rp\u00a079.000" in page
    for amount in ("19.750", "15.800", "23.700", "31.600"):
        assert f'">{amount}</td>' in page


def test_without_rules_the_page_says_what_to_do(show):
    assert "Belum ada aturan SHU yang berlaku" in show().content.decode()


def test_without_a_surplus_nothing_is_shared(show, shu_rules):
    shu_rules(on=datetime.date(2024, 1, 1))
    assert "Kerugian tidak dibagikan" in show(year="2024").content.decode()


def test_a_pool_without_a_base_is_said(show, shu_rules):
    shu_rules(on=datetime.date(2025, 1, 12))
    assert "masuk ke dana cadangan" in show(year="2025").content.decode()


@pytest.mark.parametrize("year", ["1999", "dulu", ""])
def test_a_year_without_books_shows_the_newest_and_says_so(show, year):
    response = show(year=year)
    assert (response.status_code, response.context["year"]) == (200, 2026)
    assert response.context["form"].errors


def test_a_member_may_not(client, november):
    client.force_login(builders.a_user(Role.MEMBER))
    assert client.get(URL).status_code == 403


# -- a division in the browser ---------------------------------------------------------------------------------------


def send(client, url, **data):
    """Fill in the form that the page shows and send it."""
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode()).group(1)
    return client.post(url, {"token": token, **data}, follow=True)


def test_from_the_closed_year_to_the_money(client, november, shu_rules, treasurer, chair, monkeypatch):
    monkeypatch.setattr("shu.views.today", lambda: datetime.date(2027, 2, 20))
    monkeypatch.setattr("core.fields.dates.today", lambda: datetime.date(2027, 2, 20))
    shu_rules()
    close_2026(treasurer)
    client.force_login(treasurer)
    assert "Hitung untuk rapat" in client.get(URL, {"year": 2026}).content.decode()
    page = send(client, reverse("shu:propose", args=[2026]))
    division = Distribution.objects.get()
    assert page.redirect_chain[-1][0] == reverse("shu:distribution", args=[division.pk])
    pdf = client.get(reverse("shu:distribution-paper", args=[division.pk]))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert client.get(reverse("shu:distribution-export", args=[division.pk])).status_code == 200

    decision = annual_meeting(chair)
    client.force_login(chair)
    page = send(client, reverse("shu:book", args=[division.pk]), decided_in=decision.pk, on="2027-02-20")
    assert "Pembagian dibukukan" in page.content.decode(), page.context["form"].errors

    tono = division.shares.get(member__name="Tono Raharjo")
    client.force_login(treasurer)
    page = send(client, reverse("shu:pay", args=[tono.pk]), channel="cash", on="2027-02-20")
    assert "Bagian Tono Raharjo sebesar Rp\u00a051.600 sudah dibayarkan." in page.content.decode()
    page = send(client, reverse("shu:pay-all", args=[division.pk]))
    assert "1 bagian sudah masuk simpanan." in page.content.decode()

    payment = Share.objects.get(pk=tono.pk).payment
    url = reverse("shu:reverse-payment", args=[payment.pk])
    assert url not in client.get(reverse("shu:distribution", args=[division.pk])).text
    origin = client.get(reverse("ledger:entry", args=[payment.entry_id])).context["origin"]
    assert origin == reverse("shu:distribution", args=[division.pk])
    client.force_login(chair)
    assert url in client.get(origin).text
    page = send(client, url, reason="salah orang", on="2027-02-20")
    assert "dibatalkan" in page.content.decode()
    client.force_login(tono.member.user)
    assert client.get(url).status_code == 403
    mine = client.get(reverse("shu:mine")).content.decode()
    assert "Rp\u00a051.600" in mine
    page = client.get(reverse("shu:distribution", args=[division.pk])).content.decode()
    assert "Tono Raharjo" in page
    assert "Sri Lestari" not in page, "what a neighbour gets is the neighbour's business"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SUPERVISOR, Role.SECRETARY])
@pytest.mark.parametrize("name", ["shu:book", "shu:withdraw", "shu:pay-all"])
def test_others_may_not(client, november, shu_rules, treasurer, role, name):
    shu_rules()
    close_2026(treasurer)
    division = services.propose(2026, on=datetime.date(2027, 1, 10), by=treasurer)
    client.force_login(a_user(role, username=f"lain-{role}"))
    assert client.get(reverse(name, args=[division.pk])).status_code == 403


def test_a_member_reads_the_proposal_before_the_meeting_and_has_no_part_yet(client, november, shu_rules, treasurer):
    shu_rules()
    close_2026(treasurer)
    division = services.propose(2026, on=datetime.date(2027, 1, 10), by=treasurer)
    client.force_login(division.shares.first().member.user)
    assert client.get(reverse("shu:distribution", args=[division.pk])).status_code == 200
    assert "Belum ada SHU yang dibagi" in client.get(reverse("shu:mine")).content.decode()
