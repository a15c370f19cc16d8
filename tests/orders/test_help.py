"""A big order on one page, worked out by hand: 70 kodi of sandals arrive at a workshop that makes 100 pairs a week."""

import datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlparse

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from loans.models import LoanProduct
from orders import queries, services
from orders.models import Offer
from stock import services as stock
from stock.models import JointPurchase
from tests.loans.builders import a_product, loan_rules
from tests.orders.builders import MONDAY, a_workshop, an_order, day
from tests.orders.test_views import post
from tests.pricing.builders import a_price_list, an_item, unit
from tests.stock.builders import bought, stock_rules


@pytest.fixture
def leather(sandal, secretary, chair):
    """1.5 SF a pair and 10 % waste, Rp 33.000 the SF: 1,400 pairs take 2,310 SF."""
    item = an_item("KL", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    stock.write_bill(sandal, material=item, quantity=Decimal("1.5"), waste_bp=1_000, by=secretary)
    stock_rules(by=chair)
    return item


@pytest.fixture
def priced(leather, sandal, secretary, chair):
    a_price_list({sandal: 12_000, leather: 33_000}, start=day(-10), drafter=secretary, decider=chair)
    return leather


@pytest.fixture
def order(budi, sandal):
    """70 kodi, due in four weeks: 28 days of 10 pairs are 280."""
    return an_order(budi, sandal, quantity=70, unit=unit("kodi"))


def test_the_worked_example(order, budi, siti, tono, sandal, priced):
    """280 of 1,400 fit; Siti and Tono have room for 280 each and get it. Budi has 500 SF, Siti can spare 300: 1,810 are

    missing; 1,510 of them nobody can lend, 49,830,000; 300 are bought again for 9,900,000 before they go back.
    """
    bought(budi, priced, 500)
    bought(siti, priced, 300)
    found = queries.package(order, as_of=MONDAY)
    [work], [material] = found.work, found.material
    assert (work.too_much, work.to_offer) == (1_120, 1_120)
    assert sorted((hand.name, hand.part) for hand in work.hands) == [(siti.name, 280), (tono.name, 280)]
    assert (material.needed, material.own, material.missing) == (2_310, 500, 1_810)
    assert (material.to_borrow, material.to_buy, material.cost) == (300, 1_510, 49_830_000)
    assert material.cost_later == 9_900_000
    assert not found.is_ready


def test_what_earlier_orders_need_is_not_at_hand(order, budi, sandal, priced):
    bought(budi, priced, 500)
    an_order(budi, sandal, quantity=100, due=14)  # takes 165 SF first
    [material] = queries.package(order, as_of=MONDAY).material
    assert material.own == 335


def test_a_small_order_with_material_is_ready(budi, sandal, priced):
    small = an_order(budi, sandal, quantity=20)
    bought(budi, priced, 33)
    found = queries.package(small, as_of=MONDAY)
    assert found.is_ready
    assert (found.cost, found.capital) == (0, None)


def test_the_rest_is_offered_in_one_go_to_be_shared(order, budi, siti, tono, priced):
    terms = {
        "prices": {order.lines.get(): 9_000},
        "material_included": True,
        "closes_on": day(5),
        "due_on": day(26),
        "step": Decimal(20),
        "late_penalty": 5_000,
        "at_a_loss": True,  # leather at 33.000 the SF
        "on": MONDAY,
    }
    with pytest.raises(Refused):
        services.offer_rest(order, by=siti.user, **terms)
    [offer] = services.offer_rest(order, by=budi.user, **terms)
    assert (offer.quantity, offer.is_shared, offer.maker_price) == (1_120, True, 9_000)
    assert (offer.step, offer.late_penalty) == (20, 5_000)
    assert "280 pasang" in " ".join(siti.user.notices.values_list("text", flat=True))
    with pytest.raises(Refused):
        services.offer_rest(order, by=budi.user, **terms)


def test_what_is_missing_is_bought_together_once(order, budi, siti, priced):
    bought(budi, priced, 500)
    purchase = services.buy_together(order, on=MONDAY, by=budi.user)
    need = purchase.needs.get()
    assert (need.member, need.quantity, purchase.needed_on) == (budi, 1_810, day(21))
    with pytest.raises(Refused):
        services.buy_together(order, on=MONDAY, by=budi.user)
    with pytest.raises(Refused):
        services.buy_together(order, on=MONDAY, by=siti.user)


def test_the_loan_is_filled_in_and_ends_after_the_delivery(order, priced, chair):
    """Due on day 28: one monthly instalment falls on 2 April, day 31."""
    loan_rules(by=chair, on=day(-300), most_amount=100_000_000)
    found = queries.package(order, as_of=MONDAY)
    capital = found.capital
    assert (capital.product, capital.principal) == (LoanProduct.objects.get().pk, 2_310 * 33_000)
    assert capital.instalments == 1
    assert queries.package(order, as_of=day(-9)).capital is None  # nothing is ordered yet, so nothing is missing


def test_the_loan_waits_for_the_buyers_money_and_moves_with_the_delivery(budi, sandal, priced, chair):
    """100 pairs take 165 SF, 5,445,000. Due on day 28, 30 March: 2 April is the first instalment after it. A buyer who

    takes 30 days to pay brings the money on 29 April, so 2 May; a delivery on day 70, 11 May, brings it to 2 June.
    """
    loan_rules(by=chair, on=day(-300))
    order = an_order(budi, sandal, quantity=100)
    assert queries.package(order, as_of=MONDAY).capital.last_on == datetime.date(2026, 4, 2)
    order.terms_days = 30
    capital = queries.package(order, as_of=MONDAY).capital
    assert (capital.instalments, capital.last_on, capital.beyond) == (2, datetime.date(2026, 5, 2), 0)
    order.terms_days, order.due_on = 0, day(70)
    assert queries.package(order, as_of=MONDAY).capital.instalments == 3


def test_the_loan_is_no_more_than_the_product_lends(order, priced, chair):
    """10,000,000 of 2,310 × 33,000 = 76,230,000; another product lends 50,000,000 and comes first."""
    loan_rules(by=chair, on=day(-300))
    capital = queries.package(order, as_of=MONDAY).capital
    assert (capital.principal, capital.beyond) == (10_000_000, 66_230_000)
    product = a_product("besar", "Modal besar", by=chair)
    big = loan_rules(by=chair, on=day(-300), product=product, most_amount=50_000_000)
    capital = queries.package(order, as_of=MONDAY).capital
    assert (capital.product, capital.principal, capital.beyond) == (big.product_id, 50_000_000, 26_230_000)


def test_the_page_is_shown_before_the_members_have_decided_on_lending(client, budi, sandal, secretary):
    item = an_item("KL", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    stock.write_bill(sandal, material=item, quantity=Decimal(1), by=secretary)
    order = an_order(budi, sandal)
    client.force_login(budi.user)
    page = client.get(reverse("orders:help", args=[order.pk]))
    assert page.status_code == 200
    assert "Kulit sapi" in page.content.decode()


@pytest.fixture
def order_of_today(budi, siti, tono, sandal, priced):
    return an_order(budi, sandal, quantity=70, unit=unit("kodi"), on=today())


def test_the_page_and_its_buttons(client, order_of_today, budi, siti, chair, sandal):
    loan_rules(by=chair, on=day(-300), most_amount=100_000_000)
    client.force_login(budi.user)
    order = order_of_today
    page = client.get(reverse("orders:help", args=[order.pk]))
    filled = parse_qs(urlparse(page.context["loan_url"]).query)
    assert filled["principal"] == ["76230000"]
    assert order.number in filled["purpose"][0]
    form = client.get(page.context["loan_url"]).context["form"]
    assert form["purpose"].value() == filled["purpose"][0]
    assert post(client, "buy-together", {}, order.pk).status_code == 302
    assert JointPurchase.objects.get().url == reverse("orders:help", args=[order.pk])
    data = {f"price_{order.lines.get().pk}": "9.000", "material_included": "on", "at_a_loss": "on"}
    shown = client.get(reverse("orders:offer-rest", args=[order.pk])).context["form"]
    data |= {name: shown[name].value() for name in ("due_on", "closes_on")}
    assert post(client, "offer-rest", data, order.pk).status_code == 302
    assert Offer.objects.get().quantity == 1_120
    assert client.get(reverse("orders:help", args=[order.pk])).status_code == 200
    assert reverse("orders:help", args=[order.pk]) in client.get(reverse("orders:detail", args=[order.pk])).text


def test_a_neighbour_does_not_open_it(client, order_of_today, siti, secretary):
    client.force_login(siti.user)
    for name in ("help", "offer-rest", "buy-together"):
        assert client.get(reverse(f"orders:{name}", args=[order_of_today.pk])).status_code == 404
    client.force_login(secretary)
    assert client.get(reverse("orders:help", args=[order_of_today.pk])).status_code == 200


def test_the_page_asks_no_more_when_there_are_more_members(client, order_of_today, budi, secretary, priced):
    def count():
        with CaptureQueriesContext(connection) as run:
            client.get(reverse("orders:help", args=[order_of_today.pk]))
        return len(run)

    client.force_login(budi.user)
    few = count()
    for number in range(6):
        neighbour = a_workshop(f"Tetangga{number} Baru", by=secretary)
        bought(neighbour, priced, 10, on=today())
    assert count() == few
