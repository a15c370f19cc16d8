"""The day of return, worked out by hand, and what must hold for every lender."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from stock.arithmetic.loan import Need, missing_on, return_date, spare, worth
from tests.stock.builders import MONDAY, day


def need(days, quantity, label=""):
    return Need(day(days), Decimal(quantity), label)


def when(needs, *, held=0, ahead=0, fallback=30):
    return return_date(needs, held=Decimal(held), ahead=Decimal(ahead), lent_on=MONDAY, fallback_days=fallback)


def test_the_worked_example_of_the_rules():
    """Budi lends 40 of his 100 SF. Order PS-1 needs 50 in 10 days, PS-2 25 in 24 days: 60 are enough for the first,

    15 are missing for the second.
    """
    found = when([need(24, 25, "PS-2"), need(10, 50, "PS-1")], held=60)
    assert (found.on, found.need.label, found.missing) == (day(24), "PS-2", 15)


def test_the_order_moves_and_the_day_moves_with_it():
    assert when([need(10, 50), need(17, 25)], held=60).on == day(17)


def test_where_no_order_needs_it_there_is_the_term():
    assert when([]).on == day(30)
    found = when([need(10, 60)], held=60)
    assert (found.on, found.need) == (day(30), None)


def test_of_two_loans_the_first_lent_is_asked_first():
    needs = [need(10, 70), need(20, 20)]
    assert when(needs, held=60, ahead=0).on == day(10)
    assert when(needs, held=60, ahead=25).on == day(20)


def test_an_order_that_is_late_already_asks_for_it_at_once_but_not_before_it_was_lent():
    assert when([need(-5, 1)], held=0).on == MONDAY


def test_what_the_borrower_will_lack():
    """He holds 50, must give back 40 on day 20, and needs 25 for an order before and 30 for one after."""
    needs = [need(12, 25), need(25, 30)]
    assert missing_on(needs, held=Decimal(50), owed=Decimal(40), on=day(20)) == 15
    assert missing_on(needs, held=Decimal(65), owed=Decimal(40), on=day(20)) == 0


def test_what_can_be_spared_is_what_the_own_orders_leave_and_the_holder_lends():
    assert spare([need(10, 30)], held=Decimal(50), at_most=None) == 20
    assert spare([need(10, 30)], held=Decimal(50), at_most=Decimal(5)) == 5
    assert spare([need(10, 60)], held=Decimal(50), at_most=None) == 0


def test_half_a_rupiah_rounds_up():
    assert worth(Decimal("0.5"), 33_333) == 16_667


quantities = st.decimals(min_value=0, max_value=1000, places=3)
needs_of_a_member = st.lists(
    st.builds(
        Need,
        st.dates(min_value=datetime.date(2026, 1, 1), max_value=datetime.date(2026, 12, 31)),
        quantities,
        st.sampled_from(["PS-1", "PS-2", "PS-3"]),
    ),
    max_size=8,
)
FAR = 3650


def found(needs, held, ahead=Decimal(0)):
    return return_date(needs, held=held, ahead=ahead, lent_on=MONDAY, fallback_days=FAR).on


@given(needs_of_a_member, quantities, quantities)
def test_who_holds_more_waits_no_shorter(needs, held, more):
    assert found(needs, held + more) >= found(needs, held)


@given(needs_of_a_member, quantities, needs_of_a_member)
def test_one_order_more_never_gives_more_time(needs, held, others):
    assert found(needs + others, held) <= found(needs, held)


@given(needs_of_a_member, quantities, st.randoms())
def test_the_order_of_the_orders_does_not_matter(needs, held, random):
    mixed = list(needs)
    random.shuffle(mixed)
    assert found(mixed, held) == found(needs, held)


@given(needs_of_a_member, quantities, quantities)
def test_the_loan_lent_later_is_not_back_earlier(needs, held, ahead):
    assert found(needs, held, ahead) >= found(needs, held) >= MONDAY


@given(needs_of_a_member, quantities)
def test_until_that_day_no_order_goes_without(needs, held):
    date = return_date(needs, held=held, ahead=Decimal(0), lent_on=datetime.date(2025, 1, 1), fallback_days=FAR)
    before = sum(need.quantity for need in needs if need.needed_on < date.on)
    assert date.need is None or before <= held
    assert date.need is None or date.missing > 0


@given(needs_of_a_member, quantities, quantities)
def test_nobody_spares_more_than_is_held_or_said(needs, held, at_most):
    assert 0 <= spare(needs, held=held, at_most=at_most) <= min(held, at_most)
