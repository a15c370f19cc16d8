"""The capacity calendar of a workshop with 1,000 order lines: a constant number of queries, against bare SQL."""

import datetime
from decimal import Decimal

from benchmarks.harness import compare, run

LINES, TODAY = 1_000, datetime.date(2026, 3, 2)


class Workshop:
    """What the benchmark measures."""


def prepare():
    """One workshop whose hands are written down, 200 orders of five lines each, due over 40 weeks."""
    from core.permissions import Role
    from core.services import create_user
    from members import services as members
    from orders import services as orders
    from orders.models import Order, OrderLine
    from pricing import services as pricing
    from pricing.models import Unit

    facts = {"role": Role.SECRETARY, "password": "x" * 12, "must_change_password": False}
    by = create_user(username="bench-calendar", name="Bench", **facts)
    member = members.apply(name="Bench Calendar", on=TODAY, by=by)
    members.admit(member, on=TODAY, by=by)
    member = members.enter(member, on=TODAY, by=by)
    business = members.set_business(member, name="Bench", address="x", products=["sandals"], by=by)
    orders.set_capacity(business, from_on=TODAY, per_week=500, hands={"sewing": Decimal(3)}, by=by)
    orders.close_workshop(business, from_on=TODAY, until_on=TODAY, reason="x", by=by)
    pair = Unit.objects.get(code="pair")
    item = pricing.add_item(code="BENCH-C", name="Bench", kind="product", base_unit=pair, sewing=10, by=by)
    buyer = members.record_partner(name="Bench Calendar", kind="buyer", market="local", by=by)
    taken = Order.objects.bulk_create(
        Order(
            number=f"BENCH-{number}",
            partner=buyer,
            member=member,
            ordered_on=TODAY,
            due_on=TODAY + datetime.timedelta(days=7 + number),
        )
        for number in range(LINES // 5)
    )
    line = {"item": item, "unit": pair, "quantity": 20, "base_quantity": 20, "price": 12_000, "price_reason": "x"}
    OrderLine.objects.bulk_create(OrderLine(order=order, **line) for order in taken for _number in range(5))
    run("ANALYZE")
    Workshop.member, Workshop.item = member, item


def calendar():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from orders import queries

    with CaptureQueriesContext(connection) as statements:
        weeks = queries.calendar(Workshop.member, as_of=TODAY)
    assert [week.percent for week in weeks] == [100] * 8
    print(f"{'':34} {len(statements)} queries for {LINES:,} lines")
    compare(
        f"calendar of {LINES:,} order lines",
        bare=lambda: run("SELECT * FROM orders_jobs(%s) WHERE member_id = %s", [TODAY, Workshop.member.pk]),
        ours=lambda: queries.calendar(Workshop.member, as_of=TODAY),
    )


def free():
    from orders import queries

    until = TODAY + datetime.timedelta(days=30)
    compare(
        f"free capacity beside {LINES:,} lines",
        bare=lambda: run("SELECT * FROM orders_jobs(%s) WHERE member_id = %s", [TODAY, Workshop.member.pk]),
        ours=lambda: queries.free(Workshop.member, item=Workshop.item, until=until, as_of=TODAY),
    )


BENCHMARKS = {"calendar": calendar, "free": free}
