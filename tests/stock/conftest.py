"""Three neighbours, leather by the square foot at Rp 30.000, and glue by the tin that is on no list."""

import datetime
from decimal import Decimal

import pytest

from pricing import services as pricing
from stock import needs
from tests.pricing.builders import a_price_list, an_item, unit
from tests.stock.builders import a_crafter, day, stock_rules


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


@pytest.fixture
def orders(monkeypatch):
    """The orders of this test in place of the real ones: `orders(member, item, 40, due=20)`."""
    written = []

    def order(member, item, quantity, *, due, label="PS-2026-0001"):
        need = needs.OrderNeed(member.pk, item.pk, day(due), Decimal(quantity), label, "/orders/1/")
        written.append(need)
        return need

    def source(*, as_of, items, members):
        return [
            need
            for need in written
            if (items is None or need.item_id in items) and (members is None or need.member_id in members)
        ]

    monkeypatch.setattr(needs, "_sources", {"test": "test"})
    monkeypatch.setattr(needs, "import_string", lambda _path: source)
    order.written = written
    return order
