"""Three neighbours, leather by the square foot at Rp 30.000, and glue by the tin that is on no list."""

import datetime
from decimal import Decimal

import pytest

from core import hooks
from pricing import services as pricing
from stock import needs, services
from tests import builders
from tests.pricing.builders import a_price_list, an_item, unit
from tests.stock.builders import MONDAY, a_crafter, day, ordered, stock_rules


@pytest.fixture
def leather(secretary, chair):
    item = an_item("KL", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    pricing.set_conversion(item, unit=unit("sheet"), in_base=Decimal("22.5"), by=secretary)
    a_price_list({item: 30_000}, start=datetime.date(2026, 1, 12), drafter=secretary, decider=chair)
    return item


@pytest.fixture
def glue(secretary):
    return an_item("LEM", name="Lem kuning", kind="material", base="tin", by=secretary)


@pytest.fixture
def sandal(secretary):
    return an_item("SDL", name="Sandal kulit", by=secretary)


@pytest.fixture
def budi(secretary):
    return a_crafter("Budi Hartono", by=secretary)


@pytest.fixture
def siti(secretary):
    return a_crafter("Siti Rahayu", by=secretary)


@pytest.fixture
def tono(secretary):
    return a_crafter("Tono Prasetyo", by=secretary)


@pytest.fixture
def rules(chair):
    return stock_rules(by=chair)


ORDERED: list[needs.OrderNeed] = []


@pytest.fixture
def orders(monkeypatch):
    """The orders of this test in place of the real ones: `orders(member, item, 40, due=20)`."""
    ORDERED.clear()

    def order(member, item, quantity, *, due, label="PS-2026-0001"):
        need = needs.OrderNeed(member.pk, item.pk, day(due), Decimal(quantity), label, "/orders/1/")
        ORDERED.append(need)
        return need

    monkeypatch.setitem(hooks.registered(), "needs.orders", "tests.stock.conftest.needed")
    order.written = ORDERED
    return order


def needed(*, as_of, items, members):
    return [
        need
        for need in ORDERED
        if (items is None or need.item_id in items) and (members is None or need.member_id in members)
    ]


@pytest.fixture
def tanner(secretary):
    return builders.a_partner("Penyamak Magetan", kind="supplier", market="", by=secretary)


@pytest.fixture
def purchase(budi, siti, tono, leather, glue):
    """60, 45 and 45 SF of leather for the three of them, and 3 tins of glue for Budi."""
    purchase = services.open_purchase(purpose="Kulit Desember", needed_on=day(20), on=MONDAY, by=budi.user)
    for member, item, quantity in ((budi, leather, 60), (siti, leather, 45), (tono, leather, 45), (budi, glue, 3)):
        services.join(purchase, member=member, item=item, quantity=Decimal(quantity), on=MONDAY, by=member.user)
    return purchase


@pytest.fixture
def arrived(purchase, tanner, leather, glue, budi, chair, treasurer):
    """Only 100 SF arrive, for 3,300,001 with the transport; the glue as ordered."""
    ordered(purchase, tanner, leather, glue, budi=budi, chair=chair)
    lines = {leather: (Decimal(100), 3_300_001), glue: (Decimal(3), 135_000)}
    services.receive(purchase, lines=lines, on=day(8), by=treasurer)
    return purchase
