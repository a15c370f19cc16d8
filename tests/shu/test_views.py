"""The page that shows how the year would be divided."""

import datetime

import pytest
from django.urls import reverse

from core.permissions import Role
from tests import builders

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
