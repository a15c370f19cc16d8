"""The checks of this book find what drifted, and say nothing where the services kept it."""

import pytest

from reports import checks
from stock import services
from tests import builders
from tests.books import assert_clean
from tests.reports.conftest import run_around_the_guards
from tests.stock.builders import bought, came_back, day, lent, used


@pytest.fixture
def lived(books, rules, orders, treasurer, chair, budi, siti, leather):
    """40 SF lent; 15 came back, 12 were paid at the treasurer's for 360,000, 5 directly."""
    builders.savings_rules(by=chair)
    bought(budi, leather, 100)
    loan = lent(budi, siti, leather, 40)
    came_back(loan, 15)
    used(siti, leather, 20, on=day(6))
    back = services.give_back(loan, quantity=12, way="savings", on=day(7), by=siti.user)
    services.confirm_return(back, on=day(7), by=treasurer)
    came_back(loan, 5, way="direct", on=day(8))
    return loan


def test_nothing_is_found_where_the_services_kept_the_book(lived):
    assert_clean(day(9))


@pytest.mark.parametrize(
    ("check", "damage"),
    [
        ("stock_never_negative", "UPDATE stock_stockmovement SET quantity = -26 WHERE kind = 'used'"),
        ("stock_conserved", "UPDATE stock_stockmovement SET quantity = 41 WHERE kind = 'borrowed'"),
        ("stock_conserved", 'UPDATE stock_stockmovement SET "on" = "on" + 1 WHERE kind = \'came_back\''),
        ("stock_loans_match_their_lines", "UPDATE stock_stockloan SET quantity = 41"),
        ("stock_loans_match_their_lines", "UPDATE stock_stockreturn SET quantity = 16 WHERE way = 'goods'"),
        ("stock_loans_match_their_lines", "UPDATE stock_stockreturn SET quantity = 25 WHERE way = 'direct'"),
        ("stock_payments_match_their_entries", "UPDATE stock_stockreturn SET amount = amount + 1 WHERE way = 'direct'"),
        ("stock_payments_match_their_entries", "UPDATE savings_movement SET amount = amount - 1 WHERE amount = 360000"),
        ("stock_payments_match_their_entries", "UPDATE ledger_line SET debit = debit + 1 WHERE debit = 360000"),
    ],
)
def test_a_check_finds_what_drifted(lived, check, damage):
    assert not checks.run(check, as_of=day(9)).rows
    run_around_the_guards(damage)
    assert checks.run(check, as_of=day(9)).rows
