"""The surplus of a year, divided to the last rupiah."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shu.allocation import WHOLE, AllocationError, Figures, Fund, Share, allocate, half_up, pools, share_out

PERCENTAGES = {
    Fund.RESERVE: 2500,
    Fund.CAPITAL: 2000,
    Fund.BUSINESS: 3000,
    Fund.BOARD: 1000,
    Fund.STAFF: 500,
    Fund.EDUCATION: 500,
    Fund.SOCIAL: 500,
}
MEMBERS = [Figures("A-01", 700_000, 300_000), Figures("A-02", 700_000, 450_000), Figures("A-03", 700_000, 0)]


def test_the_worked_example_of_the_rules():
    made = allocate(10_000_001, PERCENTAGES, MEMBERS)
    assert made.funds == {
        Fund.RESERVE: 2_500_001,
        Fund.CAPITAL: 2_000_000,
        Fund.BUSINESS: 3_000_000,
        Fund.BOARD: 1_000_000,
        Fund.STAFF: 500_000,
        Fund.EDUCATION: 500_000,
        Fund.SOCIAL: 500_000,
    }
    assert made.sharing.shares == [
        Share("A-01", 666_667, 1_200_000),
        Share("A-02", 666_667, 1_800_000),
        Share("A-03", 666_666, 0),
    ]
    assert made.sharing.to_reserve == {}


def test_a_pool_without_figures_goes_to_the_reserve_and_says_so():
    savers = [member._replace(business=0) for member in MEMBERS]
    made = allocate(10_000_001, PERCENTAGES, savers)
    assert (made.funds[Fund.RESERVE], made.funds[Fund.BUSINESS]) == (5_500_001, 0)
    assert made.sharing.to_reserve == {Fund.BUSINESS: 3_000_000}
    assert [share.total for share in made.sharing.shares] == [666_667, 666_667, 666_666]


def test_without_members_both_pools_go_to_the_reserve():
    made = allocate(10_000_001, PERCENTAGES, [])
    assert (made.funds[Fund.RESERVE], made.sharing.shares) == (7_500_001, [])
    assert made.sharing.to_reserve == {Fund.CAPITAL: 2_000_000, Fund.BUSINESS: 3_000_000}


def test_a_fund_that_is_not_named_gets_nothing():
    made = allocate(100, {Fund.RESERVE: 4000, Fund.CAPITAL: 6000}, MEMBERS)
    assert made.funds == dict.fromkeys(Fund, 0) | {Fund.RESERVE: 40, Fund.CAPITAL: 60}


def test_no_surplus_is_nothing_for_everybody():
    made = allocate(0, PERCENTAGES, [])
    assert (set(made.funds.values()), made.sharing.to_reserve) == ({0}, {})


@pytest.mark.parametrize(
    ("surplus", "capital", "business", "expected"),
    [
        (1, "1/2", "1/2", (1, 0)),
        (3, "1/2", "1/2", (2, 1)),
        (5, "1/2", "1/10", (3, 1)),
        (7, "1/2", "0", (4, 0)),
        (10, "1/4", "3/4", (3, 7)),
        (1_000_000, "225/1000", "30/100", (225_000, 300_000)),
    ],
)
def test_a_pool_is_rounded_half_up_and_both_are_never_more_than_the_surplus(surplus, capital, business, expected):
    assert pools(surplus, Fraction(capital), Fraction(business)) == expected


@pytest.mark.parametrize(
    ("surplus", "percentages", "sentence"),
    [
        (100, {Fund.RESERVE: 10_500}, "percentages: must add up to exactly 100 %"),
        (100, {Fund.RESERVE: 9_999}, "percentages: must add up to exactly 100 %"),
        (100, {Fund.RESERVE: 10_001, Fund.SOCIAL: -1}, "percentages: cannot be negative"),
        (-1, PERCENTAGES, "surplus: cannot be negative; a loss is not shared out"),
    ],
)
def test_what_cannot_be_divided_is_refused(surplus, percentages, sentence):
    with pytest.raises(AllocationError) as refused:
        allocate(surplus, percentages, MEMBERS)
    assert str(refused.value) == sentence


def test_negative_figures_and_percentages_are_refused():
    with pytest.raises(AllocationError, match="member A-09: figures cannot be negative"):
        share_out(100, 100, [Figures("A-09", 5, -1)])
    with pytest.raises(AllocationError, match="percentages: cannot be negative"):
        pools(100, Fraction(-1, 100), Fraction(0))
    with pytest.raises(AllocationError, match="together are more than 100 %"):
        pools(100, Fraction(60, 100), Fraction(41, 100))


# -- for every surplus, every rule and every cooperative --------------------------------------------------------------

AMOUNTS = st.integers(0, 10**15)
COOPERATIVES = st.lists(st.builds(Figures, st.just("A"), AMOUNTS, AMOUNTS), max_size=40)
SURPLUSES = st.one_of(st.integers(0, 50), AMOUNTS)


@st.composite
def hundred_percent(draw):
    """Percentages of the seven funds that make exactly 100 %, the members' ones drawn like the others."""
    cuts = sorted(draw(st.lists(st.integers(0, WHOLE), min_size=len(Fund) - 1, max_size=len(Fund) - 1)))
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, WHOLE], strict=True)]
    return dict(zip(Fund, parts, strict=True))


@given(SURPLUSES, hundred_percent(), COOPERATIVES)
def test_everything_adds_up(surplus, percentages, members):
    made = allocate(surplus, percentages, members)
    assert sum(made.funds.values()) == surplus
    assert min(made.funds.values()) >= 0
    assert made.sharing.capital_part == made.funds[Fund.CAPITAL]
    assert made.sharing.business_part == made.funds[Fund.BUSINESS]
    assert sum(share.total for share in made.sharing.shares) == made.sharing.total
    assert all(share.capital_part >= 0 and share.business_part >= 0 for share in made.sharing.shares)


@given(SURPLUSES, hundred_percent(), COOPERATIVES)
def test_no_part_is_further_than_two_rupiah_from_its_percentage(surplus, percentages, members):
    made = allocate(surplus, percentages, members)
    without = dict(made.funds)
    for fund, amount in made.sharing.to_reserve.items():
        without[fund] += amount
        without[Fund.RESERVE] -= amount
    assert all(abs(without[fund] - Fraction(surplus * percentages[fund], WHOLE)) < 2 for fund in Fund)


@given(AMOUNTS, AMOUNTS, COOPERATIVES)
def test_a_member_gets_the_exact_part_to_within_a_rupiah_and_more_for_more(capital, business, members):
    made = share_out(capital, business, members)
    for fund, pool, parts in (
        (Fund.CAPITAL, capital, [share.capital_part for share in made.shares]),
        (Fund.BUSINESS, business, [share.business_part for share in made.shares]),
    ):
        weights = [getattr(member, fund) for member in members]
        if fund in made.to_reserve or not any(weights):
            assert not any(parts)
            continue
        assert all(
            abs(part - Fraction(pool * weight, sum(weights))) < 1 for part, weight in zip(parts, weights, strict=True)
        )
        ordered = [part for _weight, part in sorted(zip(weights, parts, strict=True))]
        assert ordered == sorted(ordered)


@given(st.fractions(0, 10**6))
def test_half_up_is_the_nearest_and_the_higher_of_two(exact):
    assert Fraction(-1, 2) < half_up(exact) - exact <= Fraction(1, 2)
