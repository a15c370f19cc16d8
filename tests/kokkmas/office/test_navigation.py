"""The places of the menu: few, the same words on phone and laptop, and no tab that ends in a refusal."""

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from core.permissions import Role
from kokkmas.office.navigation import THUMBS, navigation, places_of
from tests import builders

pytestmark = pytest.mark.django_db


def shown(user, path="/"):
    request = RequestFactory().get(path)
    request.user, request.resolver_match = user, resolve(path)
    return navigation(request)


def test_a_member_has_five_places_and_the_phone_the_same():
    page = shown(builders.a_user(Role.MEMBER))
    assert [str(place["label"]) for place in page["places"]] == ["Beranda", "Kerja", "Bahan", "Uang", "Koperasi"]
    assert page["thumbs"] == page["places"]
    assert max(len(str(place["label"])) for place in page["thumbs"]) <= 8, "a fifth of 360 px, with no ellipsis"


@pytest.mark.parametrize("role", Role.values)
def test_nobody_has_more_than_eight_places(role):
    page = shown(builders.a_user(role))
    assert 1 < len(page["places"]) <= 8
    assert len(page["thumbs"]) + (len(page["thumbs"]) < len(page["places"])) <= THUMBS


@pytest.mark.parametrize("role", Role.values)
def test_every_tab_opens_for_whom_it_is_shown(client, books, role):
    user = builders.a_member("Parti", username="parti").user
    user.role = role
    user.save()
    client.force_login(user)
    for place in places_of(user):
        for _label, name, permission in place.tabs:
            asked = resolve(reverse(name)).func.permission
            if user.can(permission):
                assert user.can(asked), f"{name} asks for {asked}"
                assert client.get(reverse(name), follow=True).status_code == 200, name


@pytest.mark.parametrize(
    ("role", "path", "place", "tab"),
    [
        (Role.MEMBER, "/stock/loans/", "Bahan", "Pinjam-meminjam"),
        (Role.MEMBER, "/savings/3/", "Uang", "Simpanan"),
        (Role.MEMBER, "/loans/3/", "Uang", None),
        (Role.MEMBER, "/orders/claims/4/", "Kerja", None),
        (Role.MEMBER, "/activities/help/4/", "Koperasi", None),
        (Role.TREASURER, "/ledger/receipts/", "Kas", "Kuitansi"),
        (Role.TREASURER, "/ledger/receipts/4/", "Kas", None),
        (Role.TREASURER, "/savings/3/", "Simpan pinjam", None),
        (Role.SECRETARY, "/governance/meetings/4/", "Rapat", None),
        (Role.SECRETARY, "/governance/letters/4/", "Surat & aturan", None),
    ],
)
def test_a_page_says_in_which_place_it_is(role, path, place, tab):
    page = shown(builders.a_user(role), path)
    assert [str(each["label"]) for each in page["places"] if each.get("is_current")] == [place]
    assert [str(each["label"]) for each in page["tabs"] if each["is_current"]] == ([tab] if tab else [])


def test_a_stranger_has_no_places(client):
    assert b'class="thumbs"' not in client.get("/login/").content
