"""“Help!” at 360 px without JavaScript: four stories of neighbours, told tap by tap.

The figures: Budi makes 70 pairs a week, so of 400 in four weeks 280 fit and 120 do not.
"""

from decimal import Decimal

import pytest
from django.urls import reverse

from orders import queries
from orders.models import Claim, GoodsTaken, Offer, Order
from pricing.models import Item
from stock import queries as stock_queries
from stock import services as stock
from stock.models import StockLoan, StockRequest, StockReturn
from tests.books import assert_clean
from tests.browser.conftest import PHONE
from tests.orders.builders import MONDAY, a_workshop, an_order, day
from tests.pricing.builders import a_price_list, an_item
from tests.stock.builders import bought, stock_rules


class Phone:
    """One person's window: what is tapped and sent counts as a tap, what is typed or chosen does not."""

    def __init__(self, page):
        self.page, self.taps = page, 0
        page.goto("/")

    def tap(self, address):
        """Follow the first link in sight that leads there."""
        self.taps += 1
        with self.page.expect_navigation():
            self.page.locator(f"a[href^='{address}']:visible").first.click()

    def send(self, **values):
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]")
            if field.first.get_attribute("type") == "radio":
                self.page.locator(f"main [name={name}][value={value}]").check(force=True)
            else:
                field.fill(str(value))
        self.taps += 1
        with self.page.expect_navigation():
            self.page.locator("main form .button.primary").first.click()

    @property
    def words(self):
        return self.page.locator("main").inner_text()


@pytest.fixture
def phone(log_in, open_page):
    return lambda member: Phone(log_in(open_page(size=PHONE, scripts=False), member.user))


@pytest.fixture
def sandal(books, chair, secretary):
    stock_rules(by=chair)
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    leather = an_item("KLT", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    a_price_list({sandal: 12_000, leather: 6_500}, drafter=secretary, decider=chair)
    return sandal


@pytest.fixture
def budi(secretary):
    return a_workshop("Budi Hartono", by=secretary)


@pytest.fixture
def siti(secretary):
    return a_workshop("Siti Rahayu", by=secretary)


@pytest.fixture
def tono(secretary):
    return a_workshop("Tono Prasetyo", by=secretary)


def test_too_many_orders_in_at_most_six_taps(phone, it_is, sandal, budi, siti, tono):
    it_is(MONDAY)
    order = an_order(budi, sandal, quantity=400)
    budis = phone(budi)
    budis.tap(reverse("orders:work"))
    budis.tap("/orders/too-much/")
    assert "Belum ada yang mengerjakan" in budis.words
    budis.tap(f"/orders/{order.pk}/help/offer/")
    budis.send(**{f"price_{order.lines.get().pk}": "9.000"})
    assert budis.taps <= 6
    offer = Offer.objects.get()
    assert (offer.quantity, offer.is_shared) == (120, True)
    sitis = phone(siti)
    sitis.tap(reverse("orders:work"))
    sitis.tap("/orders/board/")
    sitis.tap(f"/orders/offers/{offer.pk}/")
    sitis.send(quantity=50)
    budis.page.goto(f"/orders/{order.pk}/help/")
    assert siti.name in budis.words
    budis.tap(f"/orders/requests/{offer.requests.get().pk}/accept/")
    budis.send()
    assert Claim.objects.get().quantity == 50
    budis.page.goto(f"/orders/{order.pk}/help/")
    [row] = queries.package(order, as_of=MONDAY).work
    assert [row.mine, row.line.taken, row.too_much, row.on_board] == [280, 50, 70, 70]


def test_finished_goods_of_a_neighbour_fill_a_part(phone, it_is, sandal, budi, tono):
    it_is(MONDAY)
    stock.record(tono, item=sandal, kind="made", quantity=Decimal(30), on=MONDAY, by=tono.user)
    order = an_order(budi, sandal, quantity=400)
    line = order.lines.get()
    budis = phone(budi)
    budis.tap(reverse("orders:work"))
    budis.tap("/orders/too-much/")
    budis.tap(f"/orders/lines/{line.pk}/goods/")
    budis.send(quantity=20, agreed="money", price="10.000")
    loan = GoodsTaken.objects.get().loan
    tonos = phone(tono)
    tonos.page.goto(f"/stock/loans/{loan.pk}/")
    tonos.tap(f"/stock/loans/{loan.pk}/confirm/")
    tonos.send()
    budis.page.goto(f"/orders/{order.pk}/help/")
    assert "Barang jadi diambil" in budis.words
    [row] = queries.package(order, as_of=MONDAY).work
    assert [row.mine, row.line.goods_taken, row.too_much] == [280, 20, 100]
    assert_clean(MONDAY)


def test_leather_is_asked_for_lent_and_back_before_it_is_needed(phone, it_is, sandal, budi, siti, tono):
    """Siti has 60 feet; Budi asks for 40, gets 40, buys as much again and gives it back."""
    it_is(MONDAY)
    leather = Item.objects.get(code="KLT")
    bought(siti, leather, 60)
    budis, sitis = phone(budi), phone(siti)
    budis.tap(reverse("orders:work"))
    budis.tap("/stock/need/material/")
    budis.tap(f"/stock/ask/{leather.pk}/")
    budis.send(quantity=40)
    asked = StockRequest.objects.get()
    sitis.tap(reverse("orders:work"))
    sitis.tap(f"/stock/requests/{asked.pk}/")
    sitis.tap(f"/stock/requests/{asked.pk}/yes/")
    sitis.send()
    loan = StockLoan.objects.get()
    assert (loan.lender, loan.quantity) == (siti, 40)
    budis.page.goto("/stock/loans/")
    budis.tap(f"/stock/loans/{loan.pk}/confirm/")
    budis.send()
    it_is(day(10))
    bought(budi, leather, 40, on=day(10))
    budis.page.goto(f"/stock/loans/{loan.pk}/")
    budis.tap(f"/stock/loans/{loan.pk}/give-back/")
    budis.send()
    sitis.page.goto("/stock/loans/")
    sitis.tap(f"/stock/returns/{StockReturn.objects.get().pk}/confirm/")
    sitis.send()
    assert stock_queries.held(siti, leather, as_of=day(10)) == 60
    assert stock_queries.held(budi, leather, as_of=day(10)) == 40


def test_a_large_order_is_split_and_everybody_reads_why(phone, it_is, sandal, budi, siti, tono):
    it_is(MONDAY)
    order = an_order(budi, sandal, quantity=400)
    budis = phone(budi)
    budis.tap(reverse("orders:work"))
    budis.tap("/orders/too-much/")
    budis.tap(f"/orders/{order.pk}/help/offer/")
    budis.send(**{f"price_{order.lines.get().pk}": "9.000"})
    offer = Offer.objects.get()
    for member, wish in ((siti, 40), (tono, 120)):
        other = phone(member)
        other.page.goto(f"/orders/offers/{offer.pk}/")
        other.send(quantity=wish)
    budis.page.goto(f"/orders/offers/{offer.pk}/")
    budis.tap(f"/orders/offers/{offer.pk}/close/")
    budis.send()
    assert {claim.member: int(claim.quantity) for claim in Claim.objects.all()} == {siti: 40, tono: 80}
    sitis = phone(siti)
    sitis.page.goto(f"/orders/rounds/{offer.round.pk}/")
    assert "Meminta 40 pasang" in sitis.words
    [row] = queries.package(Order.objects.get(), as_of=MONDAY).work
    assert [row.mine, row.line.taken, row.too_much] == [280, 120, 0]
