"""Who may open the register's pages, and what its list finds."""

import datetime

import pytest

from members import services
from tests.builders import a_business, a_member, a_partner, an_applicant

# -- who may open what -----------------------------------------------------------------------------------------------

ADDRESSES = {
    # address: roles that may open it
    "/members/": "chair secretary treasurer supervisor",
    "/members/export/": "chair secretary treasurer supervisor",
    "/members/register/": "chair secretary treasurer supervisor",
    "/members/apply/": "secretary",
    "/members/{pk}/": "chair secretary treasurer supervisor",
    "/members/{pk}/admit/": "chair secretary",
    "/members/{pk}/refuse/": "chair secretary",
    "/members/{pk}/correct/": "secretary",
    "/members/{pk}/data/": "secretary",
    "/members/{pk}/business/": "chair secretary treasurer",
    "/members/{pk}/workers/": "chair secretary treasurer",
    "/members/{pk}/skills/": "chair secretary treasurer",
    "/members/{pk}/login/": "secretary",
    "/members/{pk}/login/link/": "secretary",
    "/members/partners/": "chair secretary treasurer supervisor",
    "/members/partners/export/": "chair secretary treasurer supervisor",
    "/members/partners/add/": "chair secretary",
    "/members/partners/{partner}/": "chair secretary treasurer supervisor",
    "/members/partners/{partner}/correct/": "chair secretary",
}


@pytest.mark.parametrize("role", ["chair", "secretary", "treasurer", "supervisor", "maintainer"])
def test_pages_open_for_the_roles_that_may(client, db, request, role):
    client.force_login(request.getfixturevalue(role))
    member = a_member()
    a_business(member)
    partner = a_partner()
    found = {address: client.get(address.format(pk=member.pk, partner=partner.pk)).status_code for address in ADDRESSES}
    assert found == {address: 200 if role in roles.split() else 403 for address, roles in ADDRESSES.items()}


def test_a_member_sees_only_their_own_page(client, db):
    own, other = a_member("Budi", username="budi"), a_member("Sri")
    a_business(own), a_business(other)
    client.force_login(own.user)
    assert client.get("/members/me/").url == f"/members/{own.pk}/"
    for page in ("", "business/", "workers/", "skills/", "data/"):
        assert client.get(f"/members/{own.pk}/{page}").status_code == 200, page
        assert client.get(f"/members/{other.pk}/{page}").status_code == 404, page
    assert client.get("/members/").status_code == 403
    assert client.get(f"/members/{own.pk}/correct/").status_code == 403


def test_strangers_are_led_to_the_login(client, db):
    response = client.get("/members/")
    assert (response.status_code, response.url) == (302, "/login/?next=/members/")


def test_unknown_ids_are_not_found(client, secretary):
    client.force_login(secretary)
    for page in (
        "",
        "admit/",
        "refuse/",
        "correct/",
        "business/",
        "workers/",
        "skills/",
        "login/",
        "password/",
        "data/",
    ):
        assert client.get(f"/members/4711/{page}").status_code == 404
    assert client.post("/members/4711/nik/").status_code == 404
    assert client.get("/members/partners/4711/").status_code == 404
    assert client.get("/members/partners/4711/correct/").status_code == 404


def test_an_officer_without_a_member_row_is_told_so(client, chair):
    client.force_login(chair)
    response = client.get("/members/me/", follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "belum dihubungkan" in response.content.decode()


# -- the list --------------------------------------------------------------------------------------------------------


def names(response):
    return [member.name for member, _standing in response.context["page"].object_list]


@pytest.fixture
def three(secretary):
    budi = a_member("Budi Santoso", rt="054", rw="013")
    services.count_workers(
        a_business(budi, name="Budi Kulit", products=["bags", "belts"]),
        on=datetime.date(2025, 2, 1),
        family=2,
        hired=3,
        by=secretary,
    )
    sri = a_member("Sri Lestari", rt="013", rw="012")
    lestari = a_business(sri, name="Lestari Sandal", products=["sandals"])
    services.count_workers(lestari, on=datetime.date(2025, 2, 1), family=2, hired=2, by=secretary)
    services.set_skills(lestari, skills=["Jahit sandal"], by=secretary)
    an_applicant("Tono Wibowo")
    return budi, sri


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Budi Santoso", "Sri Lestari", "Tono Wibowo"]),
        ("?search=lestari", ["Sri Lestari"]),
        ("?search=budi+kulit", ["Budi Santoso"]),
        ("?search=2", ["Sri Lestari"]),
        ("?search=tas", ["Budi Santoso"]),
        ("?search=zzz", []),
        ("?standing=applicant", ["Tono Wibowo"]),
        ("?standing=member", ["Budi Santoso", "Sri Lestari"]),
        ("?standing=left", []),
        ("?product=belts", ["Budi Santoso"]),
        ("?size=micro", ["Sri Lestari"]),
        ("?size=small", ["Budi Santoso"]),
        ("?size=larger", []),
        ("?place=13", ["Budi Santoso", "Sri Lestari"]),
        ("?place=54/13", ["Budi Santoso"]),
        ("?place=RT", []),
        ("?ordering=name", ["Budi Santoso", "Sri Lestari", "Tono Wibowo"]),
        ("?ordering=-entered", ["Budi Santoso", "Sri Lestari", "Tono Wibowo"]),
        ("?ordering=business", ["Budi Santoso", "Sri Lestari", "Tono Wibowo"]),
        ("?standing=nonsense&page=minus", ["Budi Santoso", "Sri Lestari", "Tono Wibowo"]),
    ],
)
def test_list_finds(client, chair, three, query, expected):
    client.force_login(chair)
    assert names(client.get(f"/members/{query}")) == expected


def test_list_finds_by_skill(client, chair, three):
    client.force_login(chair)
    skill = three[1].business.skills.get()
    assert names(client.get(f"/members/?skill={skill.pk}")) == ["Sri Lestari"]


def test_list_says_who_waits(client, chair, three):
    client.force_login(chair)
    assert client.get("/members/").context["tallies"] == {"applicants": 1, "admitted": 0, "members": 2}


@pytest.mark.parametrize("address", ["/members/", "/members/partners/"])
def test_list_asks_the_same_number_of_queries_for_one_row_and_three(
    client, chair, address, django_assert_num_queries, django_assert_max_num_queries
):
    a_business(a_member("A"))
    a_partner("A")
    client.force_login(chair)
    with django_assert_max_num_queries(9) as one:  # session, user and notices are three of them
        client.get(address)
    for name in "BC":
        a_business(a_member(name))
        a_partner(name)
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_member_page_asks_the_same_number_of_queries_however_much_it_shows(
    client, chair, secretary, django_assert_num_queries
):
    member = a_member()
    business = a_business(member)
    services.set_skills(business, skills=["Emboss"], by=secretary)
    services.count_workers(business, on=datetime.date(2025, 1, 6), family=1, hired=0, by=secretary)
    client.force_login(chair)
    with django_assert_num_queries(8):
        client.get(f"/members/{member.pk}/")
    services.set_skills(business, skills=["Emboss", "Jahit", "Potong"], by=secretary)
    for day in (7, 8):
        services.count_workers(business, on=datetime.date(2025, 1, day), family=1, hired=day, by=secretary)
    with django_assert_num_queries(8):
        client.get(f"/members/{member.pk}/")
