"""Real threads on a real database: what lies in a workshop goes out once."""

from decimal import Decimal

import pytest

from stock import queries, services
from stock.models import StockMovement
from tests.orders.test_races import at_once
from tests.stock.builders import MONDAY, bought, used

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_reach_for_fifty_square_feet_and_exactly_fifty_go_out(budi, siti, leather):
    bought(budi, leather, 50)
    calls = [lambda: used(budi, leather, 12) for _ in range(5)]
    calls += [
        lambda: services.give_along(budi, siti, item=leather, quantity=Decimal(12), on=MONDAY, by=budi.user)
        for _ in range(5)
    ]
    done, refusals = at_once(calls)
    assert (len(done), len(refusals)) == (4, 6)
    assert queries.held(budi, leather, as_of=MONDAY) == 2
    lines = StockMovement.objects.filter(kind__in=["given", "received"])
    assert sum(line.quantity for line in lines) == 0


def test_two_count_at_once_and_the_stock_is_what_was_counted(budi, leather):
    bought(budi, leather, 50)
    done, _refusals = at_once(
        [lambda: services.count(budi, item=leather, quantity=Decimal(30), on=MONDAY, by=budi.user) for _ in range(4)]
    )
    assert len(done) == 4
    assert queries.held(budi, leather, as_of=MONDAY) == 30
