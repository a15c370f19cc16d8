"""Buying together: who needs what, and what suppliers ask for it."""

from decimal import Decimal

import pytest

from core.errors import Refused
from stock import queries, services
from stock.models import JointNeed
from tests import builders
from tests.stock.builders import MONDAY, day, ordered

pytestmark = pytest.mark.usefixtures("books")


def test_needs_change_until_it_is_ordered(purchase, siti, tanner, leather, glue, budi, chair):
    services.join(purchase, member=siti, item=leather, quantity=Decimal(50), on=day(1), by=siti.user)
    assert queries.totals(queries.needed(purchase)) == {leather: 155, glue: 3}
    services.join(purchase, member=siti, item=leather, quantity=Decimal(0), on=day(1), by=siti.user)
    assert JointNeed.objects.filter(member=siti).count() == 0
    ordered(purchase, tanner, leather, glue, budi=budi, chair=chair)
    with pytest.raises(Refused):
        services.join(purchase, member=siti, item=leather, quantity=Decimal(5), on=day(3), by=siti.user)


def test_nobody_joins_for_a_neighbour_or_with_finished_goods(purchase, siti, tono, leather, sandal):
    with pytest.raises(Refused):
        services.join(purchase, member=siti, item=leather, quantity=Decimal(5), on=MONDAY, by=tono.user)
    with pytest.raises(Refused):
        services.join(purchase, member=siti, item=sandal, quantity=Decimal(5), on=MONDAY, by=siti.user)


def test_prices_are_compared_for_all_that_is_needed(purchase, tanner, secretary, leather, glue, budi, chair):
    dear = builders.a_partner("Toko Kulit Solo", kind="supplier", market="", by=secretary)
    half = builders.a_partner("Agen Garut", kind="supplier", market="", by=secretary)
    for supplier, item, price in (
        (tanner, leather, 33_000),
        (tanner, glue, 45_000),
        (dear, leather, 34_000),
        (dear, glue, 40_000),
        (half, leather, 30_000),
    ):
        services.quote(purchase, supplier=supplier, item=item, price=price, on=day(1), by=budi.user)
    found = [(offer.supplier, offer.total, len(offer.lacks)) for offer in queries.offers(purchase)]
    assert found == [
        ("Penyamak Magetan", 5_085_000, 0),
        ("Toko Kulit Solo", 5_220_000, 0),
        ("Agen Garut", 4_500_000, 1),
    ]
    with pytest.raises(Refused):
        services.choose(purchase, supplier=half, on=day(2), by=chair)
    with pytest.raises(Refused):
        services.choose(purchase, supplier=tanner, on=day(2), by=budi.user)
    assert services.choose(purchase, supplier=tanner, on=day(2), by=chair).supplier == tanner


def test_a_buyer_is_no_supplier(purchase, secretary, leather, budi):
    buyer = builders.a_partner("Mirota", kind="buyer", by=secretary)
    with pytest.raises(Refused):
        services.quote(purchase, supplier=buyer, item=leather, price=1, on=MONDAY, by=budi.user)
