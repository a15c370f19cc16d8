"""A business with a thousand order lines: its calendar and its page ask as many questions as one with a single line."""

import gzip
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from orders import queries
from orders.models import Order, OrderLine
from tests.orders.builders import an_order

LINES = 1_000
LATER_PAGE = 15 * 1024
"""What a page after the first may weigh on the wire (D12)."""


@pytest.fixture
def order(budi, sandal):
    return an_order(budi, sandal, quantity=10, on=today())


def fill(order: Order) -> None:
    """999 more lines, ten an order, each for a pair."""
    more = Order.objects.bulk_create(
        Order(number=f"PS-X-{n}", partner=order.partner, member=order.member, ordered_on=today(), due_on=order.due_on)
        for n in range(LINES // 10)
    )
    [line] = order.lines.all()
    facts = {name: getattr(line, name) for name in ("item", "unit", "price_list", "list_price", "price")}
    OrderLine.objects.bulk_create(
        OrderLine(order=more[n // 10], quantity=1, base_quantity=1, **facts) for n in range(LINES - 1)
    )


def test_the_calendar_takes_four_queries_for_a_thousand_lines(order, budi, django_assert_num_queries):
    with django_assert_num_queries(4):
        queries.calendar(budi, as_of=today())
    fill(order)
    with django_assert_num_queries(4):
        weeks = queries.calendar(budi, as_of=today())
    assert len(queries.jobs(budi, as_of=today())) == LINES
    assert weeks[0].taken == Decimal(70)  # a full week of the 1,009 pairs


def test_the_pages_of_a_busy_workshop_ask_no_more(client, order, budi):
    def count(name):
        with CaptureQueriesContext(connection) as run:
            page = client.get(reverse(f"orders:{name}"))
        assert page.status_code == 200
        assert len(gzip.compress(page.content)) < LATER_PAGE
        return len(run)

    client.force_login(budi.user)
    pages = ("capacity", "list", "work")
    few = {name: count(name) for name in pages}
    fill(order)
    assert {name: count(name) for name in pages} == few
