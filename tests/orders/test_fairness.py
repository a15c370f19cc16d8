"""Given and taken per member: figures worked out by hand, one query, read by everybody."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from core.dates import today
from core.http import PAGE_SIZE
from orders import queries, services
from stock import services as stock
from tests.orders.builders import MONDAY, a_claim, a_confirmed_delivery, a_workshop, an_offer, an_order, day
from tests.pricing.builders import an_item

pytestmark = pytest.mark.django_db

YEAR = {"first": datetime.date(2025, 4, 1), "last": day(30)}


@pytest.fixture
def story(budi, siti, tono, sandal, secretary):
    """Siti makes 20 of Budi's in time, 2 not good; Tono 10 of Siti's, 3 days late; Budi's leather goes along."""
    leather = an_item("KLT", name="Kulit", kind="material", base="sqft", by=secretary)
    stock.record(budi, item=leather, kind="bought", quantity=Decimal(9), on=MONDAY, by=budi.user)
    first = a_claim(an_offer(an_order(budi, sandal)), siti, quantity=20)
    given = services.give_material(first, item=leather, quantity=Decimal(4), on=MONDAY, by=budi.user)
    services.confirm_material(given, on=MONDAY, by=siti.user)
    a_confirmed_delivery(first, accepted=18)
    second = a_claim(an_offer(an_order(siti, sandal, due=40)), tono, quantity=10)
    a_confirmed_delivery(second, on=day(24))


def rows(**facts):
    return {row.name.split()[0]: row for row in queries.fairness(**(YEAR | facts)).rows}


def test_given_taken_in_time_and_not_good(story):
    found = rows()
    assert {
        name: (
            row.taken,
            row.taken_worth,
            row.given,
            row.given_worth,
            row.in_time,
            row.sent,
            row.not_good,
            row.received,
        )
        for name, row in found.items()
    } == {
        "Budi": (0, 0, 18, 162_000, 0, 0, 0, 0),
        "Siti": (18, 162_000, 10, 90_000, 20, 20, 2, 20),
        "Tono": (10, 90_000, 0, 0, 0, 10, 0, 10),
    }
    assert (found["Budi"].material_given, found["Siti"].material_taken) == (1, 1)


def test_who_could_be_asked_next_leads(story):
    found = queries.fairness(**YEAR)
    assert [row.name.split()[0] for row in found.rows] == ["Tono", "Budi", "Siti"]
    [(first, why), *_others] = queries.next_asked(found.rows)
    assert (first.jobs, why) == (0, "sedang tidak ada pekerjaan; Rp\u00a090.000 dari tetangga dalam waktu ini")


def test_only_what_happened_in_the_time_counts(story):
    assert all(row.taken == row.given == row.sent == 0 for row in rows(first=day(26)).values())
    assert rows(search="iti")["Siti"].taken == 18
    assert set(rows(search="iti")) == {"Siti"}


def test_what_is_taken_and_not_accepted_yet_is_no_money(budi, siti, sandal):
    a_claim(an_offer(an_order(budi, sandal)), siti, quantity=20)
    assert (rows()["Siti"].taken_worth, rows()["Budi"].given_worth) == (0, 0)


def test_what_is_mended_counts_once(budi, siti, sandal):
    """20 sent, 15 good and 5 to be mended; the 5 come again and are good: 20 sent, 5 of them not good at first."""
    claim = a_claim(an_offer(an_order(budi, sandal), rejects="rework"), siti, quantity=20)
    a_confirmed_delivery(claim, accepted=15)
    a_confirmed_delivery(claim, delivered=5, on=day(9))
    siti_ = rows()["Siti"]
    assert (siti_.taken, siti_.taken_worth) == (20, 180_000)
    assert (siti_.sent, siti_.in_time, siti_.received, siti_.not_good) == (20, 20, 20, 5)


def test_everybody_reads_their_own_place_and_why(client, story, siti, secretary):
    own, why = queries.own_place(siti, **YEAR)
    assert (own.place, why) == (3, "sedang mengerjakan 1 pekerjaan; Rp\u00a0162.000 dari tetangga dalam waktu ini")
    client.force_login(siti.user)
    assert "nomor" in client.get(reverse("orders:fairness"), {"months": "12"}).content.decode()
    assert queries.own_place(None, **YEAR) is None


def test_given_back_work_counts_for_nobody(budi, siti, sandal):
    claim = a_claim(an_offer(an_order(budi, sandal)), siti, quantity=20)
    services.withdraw_claim(claim, on=day(1), by=siti.user)
    assert (rows()["Siti"].taken, rows()["Budi"].given) == (0, 0)


def test_every_member_reads_it_and_takes_it_out(client, story, tono, supervisor):
    for user in (tono.user, supervisor):
        client.force_login(user)
        page = client.get(reverse("orders:fairness"), {"months": "12"})
        assert page.status_code == 200
        assert page.context["found"].count == 3
        assert page.context["asked_next"]
        assert client.get(reverse("orders:fairness"), {"months": "x", "page": "-1"}).status_code == 200
        book = client.get(reverse("orders:export-fairness"))
        assert b"".join(book.streaming_content)[:2] == b"PK"


def test_one_query_however_many_and_pages(client, story, tono, secretary, django_assert_num_queries):
    client.force_login(tono.user)
    client.get(reverse("orders:fairness"))
    with django_assert_num_queries(1):
        queries.fairness(first=YEAR["first"], last=today(), limit=PAGE_SIZE)
    for number in range(PAGE_SIZE):
        a_workshop(f"Pengrajin{number:02}", by=secretary)
    with django_assert_num_queries(6) as captured:
        page = client.get(reverse("orders:fairness"), {"page": "2"})
    assert len(page.context["found"].rows) == 3
    assert len(captured) == 6
