"""Stock through the services: what comes in, goes out, is counted, and goes from one workshop to another."""

from decimal import Decimal

import pytest

from core.errors import Refused
from stock import queries, services
from stock.models import StockMovement
from tests.pricing.builders import unit
from tests.stock.builders import MONDAY, bought, day, held, used


def test_what_was_bought_and_used_leaves_the_rest(budi, leather):
    bought(budi, leather, 40)
    used(budi, leather, "12.5", on=day(2))
    assert held(budi, leather) == 40
    assert held(budi, leather, day(2)) == Decimal("27.5")


def test_a_sheet_counts_as_its_square_feet(budi, leather):
    services.record(budi, item=leather, kind="bought", quantity=Decimal(2), unit=unit("sheet"), on=MONDAY, by=budi.user)
    assert held(budi, leather) == 45


def test_the_wrong_unit_is_refused_and_says_which_is_right(budi, leather):
    with pytest.raises(Refused, match="kaki persegi"):
        services.record(
            budi, item=leather, kind="bought", quantity=Decimal(2), unit=unit("kg"), on=MONDAY, by=budi.user
        )


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_is_refused(budi, leather, quantity):
    with pytest.raises(Refused, match=r"more than zero|lebih dari nol") as refusal:
        bought(budi, leather, quantity)
    assert refusal.value.field == "quantity"


def test_half_a_pair_is_refused(budi, sandal):
    with pytest.raises(Refused):
        services.record(budi, item=sandal, kind="made", quantity=Decimal("1.5"), on=MONDAY, by=budi.user)


def test_what_is_bought_later_is_not_there_before(budi, leather):
    bought(budi, leather, 10, on=day(1))
    with pytest.raises(Refused) as refusal:
        used(budi, leather, 1, on=MONDAY)
    assert refusal.value.field == "quantity"


def test_more_than_is_there_is_refused_and_says_how_much_is(budi, leather):
    bought(budi, leather, 10)
    with pytest.raises(Refused, match="10 kaki persegi"):
        used(budi, leather, "10.001")
    assert held(budi, leather) == 10


def test_a_use_written_down_late_does_not_take_what_a_later_day_needed(budi, leather):
    bought(budi, leather, 10)
    used(budi, leather, 8, on=day(5))
    with pytest.raises(Refused, match="2 kaki persegi"):
        used(budi, leather, 3, on=day(1))
    used(budi, leather, 2, on=day(1))
    assert held(budi, leather, day(5)) == 0


def test_leather_is_not_made_and_sandals_are_not_used(budi, leather, sandal):
    for item, kind in ((leather, "made"), (sandal, "used"), (leather, "lent")):
        with pytest.raises(Refused):
            services.record(budi, item=item, kind=kind, quantity=Decimal(1), on=MONDAY, by=budi.user)


def test_counting_writes_the_difference_up_and_down(budi, leather):
    bought(budi, leather, 10)
    down = services.count(budi, item=leather, quantity=Decimal(7), on=day(1), by=budi.user)
    up = services.count(budi, item=leather, quantity=Decimal(9), on=day(2), by=budi.user)
    assert (down.quantity, up.quantity) == (-3, 2)
    assert services.count(budi, item=leather, quantity=Decimal(9), on=day(2), by=budi.user) is None
    assert held(budi, leather, day(2)) == 9


def test_counting_to_nothing(budi, leather):
    bought(budi, leather, 10)
    services.count(budi, item=leather, quantity=Decimal(0), on=day(1), by=budi.user)
    assert held(budi, leather, day(1)) == 0


def test_what_goes_along_leaves_one_workshop_and_arrives_at_the_other(budi, siti, leather):
    bought(budi, leather, 10)
    line = services.give_along(budi, siti, item=leather, quantity=Decimal(4), on=day(1), by=budi.user)
    assert (held(budi, leather, day(1)), held(siti, leather, day(1))) == (6, 4)
    assert (line.quantity, line.mirror.quantity, line.mirror.kind) == (-4, 4, "received")
    with pytest.raises(Refused):
        services.give_along(budi, budi, item=leather, quantity=Decimal(1), on=day(1), by=budi.user)


def test_nobody_writes_in_a_neighbours_book_but_an_officer_helps(budi, siti, secretary, leather):
    with pytest.raises(Refused):
        services.record(budi, item=leather, kind="bought", quantity=Decimal(1), on=MONDAY, by=siti.user)
    services.record(budi, item=leather, kind="bought", quantity=Decimal(1), on=MONDAY, by=secretary)
    assert StockMovement.objects.visible_to(siti.user).count() == 0
    assert StockMovement.objects.visible_to(secretary).count() == 1


def test_holdings_are_worth_the_agreed_price(budi, leather, glue):
    bought(budi, leather, 10)
    bought(budi, glue, 2)
    found = {row.item: (row.quantity, row.worth) for row in queries.holdings(budi, as_of=MONDAY)}
    assert found == {"Kulit sapi": (10, 300_000), "Lem kuning": (2, None)}
    assert queries.holdings(budi, as_of=day(-1)) == []
