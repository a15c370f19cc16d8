"""Before the yes: 70 pairs a week are 10 a day, an order of 400 in four weeks does not fit by 120."""

import datetime
from decimal import Decimal

import pytest

from core.dates import today
from core.errors import Refused
from orders import services
from orders.models import Offer, Order
from orders.services import Rest, Wanted
from tests.orders.builders import MONDAY, a_buyer, an_order, day
from tests.orders.test_views import post, yes
from tests.pricing.builders import an_item

FOUR_WEEKS = datetime.timedelta(days=28)


def facts(member, item, *, quantity=400, **more):
    return {
        "partner": a_buyer().pk,
        "member": member.pk,
        "on": today().isoformat(),
        "due_on": (today() + FOUR_WEEKS).isoformat(),
        "item": item.pk,
        "quantity": str(quantity),
        "unit": item.base_unit_id,
    } | more


def test_the_page_says_what_fits_week_by_week_before_anything_is_written(client, budi, sandal):
    an_order(budi, sandal, quantity=35, on=today(), due=7)
    client.force_login(budi.user)
    page = post(client, "take", facts(budi, sandal))
    fit = page.context["fit"]
    assert not Order.objects.filter(lines__base_quantity=400).exists()
    assert (fit["answer"].fits, fit["answer"].too_much) == (245, 155)
    assert fit["answer"].ready_on == today() + datetime.timedelta(days=44)  # 435 ÷ 10
    assert fit["is_late"]
    first, second = fit["weeks"][:2]
    assert (first.rest, first.more, first.percent) == (50, 50, 100)
    assert (second.rest, second.more) == (0, 100)
    [(line, more, price)] = fit["rest"]
    assert (more, line.item, price.name) == (155, sandal, "maker_price")
    assert "155" in page.content.decode()


def test_what_fits_is_taken_with_one_yes(client, budi, sandal):
    client.force_login(budi.user)
    data = facts(budi, sandal, quantity=100)
    page = post(client, "take", data)
    assert page.context["fit"]["rest"] == []
    assert yes(client, page, data).status_code == 302
    assert not Offer.objects.exists()


def test_a_yes_to_another_order_shows_what_fits_once_more(client, budi, sandal):
    client.force_login(budi.user)
    page = post(client, "take", facts(budi, sandal, quantity=100))
    again = yes(client, page, facts(budi, sandal, quantity=1_000))
    assert again.status_code == 200
    assert again.context["fit"]["answer"].too_much == 720
    assert not Order.objects.exists()


def test_one_tap_takes_the_order_and_offers_the_rest(client, budi, sandal):
    client.force_login(budi.user)
    data = facts(budi, sandal)
    page = post(client, "take", data)
    form = page.context["form"]
    asked = {name: form[name].value() for name in ("offer_due_on", "offer_closes_on", "material_included")}
    without = yes(client, page, data | asked, answer="offer")
    assert "maker_price" in without.context["form"].errors
    assert not Order.objects.exists()  # both or neither

    terms = {"maker_price": "9.000", "step": "20", "rejects": "rework", "late_penalty": "5.000", "advance_bp": "20"}
    done = yes(client, without, data | asked | terms, answer="offer")
    assert done.status_code == 302
    offer = Offer.objects.get()
    assert (offer.quantity, offer.maker_price, offer.line.base_quantity) == (120, 9_000, 400)
    assert (offer.is_shared, offer.step, offer.rejects) == (True, 20, "rework")
    assert (offer.late_penalty, offer.advance_bp) == (5_000, 2_000)
    assert offer.due_on == today() + FOUR_WEEKS - datetime.timedelta(days=2)

    page = post(client, "take", data)  # the next time the page proposes the same price
    assert page.context["form"]["maker_price"].value() == "9.000"


def test_a_lot_larger_than_what_does_not_fit_undoes_the_order(client, budi, sandal):
    """Of 75 pairs in a week 5 do not fit: nobody could ask for a whole kodi of them."""
    client.force_login(budi.user)
    data = facts(budi, sandal, quantity=75, due_on=(today() + datetime.timedelta(days=7)).isoformat())
    page = post(client, "take", data)
    form = page.context["form"]
    dates = {name: form[name].value() for name in ("offer_due_on", "offer_closes_on")}
    again = yes(client, page, data | dates | {"maker_price": "9.000", "step": "20"}, answer="offer")
    assert "step" in again.context["form"].errors
    assert not Order.objects.exists()


def test_a_second_tap_is_told_on_the_page(client, budi, sandal):
    client.force_login(budi.user)
    data = facts(budi, sandal, quantity=100)
    page = post(client, "take", data)
    yes(client, page, data)
    again = yes(client, page, data)
    assert Order.objects.count() == 1
    assert "sudah terkirim dan sudah dijalankan" in again.content.decode()


def test_taken_all_the_same_stays_with_the_workshop(client, budi, sandal):
    client.force_login(budi.user)
    data = facts(budi, sandal)
    assert yes(client, post(client, "take", data), data).status_code == 302
    assert Order.objects.get().lines.get().base_quantity == 400
    assert not Offer.objects.exists()


def test_an_offer_above_the_buyers_price_undoes_the_order(budi, sandal, secretary, chair):
    belt = an_item("SBK", name="Sabuk", base="piece", by=secretary)
    lines = [
        Wanted(sandal, sandal.base_unit, Decimal(200)),
        Wanted(belt, belt.base_unit, Decimal(200), 80_000, "belum di daftar"),
    ]
    order = {"partner": a_buyer(), "lines": lines, "due_on": day(28), "on": MONDAY, "by": budi.user}
    rest = Rest({1: 80_001}, closes_on=day(5), due_on=day(26))
    with pytest.raises(Refused) as refusal:
        services.take_and_offer(budi, rest=rest, offered_on=MONDAY, **order)
    assert refusal.value.field == "maker_price_2"
    with pytest.raises(Refused) as refusal:
        services.take_and_offer(budi, rest=Rest({1: 60_000}, day(29), day(30)), offered_on=MONDAY, **order)
    assert refusal.value.field == "offer_due_on"
    assert not Order.objects.exists()
    services.take_and_offer(budi, rest=Rest({1: 60_000}, day(5), day(26)), offered_on=MONDAY, **order)
    assert Offer.objects.get().quantity == 120  # of 280 the sandals take 200
