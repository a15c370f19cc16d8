"""Where the goods went: 100 pairs at Rp 12.000 local, 60 national, 40 abroad."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from orders import queries, services
from orders.market import Quarter, parse, percents, quarter_of
from tests import builders
from tests.orders.builders import an_order

FIRST = Quarter(2026, 1)
DAY = datetime.date(2026, 3, 31)


@pytest.fixture
def delivered(budi, sandal, books, secretary):
    for name, market, quantity in (("Mirasa", "local", 100), ("Jaya", "national", 60), ("Orchard", "export", 40)):
        order = an_order(budi, sandal, quantity=quantity, partner=builders.a_partner(name, market=market, by=secretary))
        services.ship(order, quantities={order.lines.get(): Decimal(quantity)}, on=DAY, by=budi.user)
    late = an_order(budi, sandal, quantity=10)
    services.finish(late, on=datetime.date(2026, 4, 1), by=budi.user)
    an_order(budi, sandal, quantity=999)  # is ordered, and nobody has it yet


def test_a_quarter_is_shared_over_the_levels_beside_the_study(delivered, django_assert_num_queries):
    with django_assert_num_queries(1):
        course = queries.market_levels(FIRST)
    quarter, total, levels = course[0]
    assert (quarter, total) == (FIRST, 2_400_000)
    assert [(one.amount, one.percent, one.reference) for one in levels] == [
        (1_200_000, 50, 50),
        (720_000, 30, 40),
        (480_000, 20, 10),
    ]
    assert [total for _quarter, total, _levels in course[1:]] == [0] * 7
    assert queries.market_levels(Quarter(2026, 2))[0][1] == 120_000


def test_buyers_and_products_of_a_quarter(delivered, django_assert_num_queries):
    with django_assert_num_queries(2):
        partners, items = queries.market_partners(FIRST), queries.market_items(FIRST)
    assert [(row.name, row.percent, row.direct) for row in partners] == [
        ("Mirasa", 50, 1_200_000),
        ("Jaya", 30, 720_000),
        ("Orchard", 20, 480_000),
    ]
    assert [(row.name, row.quantity, row.percent) for row in items] == [("Sandal kulit", 200, 100)]


def test_every_member_sees_the_mirror_and_the_dependence_on_one_buyer(client, delivered, siti):
    client.force_login(siti.user)
    page = client.get(reverse("orders:market") + "?quarter=2026-1")
    assert (page.context["largest"].name, page.context["largest"].percent) == ("Mirasa", 50)
    assert "50 %" in page.content.decode()
    assert client.get(reverse("orders:market") + "?quarter=2031-9").status_code == 200
    assert client.get(reverse("orders:market") + "?quarter=2024-1").context["total"] == 0
    book = client.get(reverse("orders:export-market") + "?quarter=2026-1")
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_quarters():
    assert quarter_of(DAY) == FIRST
    assert quarter_of(datetime.date(2026, 10, 1)) == Quarter(2026, 4)
    assert (FIRST.first, FIRST.last) == (datetime.date(2026, 1, 1), DAY)
    assert FIRST.before(1) == Quarter(2025, 4)
    assert FIRST.before(8) == Quarter(2024, 1)
    assert FIRST.before(-1) == Quarter(2026, 2)
    for wrong in ("", "2026-5", "2026", "x", "1999-1"):
        assert parse(wrong, or_else=FIRST) == FIRST
    assert parse("2025-3", or_else=FIRST) == Quarter(2025, 3)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_percents_make_a_hundred(amounts):
    found = percents(amounts)
    assert sum(found) == (100 if sum(amounts) else 0)
    assert all(
        abs(share - amount * 100 / sum(amounts)) < 1
        for share, amount in zip(found, amounts, strict=True)
        if sum(amounts)
    )
