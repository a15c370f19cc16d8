"""Classes of loans by both schemes, worked by hand; docs/rules.md shows the same figures."""

import datetime
from fractions import Fraction

import pytest

from loans.arithmetic.collectibility import ByClass, Class, CooperativeScheme
from tests.loans.collectibility import DaysScheme, Debt, Portfolio, Standing, by_cooperative_scheme, by_days, provision

JANUARY = datetime.date(2026, 1, 12)
RATES = ByClass(current=50, substandard=1_000, doubtful=5_000, loss=10_000)


def day(text):
    return datetime.date.fromisoformat(text)


def the_class(as_of, *, scheme=None, **debt):
    return by_cooperative_scheme(Debt(**debt), scheme or CooperativeScheme(), as_of=day(as_of)).value


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "current"),
        (90, "current"),
        (91, "substandard"),
        (120, "substandard"),
        (121, "doubtful"),
        (180, "doubtful"),
        (181, "loss"),
    ],
)
def test_by_days_allows_the_limit_itself(days, expected):
    assert by_days(days, DaysScheme()) == Class(expected)


def test_by_days_takes_other_limits():
    scheme = DaysScheme(current_until=90, substandard_until=180, doubtful_until=270)
    assert [by_days(days, scheme).value for days in (90, 180, 270, 271)] == [
        "current",
        "substandard",
        "doubtful",
        "loss",
    ]


def test_days_scheme_refuses_limits_that_do_not_rise():
    assert DaysScheme(current_until=0, substandard_until=1, doubtful_until=2)
    for limits in ((120, 120, 180), (90, 120, 120), (-1, 120, 180)):
        with pytest.raises(ValueError, match=r"^the limits rise from class to class$"):
            DaysScheme(**dict(zip(("current_until", "substandard_until", "doubtful_until"), limits, strict=True)))


@pytest.mark.parametrize(
    ("period_months", "as_of", "expected"),
    [
        (0, "2026-02-12", "current"),  # exactly 1 month
        (0, "2026-02-13", "substandard"),
        (0, "2026-03-12", "substandard"),  # exactly 2
        (0, "2026-03-13", "doubtful"),
        (1, "2026-04-12", "current"),  # exactly 3
        (1, "2026-04-13", "substandard"),
        (3, "2026-07-12", "substandard"),  # exactly 6
        (3, "2026-07-13", "doubtful"),
        (5, "2026-04-13", "substandard"),  # not named by the regulation: with the shorter group
        (6, "2026-07-12", "current"),  # exactly 6
        (6, "2026-07-13", "substandard"),
        (6, "2027-01-12", "substandard"),  # exactly 12
        (6, "2027-01-13", "doubtful"),
    ],
)
def test_principal_arrears_by_the_period_of_the_instalments(period_months, as_of, expected):
    found = the_class(as_of, period_months=period_months, principal_since=JANUARY, owed=1_000_000, collateral=750_000)
    assert found == expected


@pytest.mark.parametrize(
    ("period_months", "as_of", "expected"),
    [
        (0, "2026-02-12", "current"),
        (0, "2026-02-13", "substandard"),
        (0, "2026-04-12", "substandard"),
        (0, "2026-04-13", "doubtful"),
        (6, "2026-04-12", "current"),
        (6, "2026-04-13", "substandard"),
        (6, "2026-07-12", "substandard"),
        (6, "2026-07-13", "doubtful"),
    ],
)
def test_interest_arrears_by_the_period_of_the_instalments(period_months, as_of, expected):
    found = the_class(as_of, period_months=period_months, interest_since=JANUARY, owed=1_000_000, collateral=750_000)
    assert found == expected


def test_the_worse_of_principal_and_interest_decides():
    assert (
        the_class("2026-04-13", period_months=6, principal_since=day("2026-04-12"), interest_since=JANUARY)
        == "substandard"
    )


def test_nothing_late_is_current_whatever_the_collateral():
    assert the_class("2026-04-13", period_months=1, owed=1_000_000) == "current"


