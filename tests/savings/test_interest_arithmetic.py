"""The arithmetic of interest on savings, by hand and for everything Hypothesis can think of."""

import calendar
import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from savings import interest
from savings.interest import DayCount, Method, Rounding, Terms

NOVEMBER = datetime.date(2026, 11, 1)
FEBRUARY_OF_A_LEAP_YEAR = datetime.date(2028, 2, 1)

BALANCES = [1_000_000] * 11 + [1_600_000] * 9 + [400_000] * 10
"""1,000,000 until the 11th, 1,600,000 from the 12th, 400,000 from the 21st of November."""


@pytest.mark.parametrize(
    ("method", "day_count", "expected"),
    [
        # lowest 400,000 × 6 % / 12 = 2,000
        ("lowest", "twelfths", 2_000),
        # average (11,000,000 + 14,400,000 + 4,000,000) / 30 = 980,000 × 6 % / 12 = 4,900
        ("average", "twelfths", 4_900),
        ("daily", "twelfths", 4_900),
        # 29,400,000 rupiah-days × 6 % / 365 = 4,832.87…
        ("daily", "actual/365", 4_833),
        ("daily", "actual/360", 4_900),
        # 400,000 × 6 % × 30 / 365 = 1,972.60…
        ("lowest", "actual/365", 1_973),
    ],
)
def test_a_month_by_hand(method, day_count, expected):
    terms = Terms(method=method, rate_bp=600, day_count=day_count)
    assert interest.of_month(BALANCES, month=NOVEMBER, terms=terms) == expected


def test_a_leap_year_has_a_day_more():
    # 29 days × 1,000,000 × 6 % / 366 = 4,754.09…; / 365 = 4,767.12…
    full = [1_000_000] * 29
    of = {
        count: interest.of_month(full, month=FEBRUARY_OF_A_LEAP_YEAR, terms=Terms("daily", 600, count))
        for count in ("actual/actual", "actual/365", "twelfths")
    }
    assert of == {"actual/actual": 4_754, "actual/365": 4_767, "twelfths": 5_000}


@pytest.mark.parametrize(
    ("method", "expected"),
    # Of the days with 1,000,000 or more: 25,400,000 × 6 % / (12 × 30) = 4,233.33; the average 980,000 is below.
    [("daily", 4_233), ("average", 0), ("lowest", 0)],
)
def test_below_the_least_balance_nothing_is_earned(method, expected):
    terms = Terms(method=method, rate_bp=600, least_balance=1_000_000)
    assert interest.of_month(BALANCES, month=NOVEMBER, terms=terms) == expected


@pytest.mark.parametrize(
    ("rounding", "unit", "expected"), [("half_up", 100, 4_800), ("down", 100, 4_800), ("down", 1, 4_832)]
)
def test_rounding_is_a_rule(rounding, unit, expected):
    terms = Terms("daily", 600, "actual/365", rounding=rounding, round_to=unit)
    assert interest.of_month(BALANCES, month=NOVEMBER, terms=terms) == expected


def test_a_term_is_paid_in_parts_that_add_up():
    # 10,000,000 at 7 % from 31 January: 28 February is one whole month, 30 April three less one day of 30.
    opened = datetime.date(2026, 1, 31)
    facts = {"rate_bp": 700, "opened_on": opened}
    assert interest.of_term(10_000_000, until=datetime.date(2026, 2, 28), **facts) == 58_333
    assert interest.of_term(10_000_000, until=datetime.date(2026, 7, 31), **facts) == 350_000
    assert interest.of_term(10_000_000, until=opened, **facts) == 0
    year = interest.of_term(10_000_000, until=datetime.date(2027, 1, 31), day_count="actual/365", **facts)
    assert year == 700_000


@pytest.mark.parametrize(
    ("gross", "expected"),
    [(0, 0), (240_000, 0), (240_001, 24_000), (240_010, 24_001), (1_000_000, 100_000)],
)
def test_the_tax_is_on_the_whole_above_the_threshold(gross, expected):
    assert interest.tax(gross, free_up_to=240_000, rate_bp=1_000) == expected


# -- for everything --------------------------------------------------------------------------------------------------

months = st.dates(datetime.date(2020, 1, 1), datetime.date(2032, 12, 31)).map(lambda day: day.replace(day=1))
rates = st.integers(0, 900)
counts = st.sampled_from(list(DayCount))


@st.composite
def a_month(draw):
    month = draw(months)
    length = calendar.monthrange(month.year, month.month)[1]
    return month, draw(st.lists(st.integers(0, 10**12), min_size=length, max_size=length))


@given(a_month(), rates, counts)
def test_the_lowest_balance_earns_no_more_than_the_average_and_the_highest_no_less(of, rate, count):
    month, balances = of

    def earned(method, days=balances):
        return interest.of_days(days, month=month, terms=Terms(method, rate, count))

    assert 0 <= earned(Method.LOWEST) <= earned(Method.AVERAGE) <= earned(Method.DAILY, [max(balances)] * len(balances))
    assert earned(Method.AVERAGE) == earned(Method.DAILY)


@given(a_month(), rates, counts, st.integers(0, 10**9))
def test_a_least_balance_never_adds(of, rate, count, least):
    month, balances = of
    for method in Method:
        with_least = interest.of_days(balances, month=month, terms=Terms(method, rate, count, least))
        assert with_least <= interest.of_days(balances, month=month, terms=Terms(method, rate, count))


@given(a_month(), rates, counts, st.data())
def test_daily_interest_of_split_periods_adds_up(of, rate, count, data):
    month, balances = of
    cut = data.draw(st.integers(0, len(balances)))
    terms = Terms(Method.DAILY, rate, count)
    whole = interest.of_days(balances, month=month, terms=terms)
    assert whole == interest.of_days(balances[:cut], month=month, terms=terms) + interest.of_days(
        balances[cut:], month=month, terms=terms
    )


@given(a_month(), rates, counts, st.sampled_from([1, 10, 100]))
def test_rounding_moves_less_than_a_unit(of, rate, count, unit):
    month, balances = of
    for rounding in Rounding:
        terms = Terms(Method.DAILY, rate, count, rounding=rounding, round_to=unit)
        gap = interest.of_month(balances, month=month, terms=terms) - interest.of_days(
            balances, month=month, terms=terms
        )
        assert abs(gap) < unit
        assert gap <= (Fraction(unit, 2) if rounding == Rounding.HALF_UP else 0)


days = st.dates(datetime.date(2020, 1, 1), datetime.date(2032, 12, 31))


@given(
    st.integers(1, 10**12),
    rates,
    days,
    st.lists(st.integers(0, 400), max_size=6),
    st.sampled_from(["twelfths", "actual/365"]),
)
def test_a_term_earns_ever_more_and_twelve_months_are_a_year(amount, rate, opened, gaps, count):
    ends = [opened + datetime.timedelta(days=gap) for gap in sorted(gaps)]
    facts = {"rate_bp": rate, "opened_on": opened, "day_count": count}
    earned = [interest.of_term(amount, until=end, **facts) for end in ends]
    assert earned == sorted(earned)
    year = interest.of_term(amount, rate_bp=rate, opened_on=opened, until=interest.add_months(opened, 12))
    assert year == interest.rounded(Fraction(amount * rate, 10_000))


@given(st.integers(0, 10**12), st.integers(0, 10**9), st.integers(0, 10_000))
def test_a_tax_is_never_more_than_the_interest(gross, free, rate):
    assert 0 <= interest.tax(gross, free_up_to=free, rate_bp=rate) <= gross
