"""The formulas under the amounts really give the amounts."""

import datetime
import re
from fractions import Fraction

import pytest

from loans.arithmetic.explanation import explained, percent, year_part
from loans.arithmetic.schedule import Terms, schedule


def made(method, *, rate="1.5", rate_per="month", day_count="30/360", on=datetime.date(2026, 1, 12), **changes):
    terms = {"principal": 1_200_000, "instalments": 4} | changes
    return schedule(
        Terms(method=method, rate=Fraction(rate) / 100, rate_per=rate_per, day_count=day_count, **terms),
        disbursed_on=on,
    )


def formulas(plan):
    return [(interest, principal) for _row, interest, principal in explained(plan)]


def test_flat():
    assert formulas(made("flat")) == [("1.200.000 × 1,5\u00a0%", "1.200.000 ÷ 4")] * 3 + [
        ("1.200.000 × 1,5\u00a0%", "sisanya")
    ]


def test_declining():
    assert formulas(made("declining"))[:2] == [
        ("1.200.000 × 1,5\u00a0%", "1.200.000 ÷ 4"),
        ("900.000 × 1,5\u00a0%", "1.200.000 ÷ 4"),
    ]


def test_annuity_with_actual_days():
    plan = made("annuity", rate="18", rate_per="year", day_count="actual/365", on=datetime.date(2026, 1, 31))
    assert formulas(plan)[0] == ("1.200.000 × 18\u00a0% × 28/365", "311.024 − 16.570")
    plan = made("annuity", rate="18", rate_per="year", day_count="actual/actual", on=datetime.date(2027, 12, 12))
    assert formulas(plan)[0][0] == "1.200.000 × 18\u00a0% × (20/365 + 11/366)"


def test_a_period_that_is_no_round_part_of_a_year_is_written_as_days():
    """17 % a year over months of 30 days; without interest the period is written all the same."""
    assert formulas(made("declining", rate="17", rate_per="year"))[0][0] == "1.200.000 × 17\u00a0% × 30/360"
    assert year_part(made("declining", rate="0").rows[0], made("declining", rate="0")) == "30/360"


def test_actual_days_are_written_even_where_the_rate_is_round():
    """18 % × 73/365 = 3.6 %, but days that are counted are shown."""
    plan = made("declining", rate="365", rate_per="year", day_count="actual/365", on=datetime.date(2026, 1, 12))
    assert formulas(plan)[0][0] == "1.200.000 × 365\u00a0% × 31/365"


def test_the_last_flat_interest_is_what_the_others_left():
    """1.5 % of 1,000,033 is 15,000.495; four times that is 60,002, of which three instalments of 15,000 are paid."""
    assert [interest for interest, _principal in formulas(made("flat", principal=1_000_033))] == [
        *["1.000.033 × 1,5\u00a0%"] * 3,
        "60.002 − 45.000",
    ]


def test_after_the_grace_the_others_share_the_principal():
    assert formulas(made("declining", principal_grace=1))[1] == ("1.200.000 × 1,5\u00a0%", "1.200.000 ÷ 3")


def test_grace():
    assert formulas(made("annuity", principal_grace=1))[0] == ("1.200.000 × 1,5\u00a0%", "belum (masa tenggang)")


def test_percent():
    assert [percent(Fraction(text) / 100) for text in ("1.5", "10", "18", "0.0583", "2")] == [
        "1,5\u00a0%",
        "10\u00a0%",
        "18\u00a0%",
        "0,0583\u00a0%",
        "2\u00a0%",
    ]


@pytest.mark.parametrize("method", ["flat", "declining", "annuity"])
@pytest.mark.parametrize("day_count", ["30/360", "actual/360", "actual/364", "actual/365", "actual/actual"])
@pytest.mark.parametrize("principal", [1_200_000, 1_000_001])
def test_whoever_works_the_interest_out_again_gets_the_same(method, day_count, principal):
    plan = made(method, rate="17.25", rate_per="year", day_count=day_count, principal=principal, instalments=7)
    for row, interest, _principal in explained(plan):
        assert abs(worth(interest) - row.interest) <= Fraction(1, 2), (row.number, interest)


def worth(formula: str) -> Fraction:
    """The value of a formula as the page shows it."""
    text = formula.replace("\u00a0%", "/100").replace(".", "").replace(",", ".")
    text = text.replace("×", "*").replace("÷", "/").replace("−", "-")
    assert re.fullmatch(r"[\d.()*/+\- ]+", text), text
    return eval(re.sub(r"[\d.]+", lambda number: f"Fraction('{number.group()}')", text))
