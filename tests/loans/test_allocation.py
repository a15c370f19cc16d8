"""Which part of the debt a payment settles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.arithmetic.allocation import Across, Order, Owed, allocate

DEBT = [Owed(1, 5_000, 18_000, 100_000), Owed(2, 1_000, 18_000, 100_000)]


def paid(parts):
    return [(part.key, part.penalty, part.interest, part.principal) for part in parts]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("penalty,interest,principal", [(1, 5_000, 18_000, 27_000)]),
        ("interest,principal,penalty", [(1, 0, 18_000, 32_000)]),
        ("principal,interest,penalty", [(1, 0, 0, 50_000)]),
    ],
)
def test_the_order_within_an_instalment_is_a_rule(order, expected):
    parts, rest = allocate(50_000, DEBT, order=order)
    assert (paid(parts), rest) == (expected, 0)


def test_the_oldest_instalment_comes_first():
    parts, rest = allocate(125_000, DEBT)
    assert (paid(parts), rest) == ([(1, 5_000, 18_000, 100_000), (2, 1_000, 1_000, 0)], 0)


def test_across_kinds_every_penalty_and_interest_comes_before_any_principal():
    parts, rest = allocate(50_000, DEBT, across="kind")
    assert (paid(parts), rest) == ([(1, 5_000, 18_000, 8_000), (2, 1_000, 18_000, 0)], 0)


def test_what_is_more_than_the_debt_is_left():
    assert allocate(300_000, DEBT)[1] == 58_000


owed = st.builds(Owed, st.just(0), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))


@given(st.integers(0, 10**7), st.lists(owed, max_size=8), st.sampled_from(list(Order)), st.sampled_from(list(Across)))
def test_allocation_loses_no_rupiah(amount, debts, order, across):
    debts = [Owed(number, debt.penalty, debt.interest, debt.principal) for number, debt in enumerate(debts)]
    parts, rest = allocate(amount, debts, order=order, across=across)
    assert sum(part.total for part in parts) + rest == amount
    assert rest == max(0, amount - sum(debt.total for debt in debts))
    for part in parts:
        debt = debts[part.key]
        assert 0 <= part.penalty <= debt.penalty
        assert 0 <= part.interest <= debt.interest
        assert 0 <= part.principal <= debt.principal
