"""The schedule against published figures, hand-worked figures and, by Hypothesis, against its promises."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loans.arithmetic import daily, payoff
from loans.arithmetic.daycount import DayCount, Period, due_dates, year_part
from loans.arithmetic.payoff import PayoffTerms
from loans.arithmetic.rounding import MultipleRounding, Rounding, rounded
from loans.arithmetic.schedule import Method, ScheduleError, Terms, schedule
from tests.loans.published import BY_THE_DAY, CLOSED_EARLY, DUE, PUBLISHED, RATES, SIX_MONTHS
from tests.loans.published_eighteen import EIGHTEEN_MONTHS

DAY = datetime.date


def terms(**changes):
    given = {"principal": 1_200_000, "method": "flat", "rate": "1.5", "rate_per": "month", "instalments": 12} | changes
    return Terms(**given | {"rate": Fraction(given["rate"]) / 100})


TWELFTH = DAY(2026, 1, 12)


def plan(on=TWELFTH, first_due_on=None, **changes):
    return schedule(terms(**changes), disbursed_on=on, first_due_on=first_due_on)


@pytest.mark.parametrize("case", PUBLISHED + EIGHTEEN_MONTHS, ids=lambda case: case.source)
def test_agrees_to_the_last_digit_with(case):
    made = plan(on=case.disbursed_on, **case.terms)
    shown = {
        number: tuple(rounded(amount, case.scale) for amount in (row.principal, row.interest, row.balance))
        for number, row in enumerate(made.rows, 1)
        if number in case.rows
    }
    assert shown == case.rows
    if case.interest is not None:
        assert rounded(made.interest, case.scale) == case.interest
    if case.instalment is not None:
        assert rounded(made.instalment, case.scale) == case.instalment
    assert made.principal == case.terms["principal"]


@pytest.mark.parametrize(("source", "day_count", "rates"), RATES, ids=lambda value: str(value)[:60])
def test_the_rate_of_every_period_agrees_to_twelve_digits(source, day_count, rates):
    made = plan(on=DAY(2024, 1, 1), **SIX_MONTHS | {"rate": "9.4822", "day_count": day_count})
    assert [
        f"{rounded(row.rate.numerator * 10**12, row.rate.denominator, 'half_even') / 10**12:.12f}" for row in made.rows
    ] == rates


@pytest.mark.parametrize(("source", "rule", "on", "paid", "closes"), CLOSED_EARLY, ids=lambda value: str(value)[:60])
def test_closing_early_agrees_with(source, rule, on, paid, closes):
    start = DAY(2024, 1, 1)
    made = plan(on=start, **SIX_MONTHS | {"rate": "7", "day_count": "30/360"})
    terms = PayoffTerms(rule=rule, rounding="half_even")
    asked = payoff.asked(terms, made.rows, disbursed_on=start, on=on)[paid:]
    owed = made.rows[paid:]
    assert (sum(row.principal for row in owed), sum(part.interest for part in asked)) == closes


@pytest.mark.parametrize(
    ("source", "principal", "rate", "days", "interest"), BY_THE_DAY, ids=lambda value: str(value)[:60]
)
def test_interest_by_the_day_agrees_with(source, principal, rate, days, interest):
    start = DAY(2023, 1, 1)
    end = start + datetime.timedelta(days=days)
    found = daily.interest(principal, Fraction(rate) / 100, start, end, day_count="actual/365")
    assert rounded(found.numerator, found.denominator, "half_even") == interest


@pytest.mark.parametrize(("kind", "first", "second", "last"), DUE)
def test_due_dates_agree_with_frappe(kind, first, second, last):
    due = due_dates(DAY(2022, 10, 1), 12, every=1, period="month", first_due_on=first)
    assert (due[0], due[1], due[-1]) == (first, second, last)


# -- worked by hand (docs/rules.md shows the same) -------------------------------------------------------------------


def test_flat_is_the_same_every_month():
    """Rp1,200,000 over 12 months at 1.5 %: 100,000 + 18,000 = 118,000, 216,000 interest in all."""
    made = plan()
    assert {(row.principal, row.interest, row.total) for row in made.rows} == {(100_000, 18_000, 118_000)}
    assert (made.principal, made.interest, made.total) == (1_200_000, 216_000, 1_416_000)


def test_flat_spreads_a_total_that_does_not_divide_and_the_last_row_completes_both_sums():
    """Rp1,000,000 at 10 % a year over 12 months: principal 11 × 83,333 + 83,337; interest 11 × 8,333 + 8,337."""
    made = plan(principal=1_000_000, rate="10", rate_per="year")
    assert [(row.principal, row.interest) for row in made.rows] == [(83_333, 8_333)] * 11 + [(83_337, 8_337)]


def test_declining_charges_interest_on_what_is_still_owed():
    """Interest falls by 1,500 a month; in all P·r·(n+1)/2 = 1,200,000 × 1.5 % × 6.5 = 117,000."""
    made = plan(method="declining")
    assert [row.interest for row in made.rows] == [18_000 - 1_500 * k for k in range(12)]
    assert made.interest == 117_000


def test_annuity_keeps_the_instalment_level_and_the_last_row_takes_the_rest():
    """A = 1,200,000 × 1.5 % ÷ (1 − 1.015⁻¹²) = 110,015.99 → 110,016; the last is 110,019."""
    made = plan(method="annuity")
    assert made.instalment == 110_016
    assert [row.total for row in made.rows] == [110_016] * 11 + [110_019]
    first, last = made.rows[0], made.rows[-1]
    assert (first.interest, first.principal, last.interest, last.balance) == (18_000, 92_016, 1_626, 0)


def test_instalment_rounded_up_to_ten_thousand_leaves_a_smaller_last_one():
    """A = 110,016 → 120,000; eleven instalments and a last one that is smaller by the excess and its interest."""
    made = plan(method="annuity", instalment_multiple=10_000, instalment_rounding="up")
    assert [row.total for row in made.rows[:10]] == [120_000] * 10
    assert made.rows[-1].total < 120_000
    assert made.principal == 1_200_000


def test_instalment_rounded_down_leaves_the_shortage_to_the_last_one():
    made = plan(method="annuity", instalment_multiple=10_000, instalment_rounding="down")
    assert [row.total for row in made.rows[:11]] == [110_000] * 11
    assert made.rows[-1].total == 110_209


def test_principal_grace_pays_interest_only_first():
    made = plan(method="annuity", instalments=6, principal_grace=2)
    assert [(row.principal, row.interest) for row in made.rows[:2]] == [(0, 18_000), (0, 18_000)]
    assert made.rows[2].principal > 0
    assert made.rows[-1].balance == 0


def test_a_larger_rounding_unit_rounds_every_amount():
    made = plan(principal=1_000_000, method="declining", round_to=100)
    assert [row.principal for row in made.rows] == [83_300] * 11 + [83_700]
    assert all(row.interest % 100 == 0 for row in made.rows)


# -- dates -----------------------------------------------------------------------------------------------------------


def test_month_end_comes_back_after_a_short_month():
    """As Fineract LoanApplicationScheduleMonthlyTest, seed date 31: 31 Jan 2023 … 29 Feb 2024."""
    made = plan(on=DAY(2022, 12, 30), first_due_on=DAY(2023, 1, 31), instalments=14)
    assert [row.due_on.isoformat()[5:] for row in made.rows] == (
        "01-31 02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31 01-31 02-29".split()
    )


def test_without_a_first_due_date_the_day_of_disbursement_is_the_anchor():
    made = plan(on=DAY(2026, 1, 31), instalments=3)
    assert [row.due_on for row in made.rows] == [DAY(2026, 2, 28), DAY(2026, 3, 31), DAY(2026, 4, 30)]


def test_leap_day():
    made = plan(on=DAY(2024, 2, 29), instalments=12)
    assert made.rows[-1].due_on == DAY(2025, 2, 28)
    made = plan(on=DAY(2024, 1, 29), instalments=13)
    assert [made.rows[0].due_on, made.rows[12].due_on] == [DAY(2024, 2, 29), DAY(2025, 2, 28)]


def test_weeks_and_days():
    assert [row.due_on for row in plan(period="week", every=2, instalments=2).rows] == [
        DAY(2026, 1, 26),
        DAY(2026, 2, 9),
    ]
    assert plan(period="day", every=10, instalments=1).rows[0].due_on == DAY(2026, 1, 22)


def test_a_longer_first_period_costs_its_days():
    """From 1 to 12 Feb next month by 30/360: 30 + 11 = 41 days of 1.5 % a month on 1,200,000 = 24,600."""
    made = plan(on=DAY(2026, 1, 1), first_due_on=DAY(2026, 2, 12), method="declining")
    assert [row.interest for row in made.rows[:2]] == [24_600, 16_500]


@pytest.mark.parametrize(
    ("day_count", "fraction"),
    [
        ("30/360", Fraction(30, 360)),
        ("actual/360", Fraction(31, 360)),
        ("actual/364", Fraction(31, 364)),
        ("actual/365", Fraction(31, 365)),
        ("actual/actual", Fraction(20, 365) + Fraction(11, 366)),
    ],
)
def test_the_part_of_a_year_over_new_year(day_count, fraction):
    assert Fraction(*year_part(DAY(2023, 12, 12), DAY(2024, 1, 12), day_count)) == fraction


# -- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"principal": 0},
        {"instalments": 0},
        {"instalments": 1201},
        {"rate": "-1"},
        {"method": "balloon"},
        {"rate_per": "week"},
        {"every": 0},
        {"round_to": 0},
        {"instalment_multiple": 0},
        {"principal_grace": 12},
        {"principal_grace": -1},
        {"period": "year"},
        {"day_count": "30/365"},
    ],
)
def test_refuses(wrong):
    with pytest.raises(ScheduleError):
        plan(**wrong)


def test_refuses_a_first_due_date_that_does_not_come_after():
    with pytest.raises(ScheduleError, match="first-due-on"):
        plan(on=DAY(2026, 1, 12), first_due_on=DAY(2026, 1, 12))


def test_refuses_a_loan_that_outlives_the_calendar():
    with pytest.raises(ScheduleError, match="calendar"):
        plan(instalments=1200, every=100)


# -- promises --------------------------------------------------------------------------------------------------------

ANY_TERMS = st.fixed_dictionaries(
    {
        "principal": st.integers(1, 10**13),
        "method": st.sampled_from(list(Method)),
        "rate": st.decimals(0, 60, places=4),
        "rate_per": st.sampled_from(["month", "year"]),
        "instalments": st.integers(1, 60),
        "every": st.integers(1, 6),
        "period": st.sampled_from(list(Period)),
        "day_count": st.sampled_from(list(DayCount)),
        "rounding": st.sampled_from(list(Rounding)),
        "round_to": st.sampled_from([1, 50, 100, 1_000]),
        "instalment_multiple": st.sampled_from([None, 1, 500, 1_000, 100_000]),
        "instalment_rounding": st.sampled_from(list(MultipleRounding)),
        "instalment_fee": st.sampled_from([0, 2_500]),
    }
).filter(lambda terms: terms["method"] != "daily" or terms["day_count"] != "30/360")


@settings(max_examples=300, deadline=None)
@given(
    ANY_TERMS,
    st.dates(DAY(2020, 1, 1), DAY(2040, 12, 31)),
    st.one_of(st.none(), st.integers(1, 90)),
    st.integers(0, 59),
)
def test_principal_sums_no_part_is_negative_and_the_end_is_zero(given, on, wait, grace):
    given["principal_grace"] = min(grace, given["instalments"] - 1)
    made = plan(on=on, first_due_on=wait and on + datetime.timedelta(days=wait), **given)
    assert len(made.rows) == given["instalments"]
    assert sum(row.principal for row in made.rows) == given["principal"]
    assert min(min(row.principal, row.interest, row.balance) for row in made.rows) >= 0
    assert made.rows[-1].balance == 0
    opening = given["principal"]
    for row in made.rows:
        assert row.opening == opening
        opening = row.balance
        assert row.opening - row.principal == row.balance
        assert row.start_on < row.due_on
    assert sorted(row.due_on for row in made.rows) == [row.due_on for row in made.rows]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**18), st.integers(1, 10**9), st.sampled_from([1, 100, 1000]), st.sampled_from(list(Rounding)))
def test_rounding_moves_by_less_than_a_unit_and_down_is_never_above_up(numerator, denominator, unit, mode):
    exact = Fraction(numerator, denominator)
    amount = rounded(numerator, denominator, mode, unit)
    assert amount % unit == 0
    assert abs(amount - exact) <= (unit / Fraction(2) if mode.startswith("half") else unit)
    assert rounded(numerator, denominator, "down", unit) <= amount <= rounded(numerator, denominator, "up", unit)


@pytest.mark.parametrize(
    ("mode", "amounts"), [("half_up", [1, 2, 3]), ("half_even", [0, 2, 2]), ("up", [1, 2, 3]), ("down", [0, 1, 2])]
)
def test_halves(mode, amounts):
    assert [rounded(numerator, 2, mode) for numerator in (1, 3, 5)] == amounts
