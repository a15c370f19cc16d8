"""Finished goods of a neighbour for an order: 400 = 280 mine + 60 of neighbours + 10 finished + 50 open."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from orders import queries, services
from orders.models import GoodsTaken
from stock import services as stock
from stock.models import StockLoan
from tests.orders.builders import MONDAY, a_claim, a_confirmed_delivery, a_workshop, an_offer, an_order, day
from tests.orders.test_views import post
from tests.stock.builders import stock_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(budi, siti, tono, sandal, chair):
    """400 pairs, of which 280 fit into four weeks; Siti makes 60, Tono has 30 finished."""
    stock_rules(by=chair)
    made(tono, sandal, 30)
    order = an_order(budi, sandal, quantity=400)
    a_claim(an_offer(order, quantity=60), siti, quantity=60)
    return order


def made(member, item, quantity, *, on=MONDAY):
    stock.record(member, item=item, kind="made", quantity=Decimal(quantity), on=on, by=member.user)


def taken(order, lender, quantity=10, *, on=MONDAY, **facts):
    line = order.lines.get()
    facts = {"agreed": "money", "due_on": order.due_on, "handed_on": on} | facts
    return services.take_goods(line, lender=lender, quantity=Decimal(quantity), on=on, by=order.member.user, **facts)


def sums(order, *, as_of=MONDAY):
    [row] = queries.package(order, as_of=as_of).work
    parts = [int(part) for part in (row.mine, row.line.taken, row.line.goods_taken, row.too_much)]
    assert sum(parts) == row.line.base_quantity
    return parts


def test_what_is_taken_counts_when_the_owner_says_yes(order, budi, tono, sandal):
    assert sums(order) == [280, 60, 0, 60]
    goods = taken(order, tono)
    assert sums(order) == [280, 60, 0, 60]
    stock.confirm(goods.loan, on=MONDAY, by=tono.user)
    assert sums(order) == [280, 60, 10, 50]
    line = order.lines.get()
    assert (queries.own_part(line), queries.not_offered(line, as_of=MONDAY)) == (330, 330)
    assert queries.capacity_answer(order, as_of=MONDAY).to_make == 330


def test_the_material_for_them_is_not_needed_twice_nor_saved_twice(order, budi, tono, sandal, secretary):
    """Budi's 330 pairs take 330 tins; the ten finished ones in his stock are those of the order, not ten more."""
    from tests.pricing.builders import an_item  # noqa: PLC0415

    glue = an_item("LEM", name="Lem", kind="material", base="tin", by=secretary)
    stock.write_bill(sandal, material=glue, quantity=Decimal(1), waste_bp=0, by=secretary)
    goods = taken(order, tono)
    stock.confirm(goods.loan, on=MONDAY, by=tono.user)
    from orders.hooks import needs  # noqa: PLC0415

    assert sum(need.quantity for need in needs(as_of=MONDAY, items=[glue.pk], members=[budi.pk])) == 330 + 60


def test_what_is_refused(order, budi, siti, tono, supervisor):
    with pytest.raises(Refused) as refusal:  # more than is open: 400 − 60 with Siti
        taken(order, tono, 341)
    assert refusal.value.field == "quantity"
    with pytest.raises(Refused):  # more than Tono has
        taken(order, tono, 31)
    with pytest.raises(Refused):  # without a day
        taken(order, tono, due_on=None)
    facts = {"agreed": "money", "due_on": order.due_on, "handed_on": MONDAY, "on": MONDAY}
    for stranger in (siti.user, supervisor):
        with pytest.raises(Refused):
            services.take_goods(order.lines.get(), lender=tono, quantity=Decimal(1), by=stranger, **facts)
    assert not StockLoan.objects.exists()


def test_a_no_leaves_everything_as_it_was_and_a_loan_is_for_one_line(order, tono):
    goods = taken(order, tono)
    stock.decline(goods.loan, reason="sudah dipesan", on=MONDAY, by=tono.user)
    assert sums(order) == [280, 60, 0, 60]
    with pytest.raises(IntegrityError), transaction.atomic():
        GoodsTaken.objects.create(line=order.lines.get(), loan=goods.loan)


def test_what_came_back_not_good_is_open_again_and_the_page_asks_what_to_do(client, order, budi, siti):
    claim = order.lines.get().offers.get().claims.get()
    a_confirmed_delivery(claim, accepted=55, on=day(1))
    assert sums(order, as_of=day(2))[1] == 55
    client.force_login(budi.user)
    page = client.get(reverse("orders:help", args=[order.pk])).content.decode()
    assert "5 pasang kembali" in page


def test_shared_from_the_page_with_its_buttons(client, budi, siti, tono, sandal, chair):
    stock_rules(by=chair)
    made(tono, sandal, 30, on=today())
    order = an_order(budi, sandal, quantity=400, on=today())
    line = order.lines.get()
    offer = an_offer(order, quantity=60, on=today(), is_shared=True)
    services.ask(offer, member=siti, quantity=Decimal(20), on=today(), by=siti.user)
    client.force_login(budi.user)
    page = client.get(reverse("orders:help", args=[order.pk])).content.decode()
    assert reverse("orders:accept-request", args=[offer.requests.get().pk]) in page
    assert reverse("orders:take-goods", args=[line.pk]) in page
    data = {"lender": tono.pk, "quantity": "10", "unit": sandal.base_unit_id, "agreed": "money", "price": "10.000"}
    data |= {"due_on": order.due_on, "handed_on": today()}
    assert post(client, "take-goods", data, line.pk).status_code == 302
    assert GoodsTaken.objects.get().loan.lender == tono
    client.force_login(siti.user)
    assert client.get(reverse("orders:take-goods", args=[line.pk])).status_code == 404


def test_the_page_takes_as_many_queries_for_ten_makers_as_for_two(client, budi, sandal, secretary, chair):
    stock_rules(by=chair)
    order = an_order(budi, sandal, quantity=400, on=today())
    offer = an_offer(order, quantity=200, on=today())

    def a_maker(number):
        maker = a_workshop(f"Pengrajin{number}", by=secretary)
        a_claim(offer, maker, quantity=5, on=today())
        made(maker, sandal, 3, on=today())
        taken(order, maker, 2, on=today())

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("orders:help", args=[order.pk])).status_code == 200
        return len(captured)

    for number in range(2):
        a_maker(number)
    client.force_login(budi.user)
    before = count()
    for number in range(2, 10):
        a_maker(number)
    assert count() == before
