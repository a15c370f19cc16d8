"""Three workshops, a sandal at Rp 12.000 a pair, and books that are open."""

import datetime

import pytest

from tests.orders.builders import a_workshop
from tests.pricing.builders import a_price_list, an_item


@pytest.fixture
def sandal(secretary, chair):
    item = an_item("SDL", name="Sandal kulit", by=secretary)
    a_price_list({item: 12_000}, start=datetime.date(2026, 1, 12), drafter=secretary, decider=chair)
    return item


@pytest.fixture
def budi(secretary):
    """Has too much to do: 70 pairs a week."""
    return a_workshop("Budi Hartono", by=secretary)


@pytest.fixture
def siti(secretary):
    return a_workshop("Siti Rahayu", by=secretary)


@pytest.fixture
def tono(secretary):
    return a_workshop("Tono Prasetyo", by=secretary)
