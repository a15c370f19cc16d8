"""Who holds a material and can lend it."""

from decimal import Decimal

import pytest

from stock import queries, services
from tests.stock.builders import MONDAY, bought, lent

pytestmark = pytest.mark.usefixtures("rules", "orders")


def test_who_can_lend_is_ranked_and_says_why(budi, siti, tono, secretary, leather, orders):
    bought(budi, leather, 100)
    bought(siti, leather, 40)
    bought(tono, leather, 60)
    orders(budi, leather, 90, due=30)
    lent(tono, siti, leather, 5)
    names = [(holder.name, holder.spare) for holder in queries.holders(leather, as_of=MONDAY, wanted=Decimal(30))]
    assert names == [(siti.name, 40), (tono.name, 55), (budi.name, 10)]
    services.limit_lending(siti, item=leather, at_most=Decimal(0), from_on=MONDAY, by=siti.user)
    assert siti.name not in [holder.name for holder in queries.holders(leather, as_of=MONDAY)]
