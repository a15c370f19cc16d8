"""Administration with every instalment: in the plan, owed, paid just before interest, income of its own account."""

import datetime

import pytest

from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from loans import queries
from loans.arithmetic.allocation import Owed, allocate
from loans.services import repay
from tests.loans.builders import DAY, a_disbursed_loan, loan_rules


@pytest.fixture
def loan(sri, treasurer, secretary):
    rules = loan_rules(by=secretary, on=DAY, instalment_fee=2_500)
    return a_disbursed_loan(sri, by=treasurer, rules=rules, principal=1_200_000, instalments=12)


def test_every_instalment_asks_for_it(loan):
    position = queries.position(loan, as_of=DAY)
    assert [(row.principal, row.interest, row.fee, row.total) for row in position.rows[:1]] == [
        (100_000, 18_000, 2_500, 120_500)
    ]
    assert (position.fee, position.total) == (30_000, 1_446_000)
    assert queries.plan(loan).total == 1_446_000


def test_a_payment_settles_it_before_the_interest(loan, treasurer):
    repay(loan, amount=20_500, on=datetime.date(2026, 2, 12), by=treasurer)
    [first] = [row for row in queries.position(loan, as_of=datetime.date(2026, 2, 12)).rows if row.paid]
    assert (first.paid_fee, first.paid_interest, first.paid_principal) == (2_500, 18_000, 0)
    assert account_balance(Unit.USP, chart.ADMINISTRATION_FEES, as_of=datetime.date(2026, 2, 12)) == 2_500


def test_it_comes_just_before_interest_in_every_order():
    debt = [Owed(1, penalty=5, interest=10, principal=100, fee=3)]
    [part], rest = allocate(12, debt, order="penalty,interest,principal")
    assert (part.penalty, part.fee, part.interest, rest) == (5, 3, 4, 0)
    [part], rest = allocate(105, debt, order="principal,interest,penalty")
    assert (part.principal, part.fee, part.interest) == (100, 3, 2)


def test_the_arrears_list_counts_it(loan):
    [late] = queries.arrears(as_of=datetime.date(2026, 2, 13))
    assert (late.fee, late.due) == (2_500, 120_500)
