"""Three neighbours, leather by the square foot at Rp 30.000, and glue by the tin that is on no list."""

import datetime
from decimal import Decimal

import pytest

from pricing import services as pricing
from tests.pricing.builders import a_price_list, an_item, unit
from tests.stock.builders import a_crafter


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