@pytest.mark.parametrize(
    ("since", "as_of", "expected"),
    [("2025-11-30", "2026-02-28", "current"), ("2025-11-30", "2026-03-01", "substandard")],
)
def test_three_months_from_a_day_that_february_lacks_end_with_february(since, as_of, expected):
    assert the_class(as_of, period_months=1, principal_since=day(since)) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-01-12", "current"),  # due today
        ("2026-01-13", "substandard"),
        ("2026-04-12", "substandard"),
        ("2026-04-13", "doubtful"),
    ],
)
def test_a_loan_repaid_in_one_sum_is_substandard_from_the_day_after(as_of, expected):
    found = the_class(as_of, period_months=None, principal_since=JANUARY, owed=1_000_000, collateral=750_000)
    assert found == expected


def test_a_loan_repaid_in_one_sum_is_judged_by_its_interest_before_it_is_due():
    debt = {"period_months": None, "interest_since": JANUARY, "owed": 1_000_000, "collateral": 750_000}
    found = [the_class(as_of, **debt) for as_of in ("2026-04-12", "2026-04-13", "2026-07-12", "2026-07-13")]
    assert found == ["current", "substandard", "substandard", "doubtful"]


@pytest.mark.parametrize(
    ("rescuable", "collateral", "expected"),
    [
        (True, 750_000, "doubtful"),
        (True, 749_999, "loss"),
        (False, 1_000_000, "doubtful"),
        (False, 999_999, "loss"),
    ],
)
def test_collateral_separates_doubtful_from_loss(rescuable, collateral, expected):
    found = the_class(
        "2026-07-13",
        period_months=1,
        principal_since=JANUARY,
        owed=1_000_000,
        collateral=collateral,
        rescuable=rescuable,
    )
    assert found == expected


@pytest.mark.parametrize(
    ("months", "as_of", "expected"),
    [
        (21, "2028-04-13", "doubtful"),  # doubtful since 13 July 2026: exactly 21 months
        (21, "2028-04-14", "loss"),
        (12, "2027-07-13", "doubtful"),
        (12, "2027-07-14", "loss"),
    ],
)
def test_a_doubtful_loan_that_is_not_settled_in_time_is_a_loss(months, as_of, expected):
    debt = {"period_months": 1, "principal_since": JANUARY, "owed": 1_000_000, "collateral": 5_000_000}
    assert the_class(as_of, scheme=CooperativeScheme(doubtful_months=months), **debt) == expected


def test_a_claim_in_court_is_a_loss():
    assert the_class("2026-01-12", period_months=1, owed=1_000_000, collateral=5_000_000, in_court=True) == "loss"


@pytest.mark.parametrize(
    ("cls", "expected"),
    [(Class.CURRENT, 5_000), (Class.SUBSTANDARD, 100_000), (Class.DOUBTFUL, 500_001), (Class.LOSS, 1_000_001)],
)
def test_provision_is_rounded_half_up_to_the_rupiah(cls, expected):
    """0.5, 10, 50 and 100 % of 1,000,001: 5,000.005; 100,000.1; 500,000.5; 1,000,001."""
    assert provision(1_000_001, cls, RATES) == expected


def test_the_worked_example_of_the_rules():
    """10,000,000 outstanding, of it 6,000,000 current."""
    loans = Portfolio(
        [
            Standing(5_000_000, Class.CURRENT, 0),
            Standing(1_000_000, Class.CURRENT, 60),
            Standing(2_000_000, Class.SUBSTANDARD, 91),
            Standing(1_200_000, Class.DOUBTFUL, 150),
            Standing(800_000, Class.LOSS, 400),
        ]
    )
    assert loans.by_class() == {
        Class.CURRENT: 6_000_000,
        Class.SUBSTANDARD: 2_000_000,
        Class.DOUBTFUL: 1_200_000,
        Class.LOSS: 800_000,
    }
    assert loans.provision(RATES) == 30_000 + 200_000 + 600_000 + 800_000
    assert loans.risk() == 1_000_000 + 900_000 + 800_000
    assert loans.risk_ratio() == Fraction(27, 100)
    assert loans.non_performing_ratio() == Fraction(40, 100)
    assert [loans.at_risk_ratio(days) for days in (30, 60, 90)] == [
        Fraction(50, 100),
        Fraction(40, 100),
        Fraction(40, 100),
    ]


def test_nothing_lent_is_nothing_at_risk():
    loans = Portfolio([])
    assert (loans.risk_ratio(), loans.non_performing_ratio(), loans.at_risk_ratio(30)) == (0, 0, 0)
