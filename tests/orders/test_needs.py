"""The lender's own orders say when his leather must be back, and say it anew when they move."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from core.dates import today
from core.models import Notice
from orders import hooks as needs
from orders import services
from pricing.models import Item
from sales import services as sales
from stock import queries
from stock import services as stock
from stock.models import StockLoan
from tests.orders.builders import MONDAY, a_claim, an_offer, an_order, day
from tests.pricing.builders import an_item
from tests.stock.builders import bought, lent, stock_rules


@pytest.fixture
def leather(sandal, secretary, chair):
    """1.5 SF a pair and 10 % waste: 1.65 SF."""
    item = an_item("KL", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    stock.write_bill(sandal, material=item, quantity=Decimal("1.5"), waste_bp=1_000, by=secretary)
    stock_rules(by=chair)
    return item


def needed(member=None, as_of=MONDAY):
    found = needs.needs(as_of=as_of, items=None, members=[member.pk] if member else None)
    return [(need.due_on, need.quantity) for need in found]


def return_on(loan, on=MONDAY) -> datetime.date:
    [row] = queries.outlooks(StockLoan.objects.running(as_of=on).filter(pk=loan.pk), as_of=on)
    return row.return_on


def test_an_order_takes_its_bill_times_its_quantity(budi, siti, sandal, leather):
    an_order(budi, sandal, quantity=100)
    assert needed(budi) == [(day(28), Decimal(165))]
    assert needed(siti) == []
    assert needed() == [(day(28), Decimal(165))]
    assert needs.needs(as_of=MONDAY, items=[Item.objects.get(code="SDL").pk], members=None) == []
    assert needed(budi, day(-1)) == []


def test_what_lies_there_finished_is_not_made_again(budi, sandal, leather):
    an_order(budi, sandal, quantity=20, due=14)
    an_order(budi, sandal, quantity=20, due=28)
    stock.record(budi, item=sandal, kind="made", quantity=Decimal(30), on=MONDAY, by=budi.user)
    assert needed(budi) == [(day(28), Decimal("16.5"))]


def test_handed_work_takes_the_makers_material_unless_it_goes_along(budi, siti, tono, sandal, leather):
    own = an_offer(an_order(budi, sandal, quantity=100), quantity=40, material=False)
    a_claim(own, siti, quantity=20)
    assert needed(siti) == [(day(21), Decimal(33))]
    assert needed(budi) == [(day(28), Decimal(132))]
    along = an_offer(an_order(tono, sandal, quantity=40), quantity=40, material=True)
    a_claim(along, siti, quantity=40)
    assert needed(tono) == [(day(21), Decimal(66))]
    assert needed(siti) == [(day(21), Decimal(33))]


def test_the_day_of_return_moves_when_the_order_moves(budi, siti, sandal, leather):
    """Budi lends 40 of 100 SF. Without an order it is back after 30 days. An order of 50 pairs takes 82.5 SF and is

    due on day 28, so on day 21 he lacks 22.5. It is cancelled, and the term counts again.
    """
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 40, price=30_000)
    assert return_on(loan) == day(30)
    order = an_order(budi, sandal, quantity=50, on=day(1), due=27)
    assert return_on(loan, day(1)) == day(21)
    notice = Notice.objects.filter(to=siti.user).latest("pk")
    assert order.number in notice.text
    services.cancel(order, reason="pembeli batal", on=day(2), by=budi.user)
    assert return_on(loan, day(2)) == day(30)
    assert [told.return_on for told in loan.told_dates.order_by("pk")] == [day(30), day(21), day(30)]


def test_the_order_that_asks_for_it_opens_for_the_lender_only(client, budi, siti, sandal, leather):
    bought(budi, leather, 100, on=today())
    loan = lent(budi, siti, leather, 40, on=today(), price=30_000)
    order = an_order(budi, sandal, quantity=50, on=today())
    url, page = reverse("orders:detail", args=[order.pk]), reverse("stock:loan", args=[loan.pk])
    for member, sees in ((budi, True), (siti, False)):
        client.force_login(member.user)
        text = client.get(page).text
        assert order.number in text
        assert (f'href="{url}"' in text) is sees


def test_a_finished_order_takes_nothing_any_more(budi, sandal, leather):
    order = an_order(budi, sandal, quantity=10)
    sales.finish(order, on=day(3), by=budi.user)
    assert needed(budi, day(2)) == [(day(28), Decimal("16.5"))]
    assert needed(budi, day(3)) == []


def test_what_went_along_is_the_makers_from_then_on(budi, siti, sandal, leather):
    """20 pairs take 33 SF; 20 SF went along and 5 came back, so Budi still gives 18 and Siti keeps 15 for it."""
    bought(budi, leather, 100)
    claim = a_claim(an_offer(an_order(budi, sandal, quantity=20), quantity=20, material=True), siti, quantity=20)
    given = services.give_material(claim, item=leather, quantity=Decimal(20), on=day(1), by=budi.user)
    services.confirm_material(given, on=day(1), by=siti.user)
    assert (needed(budi, day(1)), needed(siti, day(1))) == ([(day(21), 13)], [(day(21), 20)])
    services.return_material(given, quantity=Decimal(5), on=day(2), by=budi.user)
    assert (needed(budi, day(2)), needed(siti, day(2))) == ([(day(21), 18)], [(day(21), 15)])
    assert queries.held(siti, leather, as_of=day(2)) == 15
