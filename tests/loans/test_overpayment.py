"""The rest of a schedule after an over-payment: fewer or smaller instalments, and the sums are kept."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loans.arithmetic.overpayment import remade
from loans.arithmetic.schedule import Terms, schedule

START = datetime.date(2026, 1, 12)


def plan(method, **facts):
    terms = Terms(
        **{
            "principal": 1_200_000,
            "method": method,
            "rate": Fraction(15, 1000),
            "rate_per": "month",
            "instalments": 12,
            "day_count": "actual/360" if method == "daily" else "30/360",
        }
        | facts
    )
    return schedule(terms, disbursed_on=START)


def after(method, number, extra, how, **facts):
    """The rest once `number` instalments and `extra` rupiah of principal are paid, as (principal, interest)."""
    made = plan(method, **facts)
    rest = made.rows[number:]
    rows = remade(made.terms, rest, balance=rest[0].opening - extra, how=how)
    return [(row.number, row.principal, row.interest) for row in rows]


def test_flat_fewer_keeps_the_instalment_and_drops_the_last_with_their_interest():
    # 600,000 left after six; 250,000 more is paid: 350,000 left is three whole instalments and a half.
    assert after("flat", 6, 250_000, "fewer") == [
        (7, 100_000, 18_000),
        (8, 100_000, 18_000),
        (9, 100_000, 18_000),
        (10, 50_000, 18_000),
    ]


def test_flat_smaller_divides_what_is_left_and_keeps_the_interest():
    assert after("flat", 8, 100_000, "smaller") == [
        (9, 75_000, 18_000),
        (10, 75_000, 18_000),
        (11, 75_000, 18_000),
        (12, 75_000, 18_000),
    ]


def test_declining_fewer_and_smaller_take_interest_on_what_is_left():
    assert after("declining", 8, 150_000, "fewer") == [(9, 100_000, 3_750), (10, 100_000, 2_250), (11, 50_000, 750)]
    assert after("declining", 8, 200_000, "smaller") == [
        (9, 50_000, 3_000),
        (10, 50_000, 2_250),
        (11, 50_000, 1_500),
        (12, 50_000, 750),
    ]


def test_annuity_fewer_keeps_the_level_instalment():
    level = 110_016  # 1,200,000 × 1.5 % ÷ (1 − 1.015⁻¹²)
    rows = after("annuity", 8, 200_000, "fewer")
    left = plan("annuity").rows[8].opening - 200_000
    assert [principal + interest for _n, principal, interest in rows[:-1]] == [level] * (len(rows) - 1)
    assert rows[0] == (9, level - round(left * 0.015), round(left * 0.015))
    assert len(rows) == 3


def test_annuity_smaller_is_an_annuity_of_what_is_left():
    made = plan("annuity")
    left = made.rows[8].opening - 200_000
    again = plan("annuity", principal=left, instalments=4)
    assert [(p, i) for _n, p, i in after("annuity", 8, 200_000, "smaller")] == [
        (row.principal, row.interest) for row in again.rows
    ]


def test_dates_and_numbers_stay():
    made = plan("declining")
    rows = remade(made.terms, made.rows[6:], balance=300_000, how="smaller")
    assert [(row.number, row.start_on, row.due_on) for row in rows] == [
        (row.number, row.start_on, row.due_on) for row in made.rows[6:]
    ]


def test_nothing_left_is_no_instalment():
    made = plan("flat")
    assert remade(made.terms, made.rows[6:], balance=0, how="fewer") == []


@pytest.mark.parametrize(("balance", "how"), [(-1, "fewer"), (600_001, "fewer"), (1, "next"), (1, "refuse")])
def test_refuses(balance, how):
    made = plan("flat")
    with pytest.raises(ValueError, match=r"balance|how"):
        remade(made.terms, made.rows[6:], balance=balance, how=how)


TERMS = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["flat", "declining", "annuity", "daily"]),
        "principal": st.integers(10_000, 50_000_000),
        "instalments": st.integers(2, 36),
        "rate": st.integers(0, 200).map(lambda bp: Fraction(bp, 10_000)),
        "day_count": st.sampled_from(["actual/360", "actual/365", "actual/actual"]),
        "rounding": st.sampled_from(["half_up", "half_even", "up", "down"]),
        "round_to": st.sampled_from([1, 50, 1_000]),
        "instalment_multiple": st.sampled_from([None, 500, 10_000]),
        "instalment_rounding": st.sampled_from(["nearest", "up", "down"]),
        "instalment_fee": st.sampled_from([0, 2_500]),
    }
)


@settings(max_examples=300, deadline=None)
@given(TERMS, st.integers(0, 35), st.integers(0, 35), st.floats(0, 1), st.sampled_from(["fewer", "smaller"]))
def test_the_sums_are_kept(facts, number, grace, part, how):
    grace = min(grace, facts["instalments"] - 1)
    made = plan(**facts, principal_grace=grace)
    rest = made.rows[min(number, facts["instalments"] - 1) :]
    balance = int(rest[0].opening * part)
    rows = remade(made.terms, rest, balance=balance, how=how)
    assert sum(row.principal for row in rows) == balance
    assert all(min(row.principal, row.interest, row.balance) >= 0 for row in rows)
    opening = balance
    for row, before in zip(rows, rest, strict=False):
        assert (row.opening, row.balance) == (opening, opening - row.principal)
        assert (row.number, row.due_on, row.fee) == (before.number, before.due_on, before.fee)
        opening = row.balance
    assert not rows or rows[-1].balance == 0
    assert len(rows) <= len(rest)
    if how == "smaller" and balance:
        assert len(rows) == len(rest)
