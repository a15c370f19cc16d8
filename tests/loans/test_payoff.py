"""Closing a loan before its time, by each rule."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.arithmetic.payoff import EarlyPayoff, PayoffTerms, asked
from loans.arithmetic.schedule import Terms, schedule

START = datetime.date(2026, 1, 12)
PLAN = schedule(
    Terms(
        principal=1_200_000,
        method="declining",
        rate=Fraction(15, 1000),
        rate_per="month",
        instalments=4,
        instalment_fee=2_000,
    ),
    disbursed_on=START,
)
"""Interest of 18,000, 13,500, 9,000 and 4,500 on 12 February, March, April and May."""


def interest(rule, on, **facts):
    made = asked(PayoffTerms(rule=rule, **facts), PLAN.rows, disbursed_on=START, on=on)
    return [each.interest for each in made]


def day(month, date):
    return datetime.date(2026, month, date)


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("all", {}, [18_000, 13_500, 9_000, 4_500]),
        ("period", {}, [18_000, 13_500, 0, 0]),
        ("period", {"extra": 1}, [18_000, 13_500, 9_000, 0]),
        ("period", {"extra": 5}, [18_000, 13_500, 9_000, 4_500]),
        # 10 of the 28 days from 12 February to 12 March: 13,500 × 10 ÷ 28 = 4,821.4
        ("to_date", {}, [18_000, 4_821, 0, 0]),
        ("to_date", {"rounding": "up", "round_to": 100}, [18_000, 4_900, 0, 0]),
        ("to_date", {"extra": 2}, [18_000, 4_821, 9_000, 4_500]),
    ],
)
def test_closed_on_22_february(rule, facts, expected):
    assert interest(rule, day(2, 22), **facts) == expected


@pytest.mark.parametrize("rule", ["period", "to_date"])
def test_closed_on_a_due_date_the_next_instalment_has_not_begun(rule):
    assert interest(rule, day(2, 12)) == [18_000, 0, 0, 0]


@pytest.mark.parametrize("rule", ["period", "to_date"])
def test_closed_on_the_day_of_disbursement_nothing_has_begun(rule):
    assert interest(rule, START) == [0, 0, 0, 0]
    assert interest(rule, START, extra=1) == [18_000, 0, 0, 0]


def test_administration_is_for_instalments_that_have_begun():
    terms = PayoffTerms(rule="to_date", extra=1)
    assert [each.fee for each in asked(terms, PLAN.rows, disbursed_on=START, on=day(2, 22))] == [2_000, 2_000, 0, 0]
    assert [each.fee for each in asked(PayoffTerms(rule="all"), PLAN.rows, disbursed_on=START, on=day(2, 22))] == [
        2_000
    ] * 4


@given(
    st.sampled_from(list(EarlyPayoff)),
    st.integers(0, 6),
    st.dates(START, day(6, 30)),
    st.sampled_from(["half_up", "half_even", "up", "down"]),
    st.sampled_from([1, 100, 1_000]),
)
def test_never_more_than_the_schedule_and_never_less_as_time_passes(rule, extra, on, rounding, unit):
    facts = {"extra": extra, "rounding": rounding, "round_to": unit}
    now = interest(rule, on, **facts)
    assert all(0 <= part <= row.interest for part, row in zip(now, PLAN.rows, strict=True))
    assert sum(interest("to_date", on)) <= sum(interest("period", on)) <= sum(interest("all", on))
    assert sum(interest(rule, on, **facts | {"extra": 0})) <= sum(
        interest(rule, on + datetime.timedelta(days=1), **facts | {"extra": 0})
    )
