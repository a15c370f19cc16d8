"""The daily method: interest by the days on what is really owed."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans import queries
from loans.arithmetic import daily
from loans.arithmetic.schedule import ScheduleError, Terms, schedule
from loans.services import repay
from tests.builders import a_member_in
from tests.loans.builders import a_disbursed_loan, loan_rules

TWENTY_PERCENT = Fraction(20, 100)


def day(month, date=12, year=2026):
    return datetime.date(year, month, date)


def terms(**facts):
    return Terms(
        **{
            "principal": 1_200_000,
            "method": "daily",
            "rate": Fraction(18, 100),
            "rate_per": "year",
            "instalments": 4,
            "day_count": "actual/365",
        }
        | facts
    )


def test_interest_is_balance_times_rate_times_days():
    # 1,000,000 × 20 % × 31 ÷ 365 = 16,986.30
    grown = daily.interest(1_000_000, TWENTY_PERCENT, day(1), day(2), day_count="actual/365")
    assert grown == Fraction(1_000_000 * 20 * 31, 100 * 365)


def test_a_month_rate_over_thirty_days_rounded_up_to_a_hundred():
    # The practice of a credit union: 1.75 % a month is 0.058333 % a day; 5,000,000 for 17 days is 49,583.3, up to 100.
    by_month = terms(
        principal=5_000_000,
        rate=Fraction(175, 10_000),
        rate_per="month",
        day_count="actual/360",
        rounding="up",
        round_to=100,
    )
    assert daily.accrued(by_month, [], start=day(3, 1), end=day(3, 18)) == 49_600


def test_a_payment_lowers_the_interest_from_its_day_on():
    # 18 % of 1,200,000 for 10 days and of 700,000 for 21 days: 5,917.81 + 7,249.32 = 13,167.12
    assert daily.accrued(terms(), [(day(1, 22), 500_000)], start=day(1), end=day(2)) == 13_167


def test_the_plan_counts_the_days_between_the_due_dates():
    plan = schedule(terms(), disbursed_on=day(1))
    # 1,200,000 × 18 % × 31/365; 900,000 × 28/365; 600,000 × 31/365; 300,000 × 30/365
    assert [row.interest for row in plan.rows] == [18_345, 12_427, 9_173, 4_438]
    assert [row.principal for row in plan.rows] == [300_000] * 4


def test_the_daily_method_needs_days_of_the_calendar():
    with pytest.raises(ScheduleError, match="day-count"):
        terms(day_count="30/360")


@given(
    principal=st.integers(10_000, 50_000_000),
    count=st.integers(1, 24),
    rate_bp=st.integers(0, 2400),
    day_count=st.sampled_from(["actual/360", "actual/364", "actual/365", "actual/actual"]),
    rounding=st.sampled_from(["half_up", "half_even", "up", "down"]),
    start=st.dates(datetime.date(2023, 1, 1), datetime.date(2028, 12, 31)),
)
def test_paid_on_the_due_dates_the_interest_is_that_of_the_plan(principal, count, rate_bp, day_count, rounding, start):
    agreed = terms(
        principal=principal,
        instalments=count,
        rate=Fraction(rate_bp, 10_000),
        day_count=day_count,
        rounding=rounding,
    )
    plan = schedule(agreed, disbursed_on=start)
    due = [row.due_on for row in plan.rows]
    paid = [(row.due_on, row.principal) for row in plan.rows]
    asked = daily.by_instalment(agreed, paid, disbursed_on=start, due=due, on=due[-1])
    assert asked == [row.interest for row in plan.rows]


@given(on=st.dates(datetime.date(2026, 1, 12), datetime.date(2027, 6, 1)))
def test_interest_never_shrinks_while_time_passes(on):
    plan = schedule(terms(), disbursed_on=day(1))
    due = [row.due_on for row in plan.rows]

    def asked(until):
        return sum(daily.by_instalment(terms(), [(day(2, 20), 300_000)], disbursed_on=day(1), due=due, on=until))

    assert asked(on) <= asked(on + datetime.timedelta(days=1))


# -- in the books ----------------------------------------------------------------------------------------------------


@pytest.fixture
def loan(house, treasurer, secretary):
    rules = loan_rules(by=secretary, on=day(1), method="daily", rate_bp=1800, rate_per="year", day_count="actual/365")
    member = a_member_in("Tono Prasetyo", by=treasurer)
    return a_disbursed_loan(member, by=treasurer, rules=rules, principal=1_200_000, instalments=4, on=day(1))


def owed(loan, on):
    found = queries.position(loan, as_of=on)
    return [(row.owed_principal, row.owed_interest) for row in found.rows]


def test_what_is_owed_grows_by_the_day(loan):
    # 1,200,000 × 18 % ÷ 365 = 591.78 a day
    assert owed(loan, day(1, 13))[0] == (300_000, 592)
    assert owed(loan, day(1, 22)) == [(300_000, 5_918), (300_000, 0), (300_000, 0), (300_000, 0)]
    assert owed(loan, day(2))[0] == (300_000, 18_345)
    # Nothing paid: the second period runs on 1,200,000, 28 days are 16,570.
    assert owed(loan, day(3))[:2] == [(300_000, 18_345), (300_000, 16_570)]


def test_what_is_paid_early_saves_interest_and_what_is_paid_late_costs_it(loan, treasurer):
    repay(loan, amount=305_918, on=day(1, 22), by=treasurer)
    # 21 days remain until 12 February, on 900,000: 9,320.55; with the 5,917.81 before, 15,238 in all.
    assert owed(loan, day(2))[0] == (0, 15_238 - 5_918)
    repay(loan, amount=9_320, on=day(2), by=treasurer)
    assert owed(loan, day(3))[1] == (300_000, 12_427)


def test_closing_the_loan_costs_the_interest_until_that_day(loan, treasurer):
    position = queries.position(loan, as_of=day(1, 22))
    assert position.total == 1_205_918
    repay(loan, amount=1_205_918, on=day(1, 22), by=treasurer)
    loan.refresh_from_db()
    assert loan.settled_on == day(1, 22)
    assert queries.position(loan, as_of=day(6)).total == 0


def test_the_arrears_list_knows_the_interest_of_the_days(loan, treasurer):
    assert queries.arrears(as_of=day(2)) == []
    [late] = queries.arrears(as_of=day(3))
    assert (late.overdue_principal, late.overdue_interest, late.days) == (300_000, 18_345, 28)
    repay(loan, amount=305_918, on=day(1, 22), by=treasurer)
    repay(loan, amount=9_320, on=day(2), by=treasurer)
    assert queries.arrears(as_of=day(3)) == []  # the plan asked 18,345, the days only 15,238


# -- days at the edge of the calendar --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "day_count", "days"),
    [
        (day(1, 31), "actual/365", [28, 31, 30, 31]),  # 28 February, 31 March, 30 April, 31 May
        (day(1, 31, 2028), "actual/365", [29, 31, 30, 31]),  # a leap year
        (day(2, 29, 2028), "actual/365", [29, 31, 30, 31]),  # from leap day: 29 March, 29 April, 29 May, 29 June
        (day(12, 12, 2027), "actual/360", [31, 31, 29, 31]),  # over New Year into a leap year
    ],
)
def test_the_plan_at_month_end_leap_day_and_new_year(start, day_count, days):
    plan = schedule(terms(day_count=day_count, principal=3_650_000), disbursed_on=start)
    assert [row.days for row in plan.rows] == days
    year = int(day_count.partition("/")[2])
    owed = [3_650_000, 2_737_500, 1_825_000, 912_500]
    exact = [Fraction(balance * 18 * count, 100 * year) for balance, count in zip(owed, days, strict=True)]
    assert [row.interest for row in plan.rows] == [int(part + Fraction(1, 2)) for part in exact]
