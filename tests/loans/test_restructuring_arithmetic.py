"""New terms, worked out pure: what goes along is neither lost nor invented."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loans.arithmetic.restructuring import Open, opened, renewed
from loans.arithmetic.schedule import ScheduleError, Terms

JANUARY, DAY = datetime.date(2026, 1, 12), datetime.date(2026, 6, 27)
FLAT = Terms(principal=1, method="flat", rate=Fraction(15, 1000), rate_per="month", instalments=12)

methods = st.sampled_from(["flat", "declining", "annuity"])
rupiah = st.integers(0, 50_000_000)


@st.composite
def terms(draw):
    instalments = draw(st.integers(1, 60))
    return Terms(
        principal=1,
        method=draw(methods),
        rate=Fraction(draw(st.integers(0, 200)), 10_000),
        rate_per="month",
        instalments=instalments,
        principal_grace=draw(st.integers(0, instalments - 1)),
        day_count=draw(st.sampled_from(["30/360", "actual/365", "actual/actual"])),
        round_to=draw(st.sampled_from([1, 100])),
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(terms(), st.builds(Open, principal=rupiah, interest=rupiah, fee=rupiah, penalty=rupiah), rupiah, st.booleans())
def test_the_new_principal_is_the_old_one_with_what_was_carried_and_added(terms, owed, added, capitalise):
    if not owed.principal + added + (owed.interest if capitalise else 0):
        with pytest.raises(ValueError, match="nothing is owed"):
            renewed(terms, owed, on=DAY, capitalise=capitalise, added=added)
        return
    found = renewed(terms, owed, on=DAY, capitalise=capitalise, added=added)
    carried = owed.interest if capitalise else 0
    assert found.principal == owed.principal + carried + added
    assert sum(row.principal for row in found.rows) == found.principal
    assert found.rows[-1].balance == 0
    assert min(min(row.principal, row.interest, row.fee, row.balance) for row in found.rows) >= 0
    assert found.rows[0].interest >= owed.interest - carried
    assert sum(row.fee for row in found.rows) == owed.fee


@dataclass
class Line:
    due_on: datetime.date
    principal: int
    interest: int
    fee: int = 0
    paid_principal: int = 0
    paid_interest: int = 0
    paid_fee: int = 0
    penalty: int = 0


def lines(**first):
    due = [datetime.date(2026, month, 12) for month in range(2, 8)]
    found = [Line(day, 100_000, 18_000) for day in due]
    for name, value in first.items():
        setattr(found[0], name, value)
    return found


def open_of(rows, on):
    return opened(rows, start_on=JANUARY, on=on, rounding="half_up", round_to=1)


def test_the_instalment_that_runs_counts_by_its_days():
    # 27 June: five instalments due until 12 June, 15 of the 30 days until 12 July have passed
    owed = open_of(lines(paid_principal=100_000, paid_interest=18_000, penalty=500), DAY)
    assert (owed.principal, owed.interest, owed.penalty) == (500_000, 4 * 18_000 + 9_000, 500)


def test_interest_paid_ahead_is_not_owed_and_never_below_nothing():
    owed = open_of([*lines()[:5], Line(datetime.date(2026, 7, 12), 100_000, 18_000, paid_interest=12_000)], DAY)
    assert owed.interest == 5 * 18_000


def test_fees_of_what_fell_due_are_owed_less_what_was_paid_of_them():
    """5,000 and 4,000 are due, of the first 3,000 is paid: 2,000 + 4,000. More paid than due is not owed back."""
    rows = lines(fee=5_000, paid_fee=3_000)
    rows[1].fee, rows[2].paid_fee = 4_000, 700
    assert open_of(rows, DAY).fee == 2_000 + 4_000


def test_the_part_of_an_instalment_is_rounded_as_the_rules_say():
    """15 of 30 days of 17,999 are 8,999.50: 9,000 up, 8,999 down, 9,000 to full hundreds."""
    rows = [Line(datetime.date(2026, 7, 12), 100_000, 17_999)]
    for rounding, round_to, expected in (("up", 1, 9_000), ("down", 1, 8_999), ("half_up", 100, 9_000)):
        found = opened(rows, start_on=datetime.date(2026, 6, 12), on=DAY, rounding=rounding, round_to=round_to)
        assert found.interest == expected


def test_the_worked_example_of_the_rules():
    """1,100,000 over 10 at 1 % flat, 144,000 of interest open: with the first instalment, or as principal."""
    owed = Open(principal=1_100_000, interest=144_000)
    longer = renewed(
        Terms(principal=1, method="flat", rate=Fraction(1, 100), rate_per="month", instalments=10), owed, on=DAY
    )
    assert [row.interest for row in longer.rows] == [155_000, *[11_000] * 9]
    assert [row.principal for row in longer.rows] == [110_000] * 10
    whole = renewed(
        Terms(principal=1, method="flat", rate=Fraction(1, 100), rate_per="month", instalments=10),
        owed,
        on=DAY,
        capitalise=True,
    )
    assert (whole.principal, whole.interest_carried) == (1_244_000, 144_000)
    assert {row.interest for row in whole.rows} == {12_440}


def test_a_first_day_that_does_not_follow_is_no_schedule():
    with pytest.raises(ScheduleError):
        renewed(FLAT, Open(principal=1), on=DAY, first_due_on=DAY)
    with pytest.raises(ValueError, match="below nothing"):
        renewed(FLAT, Open(principal=1), on=DAY, added=-1)
