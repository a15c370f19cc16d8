"""Schedules other people published in their test suites, as figures; amounts in hundredths where they have decimals.

Fineract: apache/fineract at 4198b0b (2024-10-24). Frappe: frappe/lending at 3f2cbc1 (2024-05-10).
Left out on purpose: …repayEvery2Week, where Fineract lowers an instalment it has already rounded (33.58 to 33.57)
to bring the last one nearer; schedules with several disbursements, which the cooperative does not make; and overdue
instalments of an annuity whose interest grows again by 30/360, where the daily method here counts the calendar.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """`rows` are (principal, interest, balance), by the number of the instalment; not every source gives all."""

    source: str
    terms: dict
    disbursed_on: datetime.date
    rows: dict
    interest: int | None = None
    instalment: int | None = None
    scale: int = 1


def _all(*rows):
    return dict(enumerate(rows, 1))


EMI = "Fineract ProgressiveEMICalculatorTest."
SIX_MONTHS = {"method": "annuity", "rate_per": "year", "instalments": 6, "rounding": "half_even", "principal": 100_00}
FLAT_YEAR = {"method": "flat", "rate": "12", "rate_per": "year", "instalments": 3, "rounding": "half_even"}

PUBLISHED = [
    Published(
        EMI + "disbursedAmt100_dayInYears360_daysInMonth30_repayEvery1Month",
        SIX_MONTHS | {"rate": "9.4822", "day_count": "30/360"},
        datetime.date(2024, 1, 1),
        _all((1634, 79, 8366), (1647, 66, 6719), (1660, 53, 5059), (1673, 40, 3386), (1686, 27, 1700), (1700, 13, 0)),
        instalment=1713,
    ),
    Published(
        EMI + "CheckEmiButNewEmiNotBetterThanOriginal (actual/365)",
        SIX_MONTHS | {"rate": "15.678", "day_count": "actual/365"},
        datetime.date(2024, 1, 1),
        _all((1610, 133, 8390), (1638, 105, 6752), (1653, 90, 5099), (1677, 66, 3422), (1697, 46, 1725), (1725, 22, 0)),
        instalment=1743,
    ),
    Published(
        EMI + "disbursedAmt100_dayInYearsActual_daysInMonthActual_repayEvery1Month (over New Year into a leap year)",
        SIX_MONTHS | {"rate": "9.4822", "day_count": "actual/actual"},
        datetime.date(2023, 12, 12),
        _all((1633, 80, 8367), (1646, 67, 6721), (1663, 50, 5058), (1672, 41, 3386), (1687, 26, 1699), (1699, 14, 0)),
        instalment=1713,
    ),
    Published(
        EMI + "disbursedAmt100_dayInYears364_daysInMonthActual_repayEvery1Week",
        SIX_MONTHS | {"rate": "9.4822", "day_count": "actual/364", "period": "week"},
        datetime.date(2024, 1, 1),
        _all((1659, 18, 8341), (1662, 15, 6679), (1665, 12, 5014), (1668, 9, 3346), (1671, 6, 1675), (1675, 3, 0)),
        instalment=1677,
    ),
    Published(
        EMI + "disbursedAmt100_dayInYears360_daysInMonthDoesntMatter_repayEvery15Days",
        SIX_MONTHS | {"rate": "9.4822", "day_count": "30/360", "period": "day", "every": 15},
        datetime.date(2024, 1, 1),
        _all((1650, 40, 8350), (1657, 33, 6693), (1664, 26, 5029), (1670, 20, 3359), (1677, 13, 1682), (1682, 7, 0)),
        instalment=1690,
    ),
    Published(
        EMI + "disbursedAmt1000_NoInterest_repayEvery1Month",
        SIX_MONTHS | {"rate": "0", "day_count": "actual/actual", "instalments": 4, "principal": 1000_00},
        datetime.date(2023, 12, 1),
        _all((25000, 0, 75000), (25000, 0, 50000), (25000, 0, 25000), (25000, 0, 0)),
        interest=0,
    ),
    Published(
        "Fineract e2e Loan.feature, 100 EUR at 7 %, 30/360, 6 months",
        SIX_MONTHS | {"rate": "7", "day_count": "30/360"},
        datetime.date(2024, 1, 1),
        _all((1643, 58, 8357), (1652, 49, 6705), (1662, 39, 5043), (1672, 29, 3371), (1681, 20, 1690), (1690, 10, 0)),
        interest=205,
        instalment=1701,
    ),
    Published(
        "Fineract ClientLoanIntegrationTest, 12,000 at 2 % a month, equal instalments",
        {"method": "annuity", "principal": 12_000_00, "rate": "2", "rate_per": "month", "instalments": 4},
        datetime.date(2011, 9, 20),
        _all((291149, 24000, 908851), (296972, 18177, 611879), (302911, 12238, 308968), (308968, 6179, 0)),
    ),
    Published(
        "Fineract ClientLoanIntegrationTest, 10,000,000 at 2 % a month, equal principal, amounts in hundreds",
        {
            "method": "declining",
            "principal": 10_000_000,
            "rate": "2",
            "rate_per": "month",
            "instalments": 24,
            "round_to": 100,
            "rounding": "half_even",
        },
        datetime.date(2014, 6, 2),
        {
            1: (416_700, 200_000, 9_583_300),
            2: (416_700, 191_700, 9_166_600),
            3: (416_700, 183_300, 8_749_900),
            4: (416_700, 175_000, 8_333_200),
            5: (416_700, 166_700, 7_916_500),
            6: (416_700, 158_300, 7_499_800),
            10: (416_700, 125_000, 5_833_000),
            20: (416_700, 41_700, 1_666_000),
            24: (415_900, 8_300, 0),
        },
    ),
    Published(
        "Fineract ClientLoanIntegrationTest, the same with five instalments of grace on principal",
        {
            "method": "declining",
            "principal": 10_000_000,
            "rate": "2",
            "rate_per": "month",
            "instalments": 24,
            "principal_grace": 5,
            "round_to": 100,
            "rounding": "half_even",
        },
        datetime.date(2014, 6, 2),
        {
            1: (0, 200_000, 10_000_000),
            5: (0, 200_000, 10_000_000),
            6: (526_300, 200_000, 9_473_700),
            7: (526_300, 189_500, 8_947_400),
            10: (526_300, 157_900, 7_368_500),
            20: (526_300, 52_600, 2_105_500),
            24: (526_600, 10_500, 0),
        },
    ),
    Published(
        "Frappe test_loan.test_loan: 280,000 at 8.4 %, instalment rounded up to whole units, shown without decimals",
        {
            "method": "annuity",
            "principal": 280_000_00,
            "rate": "8.4",
            "rate_per": "year",
            "instalments": 20,
            "instalment_multiple": 100,
            "instalment_rounding": "up",
        },
        datetime.date(2024, 1, 1),
        {4: (13_369, 1_683, 227_080), 18: (14_740, 312, 29_785), 20: (14_941, 105, 0)},
        interest=21_034,
        instalment=15_052,
        scale=100,
    ),
    Published(
        "Frappe test_loan_application.test_loan_totals: 250,000 at 9.2 % over 18 months",
        {
            "method": "annuity",
            "principal": 250_000,
            "rate": "9.2",
            "rate_per": "year",
            "instalments": 18,
            "rounding": "half_even",
            "instalment_multiple": 1,
            "instalment_rounding": "up",
        },
        datetime.date(2024, 1, 1),
        {},
        interest=18_599,
        instalment=14_923,
    ),
    Published(
        "Frappe test_loan_application.test_loan_totals: the same over 24 months",
        {
            "method": "annuity",
            "principal": 250_000,
            "rate": "9.2",
            "rate_per": "year",
            "instalments": 24,
            "rounding": "half_even",
            "instalment_multiple": 1,
            "instalment_rounding": "up",
        },
        datetime.date(2024, 1, 1),
        {},
        interest=24_657,
        instalment=11_445,
    ),
    Published(
        "Fineract e2e LoanRepayment.feature, 3,000 EUR at 12 % a year flat over 3 months",
        FLAT_YEAR | {"principal": 3000_00},
        datetime.date(2023, 1, 1),
        _all((1000_00, 30_00, 2000_00), (1000_00, 30_00, 1000_00), (1000_00, 30_00, 0)),
        interest=90_00,
    ),
    Published(
        "Frappe test_loan.test_loan: 14,000 fixed, 22 instalments of 280,000 at 8.4 %, shown without decimals",
        {
            "method": "annuity",
            "principal": 280_000_00,
            "rate": "8.4",
            "rate_per": "year",
            "instalments": 22,
            "instalment_multiple": 14_000_00,
        },
        datetime.date(2024, 1, 1),
        {},
        interest=22_712,
        instalment=14_000,
        scale=100,
    ),
    Published(
        "Fineract e2e LoanAccrualTransaction.feature, 1,000 EUR at 12 % by the day: January costs 10.19",
        {
            "method": "daily",
            "principal": 1000_00,
            "rate": "12",
            "rate_per": "year",
            "instalments": 1,
            "day_count": "actual/365",
            "rounding": "half_even",
        },
        datetime.date(2023, 1, 1),
        _all((1000_00, 10_19, 0)),
    ),
]

RATES = [
    (
        EMI + "testRateFactorByRepaymentEveryMonthMethod_DayInYear365_DaysInMonthActual",
        "actual/365",
        ["0.008053375342", "0.007533802740", "0.008053375342", "0.007793589041", "0.008053375342", "0.007793589041"],
    ),
    (
        EMI + "testRateFactorByRepaymentEveryMonthMethod_DayInYearActual_DaysInMonthActual",
        "actual/actual",
        ["0.008031371585", "0.007513218579", "0.008031371585", "0.007772295082", "0.008031371585", "0.007772295082"],
    ),
    (
        EMI + "disbursedAmt100_dayInYears360_daysInMonth30_repayEvery1Month, the rate of every period",
        "30/360",
        ["0.007901833333"] * 6,
    ),
]
"""The rate of every month of the first half of 2024 at 9.4822 % a year, to twelve digits."""

CLOSED_EARLY = [
    (
        "Fineract e2e Loan.feature, early pay-off with interest, till pre-close",
        "to_date",
        datetime.date(2024, 2, 15),
        1,
        (83_57, 24),
    ),
    (
        "Fineract e2e Loan.feature, early pay-off with interest, till rest frequency date",
        "period",
        datetime.date(2024, 2, 15),
        1,
        (83_57, 49),
    ),
    (EMI + "repayEvery1Month_payoff_on0115", "to_date", datetime.date(2024, 1, 15), 0, (100_00, 26)),
]
"""100 at 7 % over six months from 1 January 2024, 30/360: the rule, the day, what was paid before, what closes it."""

BY_THE_DAY = [
    (
        "Fineract e2e LoanAccrualTransaction.feature, 5,000 EUR at 12 %, accrued on 2 January 2023",
        5000_00,
        "12",
        1,
        1_64,
    ),
    ("the same, 1,000 EUR for the 31 days of January", 1000_00, "12", 31, 10_19),
]
"""Principal, percent a year, days and the interest of actual/365."""

DUE = [
    ("first", datetime.date(2022, 10, 17), datetime.date(2022, 11, 17), datetime.date(2023, 9, 17)),
    ("calendar month", datetime.date(2022, 11, 1), datetime.date(2022, 12, 1), datetime.date(2023, 10, 1)),
    ("end of month", datetime.date(2022, 10, 31), datetime.date(2022, 11, 30), datetime.date(2023, 9, 30)),
]
"""Frappe test_loan.test_term_loan_schedule_types: the first, second and last of twelve due dates."""
