"""A year divided: figures worked out by hand.

By the end of November 2026 (`tests/reports/conftest.py`) the year has brought 8,000 of provision and 6,000 of interest
in the savings-and-loan unit, and 80,000 of dues less 15,000 for a meeting in the general one: 79,000. Sri and Tono
saved 100,000 + 20,000 each. Tono paid the 6,000 and was due 162,000 for work.
"""

import datetime

import pytest

from loans import services as loans
from loans.models import Repayment
from members.models import Member
from shu import queries
from shu.allocation import Figures, Fund, Share
from tests.builders import a_user

LAST = datetime.date(2026, 11, 30)


def shares(preview):
    return [row.share[1:] for row in preview.rows]


def test_the_year_is_divided_by_the_rules(november, shu_rules):
    rules = shu_rules()
    made = queries.preview(2026, as_of=LAST)
    assert (made.results, made.surplus, made.rules) == ({"usp": 14_000, "umum": 65_000}, 79_000, rules)
    assert made.allocation.funds == {
        Fund.RESERVE: 19_750,
        Fund.CAPITAL: 15_800,
        Fund.BUSINESS: 23_700,
        Fund.BOARD: 7_900,
        Fund.STAFF: 3_950,
        Fund.EDUCATION: 3_950,
        Fund.SOCIAL: 3_950,
    }
    sri, tono = Member.objects.order_by("number")
    assert [tuple(row) for row in made.rows] == [
        (sri.pk, sri.name, Figures(str(sri.number), 120_000, 0), Share(str(sri.number), 7_900, 0)),
        (tono.pk, tono.name, Figures(str(tono.number), 120_000, 168_000), Share(str(tono.number), 7_900, 23_700)),
    ]


@pytest.mark.parametrize(("counts", "business"), [("counts_interest", 6_000), ("counts_work", 162_000)])
def test_the_rules_say_what_counts_as_business(november, shu_rules, counts, business):
    shu_rules(**{"counts_interest": False, "counts_work": False, counts: True})
    assert [row.figures.business for row in queries.preview(2026, as_of=LAST).rows] == [0, business]


def test_a_reversed_repayment_does_not_count(november, shu_rules):
    shu_rules(counts_work=False)
    officer = a_user("chair", username="lain")
    loans.reverse_repayment(Repayment.objects.get(), reason="salah tulis", on=LAST, by=officer)
    made = queries.preview(2026, as_of=LAST)
    assert [row.figures.business for row in made.rows] == [0, 0]
    assert made.to_reserve == round(made.surplus * 0.3)


def test_an_earlier_day_sees_the_year_so_far(november, shu_rules):
    shu_rules()
    made = queries.preview(2026, as_of=datetime.date(2026, 11, 11))
    assert (made.surplus, len(made.rows), made.to_reserve) == (30_000, 1, 9_000)
    assert shares(made) == [(6_000, 0)]


def test_the_rules_of_the_last_day_of_the_year_divide_it(november, shu_rules):
    old = shu_rules(on=datetime.date(2025, 6, 1))
    shu_rules(on=datetime.date(2026, 6, 1), reserve=5500, business=0)
    made = queries.preview(2025, as_of=LAST)
    assert (made.last, made.rules, made.surplus) == (datetime.date(2025, 12, 31), old, 30_000)
    assert queries.preview(2026, as_of=LAST).allocation.funds[Fund.BUSINESS] == 0


def test_without_rules_or_without_surplus_nothing_is_divided(november, shu_rules):
    assert queries.preview(2026, as_of=LAST).allocation is None
    shu_rules()
    empty = queries.preview(2026, as_of=datetime.date(2026, 1, 31))
    assert (empty.surplus, empty.allocation, empty.rows) == (0, None, [])


def test_years_are_those_with_books(november):
    assert queries.years(as_of=LAST) == [2026, 2025, 2024]


def test_the_number_of_queries_does_not_grow_with_the_members(november, shu_rules, django_assert_num_queries):
    shu_rules()
    for day in (datetime.date(2026, 11, 11), LAST):  # one member, two members
        with django_assert_num_queries(6):
            queries.preview(2026, as_of=day)
