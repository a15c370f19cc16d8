"""The database says no first: every constraint of this book, written around the services."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from orders import services
from orders.models import Capacity, Claim, Closure, Delivery, Offer, Order, OrderLine, Settlement
from pricing.models import Item
from tests.orders.builders import MONDAY, a_claim, a_confirmed_delivery, an_offer, an_order, business_of, day
from tests.roles import update_refused as refused


@pytest.fixture
def delivery(budi, siti, sandal):
    return a_confirmed_delivery(a_claim(an_offer(an_order(budi, sandal)), siti))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("orders_order_due_after_ordered", {"due_on": day(-1)}),
        ("orders_order_finished_after_ordered", {"finished_on": day(-1)}),
        ("orders_order_cancelled_for_a_reason", {"cancelled_on": day(1)}),
        ("orders_order_cancelled_for_a_reason", {"cancel_reason": "tanpa tanggal"}),
        ("orders_order_finished_or_cancelled", {"finished_on": day(1), "cancelled_on": day(1), "cancel_reason": "x"}),
    ],
)
def test_orders(delivery, name, values):
    refused(Order.objects.all(), name, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("orders_orderline_quantity_positive", {"quantity": 0}),
        ("orders_orderline_quantity_positive", {"base_quantity": 0}),
        ("orders_orderline_price_positive", {"price": 0, "price_reason": "hadiah"}),
        ("orders_orderline_below_list_with_reason", {"price": 11_999}),
        ("orders_orderline_list_price_from_a_list", {"list_price": None, "price_reason": "x"}),
        ("orders_orderline_list_price_from_a_list", {"price_list": None}),
    ],
)
def test_order_lines(delivery, name, values):
    refused(OrderLine.objects.all(), name, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("orders_offer_quantity_positive", {"quantity": 0}),
        ("orders_offer_price_positive", {"maker_price": 0}),
        ("orders_offer_dates_in_order", {"closes_on": day(-1)}),
        ("orders_offer_dates_in_order", {"due_on": day(1)}),
    ],
)
def test_surplus(delivery, name, values):
    refused(Offer.objects.all(), name, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("orders_claim_quantity_positive", {"quantity": 0}),
        ("orders_claim_price_positive", {"maker_price": 0}),
        ("orders_claim_terms_make_sense", {"rejects": "burn"}),
        ("orders_claim_terms_make_sense", {"advance_bp": 10_001}),
        ("orders_claim_terms_make_sense", {"late_penalty": -1}),
        ("orders_claim_gives_back_what_it_took", {"withdrawn": 21, "withdrawn_on": day(1)}),
        ("orders_claim_gives_back_what_it_took", {"withdrawn": 5}),
        ("orders_claim_gives_back_what_it_took", {"withdrawn_on": day(1)}),
    ],
)
def test_claims(delivery, name, values):
    refused(Claim.objects.all(), name, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("orders_delivery_parts_add_up", {"accepted": 21}),
        ("orders_delivery_parts_add_up", {"received": 21, "accepted": 21, "rejection_reason": "x"}),
        ("orders_delivery_parts_add_up", {"rejected": 1, "rejection_reason": "x"}),
        ("orders_delivery_parts_add_up", {"reworked": 1, "rejection_reason": "x"}),
        ("orders_delivery_confirmed_whole", {"received": None}),
        ("orders_delivery_confirmed_whole", {"reworked": None}),
        ("orders_delivery_confirmed_whole", {"confirmed_on": None}),
        ("orders_delivery_confirmed_whole", {"confirmed_by": None}),
        ("orders_delivery_confirmed_whole", {"confirmed_on": MONDAY}),
        ("orders_delivery_confirmed_whole", {"accepted": 21, "rejected": -1}),
        ("orders_delivery_rejected_for_a_reason", {"accepted": 19, "rejected": 1}),
    ],
)
def test_deliveries(delivery, name, values):
    refused(Delivery.objects.all(), name, **values)


def test_a_delivery_has_two_sides_and_a_quantity(delivery, siti):
    refused(Delivery.objects.all(), "orders_delivery_two_sides", confirmed_by=siti.user)
    nothing = dict.fromkeys(["confirmed_on", "confirmed_by", "received", "accepted", "rejected", "reworked"])
    refused(Delivery.objects.all(), "orders_delivery_quantity_positive", delivered=0, **nothing)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("orders_settlement_amount_positive", {"amount": 0, "advance": 180_000}),
        ("orders_settlement_amount_positive", {"amount": -1, "advance": 180_001}),
        ("orders_settlement_parts_add_up", {"advance": 1}),
        ("orders_settlement_parts_add_up", {"work": 180_001}),
        ("orders_settlement_parts_add_up", {"late": -1, "amount": 180_001}),
        ("orders_settlement_posted_unless_direct", {"method": "direct"}),
        ("orders_settlement_posted_unless_direct", {"entry": None}),
        ("orders_settlement_paid_whole", {"paid_on": day(10)}),
        ("orders_settlement_paid_whole", {"paid_by": 1}),
        ("orders_settlement_reversed_by_others", {"reversed_on": day(10)}),
        ("orders_settlement_reversed_by_others", {"reversal_reason": "x"}),
    ],
)
def test_settlements(delivery, treasurer, books, name, values):
    services.settle(delivery, method="cash", on=day(9), by=treasurer)
    refused(Settlement.objects.all(), name, **values)


def test_one_settlement_a_delivery_unless_reversed(delivery, budi):
    facts = {
        "delivery": delivery,
        "work": 1,
        "amount": 1,
        "method": "direct",
        "settled_on": day(9),
        "settled_by": budi.user,
    }
    Settlement.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.create(**facts)
    Settlement.objects.update(reversed_on=day(9), reversed_by=budi.user, reversal_reason="salah")
    Settlement.objects.create(**facts)


def test_one_capacity_a_day_and_never_negative(budi):
    row = Capacity.objects.get(business=business_of(budi))
    with pytest.raises(IntegrityError), transaction.atomic():
        Capacity.objects.create(business=row.business, from_on=row.from_on, per_week=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Capacity.objects.update(per_week=-1)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("orders_capacity_hands_not_negative", {"sewing": -1}),
        ("orders_capacity_a_week_has_seven_days", {"days_per_week": 8}),
        ("orders_capacity_a_week_has_seven_days", {"days_per_week": 0}),
        ("orders_capacity_a_week_has_seven_days", {"hours_per_day": 0}),
        ("orders_capacity_a_week_has_seven_days", {"hours_per_day": 25}),
    ],
)
def test_capacity_of_hands(budi, name, values):
    refused(Capacity.objects.all(), name, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [("orders_closure_dates_in_order", {"until_on": day(0)}), ("orders_closure_for_a_reason", {"reason": ""})],
)
def test_closed_days(budi, name, values):
    services.close_workshop(business_of(budi), from_on=day(1), until_on=day(1), reason="nikahan", by=budi.user)
    refused(Closure.objects.all(), name, **values)


def test_a_material_is_no_work(sandal):
    refused(Item.objects.all(), "pricing_item_material_is_no_work", kind="material", sewing=5)


def test_history_is_protected(delivery, budi, sandal):
    for row in (budi, sandal, Order.objects.get(), Offer.objects.get(), Claim.objects.get()):
        with pytest.raises(ProtectedError):
            row.delete()
    assert Delivery.objects.get().delivered == Decimal(20)
