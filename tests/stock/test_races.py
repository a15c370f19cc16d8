"""Real threads on a real database: what lies in a workshop goes out once."""

from decimal import Decimal

import pytest

from stock import queries, services
from stock.models import JointStep, StockMovement
from tests.books import assert_clean
from tests.orders.test_races import at_once
from tests.stock.builders import MONDAY, a_loan, bought, day, lent, used

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


def test_one_roll_is_lent_to_one_of_two(budi, siti, tono, leather, rules, orders):
    bought(budi, leather, 50)
    loans = [a_loan(budi, borrower, leather, 40) for borrower in (siti, tono)]
    done, refusals = at_once(
        [lambda loan=loan: services.confirm(loan, on=MONDAY, by=loan.borrower.user) for loan in loans]
    )
    assert (len(done), len(refusals)) == (1, 1)
    assert queries.held(budi, leather, as_of=MONDAY) == 10


def test_the_same_leather_comes_back_once(budi, siti, leather, rules, orders):
    bought(budi, leather, 50)
    bought(siti, leather, 50)
    loan = lent(budi, siti, leather, 40)
    done, _refusals = at_once(
        [lambda: services.give_back(loan, quantity=Decimal(40), way="goods", on=day(1), by=siti.user) for _ in range(5)]
    )
    assert len(done) == 1
    done, _refusals = at_once(
        [lambda: services.confirm_return(loan.returns.get(), on=day(1), by=budi.user) for _ in range(5)]
    )
    assert len(done) == 1
    assert queries.held(budi, leather, as_of=day(1)) == 50


def test_a_share_is_paid_or_the_sharing_out_reversed_but_never_both(books, arrived, siti, treasurer, chair):
    shared = services.share_out(arrived, on=day(9), by=treasurer)
    done, refusals = at_once(
        [
            lambda: services.pay_share(arrived, member=siti, amount=990_000, channel="cash", on=day(10), by=treasurer),
            lambda: services.reverse_step(shared, reason="Salah bagi", on=day(10), by=chair),
        ]
    )
    assert (len(done), len(refusals)) == (1, 1)
    assert_clean(day(10))


def test_a_step_is_reversed_once(books, arrived, chair):
    received = JointStep.objects.get(kind="received")
    done, refusals = at_once(
        [lambda: services.reverse_step(received, reason="Salah", on=day(9), by=chair) for _ in range(4)]
    )
    assert (len(done), len(refusals)) == (1, 3)
    assert_clean(day(9))
