"""Penalties by hand: what is overdue, times the days, times the rate."""

import datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from loans.arithmetic.penalty import PenaltyTerms, days_late, penalty

DUE = datetime.date(2026, 2, 12)


def on(day):
    return datetime.date(2026, 2, day)


def terms(rate="0.5", per="day", **more):
    return PenaltyTerms(rate=Fraction(rate) / 100, per=per, **more)


def test_the_due_day_itself_is_not_late():
    assert [days_late(DUE, on(day)) for day in (11, 12, 13, 22)] == [0, 0, 1, 10]
    assert [days_late(DUE, on(day), counts_due_day=True) for day in (12, 13)] == [0, 2]


def test_daily_rate_on_the_overdue_instalment():
    """118,000 × 0.5 % × 10 days = 5,900."""
    assert penalty(terms(), due_on=DUE, overdue=118_000, on=on(22)) == 5_900


def test_grace_days_cost_nothing():
    """Ten days late, three of them free: 118,000 × 0.5 % × 7 = 4,130."""
    assert penalty(terms(grace_days=3), due_on=DUE, overdue=118_000, on=on(22)) == 4_130
    assert penalty(terms(grace_days=3), due_on=DUE, overdue=118_000, on=on(15)) == 0


def test_a_monthly_rate_counts_a_thirtieth_a_day():
    """118,000 × 1.5 % ÷ 30 × 10 = 590."""
    assert penalty(terms("1.5", "month"), due_on=DUE, overdue=118_000, on=on(22)) == 590


def test_the_cap_is_a_part_of_the_instalment():
    """118,000 × 0.5 % × 10 = 5,900, but at most 3 % of 118,000 = 3,540."""
    assert penalty(terms(cap=Fraction(3, 100)), due_on=DUE, overdue=118_000, on=on(22)) == 3_540


def test_a_part_payment_lowers_the_base_from_its_day():
    """Six days on 118,000 and four on 68,000 at 0.5 %: 3,540 + 1,360 = 4,900."""
    assert penalty(terms(), due_on=DUE, overdue=118_000, on=on(22), payments=[(on(18), 50_000)]) == 4_900


def test_a_payment_in_time_leaves_nothing_to_charge():
    assert penalty(terms(), due_on=DUE, overdue=118_000, on=on(22), payments=[(DUE, 118_000)]) == 0


def test_a_payment_on_the_last_day_changes_nothing_yet():
    """The day on which the penalty is asked for is not over: 118,000 × 0.5 % × 10, whatever is paid on it."""
    assert penalty(terms(), due_on=DUE, overdue=118_000, on=on(22), payments=[(on(22), 50_000)]) == 5_900


def test_who_paid_more_than_was_due_pays_no_penalty():
    """200 rupiah too much for ten days is no reason to charge, and none to give back."""
    assert penalty(terms("100"), due_on=DUE, overdue=100, on=on(22), payments=[(DUE, 300)]) == 0


def test_the_first_rupiah_day_is_the_day_after_the_due_day():
    """One rupiah at 100 % a day: a rupiah for every day that is late, none more."""
    assert [penalty(terms("100"), due_on=DUE, overdue=1, on=on(day)) for day in (12, 13, 14)] == [0, 1, 2]
    assert penalty(terms("100", grace_days=2), due_on=DUE, overdue=1, on=on(15)) == 1


def test_the_penalty_is_rounded_as_the_terms_say():
    """101 × 0.5 % = 0.505: to the rupiah 1, down 0; 118,000 × 0.5 % × 7 = 4,130, to full hundreds 4,100 or 4,200."""
    for rounding, expected in (("half_up", 1), ("down", 0)):
        assert penalty(terms(rounding=rounding), due_on=DUE, overdue=101, on=on(13)) == expected
    for rounding, expected in (("half_up", 4_100), ("up", 4_200), ("down", 4_100)):
        found = terms(rounding=rounding, round_to=100)
        assert penalty(found, due_on=DUE, overdue=118_000, on=on(19)) == expected


def test_days_that_count_the_due_day():
    assert penalty(terms(counts_due_day=True), due_on=DUE, overdue=100_000, on=on(13)) == 1_000
    assert penalty(terms(counts_due_day=True), due_on=DUE, overdue=100_000, on=DUE) == 0


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 40_000)), max_size=5), st.integers(13, 28))
def test_paying_earlier_never_costs_more(payments, day):
    made = [(on(paid), amount) for paid, amount in payments]
    earlier = [(paid - datetime.timedelta(days=1), amount) for paid, amount in made]
    cost = penalty(terms(), due_on=DUE, overdue=200_000, on=on(day), payments=made)
    assert 0 <= penalty(terms(), due_on=DUE, overdue=200_000, on=on(day), payments=earlier) <= cost
