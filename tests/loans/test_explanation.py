"""The formulas under the amounts really give the amounts."""

import datetime
import re
from fractions import Fraction

import pytest

from loans.arithmetic.explanation import explained, percent
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


def test_grace():
    assert formulas(made("annuity", principal_grace=1))[0] == ("1.200.000 × 1,5\u00a0%", "belum (masa tenggang)")


def test_percent():
    assert [percent(Fraction(text) / 100) for text in ("1.5", "18", "0.0583", "2")] == [
        "1,5\u00a0%",
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
