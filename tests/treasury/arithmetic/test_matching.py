import datetime

from hypothesis import given
from hypothesis import strategies as st

from treasury.arithmetic.matching import Movement, Proposal, Reconciliation, propose


def on(day):
    return datetime.date(2026, 10, day)


def pairs(bank, books):
    return [(each.bank, each.books) for each in propose(bank, books)]


def test_same_amount_on_the_nearest_day():
    bank = [Movement(1, on(5), 118_000)]
    books = [Movement(10, on(2), 118_000), Movement(11, on(6), 118_000), Movement(12, on(5), -118_000)]
    assert pairs(bank, books) == [(1, 11)]


def test_a_shared_name_outweighs_the_day():
    bank = [Movement(1, on(5), 118_000, "TRSF SRI LESTARI")]
    books = [Movement(10, on(5), 118_000, "Angsuran Budi"), Movement(11, on(2), 118_000, "Angsuran Sri Lestari")]
    [proposal] = propose(bank, books)
    assert proposal == Proposal(1, 11, 3, ("lestari",))
    assert not proposal.is_certain


def test_each_line_is_given_away_once():
    bank = [Movement(1, on(5), 50_000), Movement(2, on(5), 50_000), Movement(3, on(6), 50_000)]
    books = [Movement(10, on(5), 50_000), Movement(11, on(6), 50_000)]
    assert pairs(bank, books) == [(1, 10), (3, 11)]


def test_a_pair_with_a_rival_that_shares_as_much_is_not_certain():
    books = [Movement(10, on(5), 50_000, "angsuran 2026 sri lestari"), Movement(11, on(5), 50_000, "angsuran 2026")]
    [named, other] = propose(
        [Movement(1, on(5), 50_000, "angsuran 2026 lestari"), Movement(2, on(5), 50_000, "2026")], books
    )
    assert [(named.books, named.is_certain), (other.books, other.is_certain)] == [(10, True), (11, False)]


def test_five_days_are_not_too_far_and_six_are():
    books = [Movement(10, on(1), 50_000)]
    assert pairs([Movement(1, on(6), 50_000)], books) == [(1, 10)]
    assert pairs([Movement(1, on(7), 50_000)], books) == []


movements = st.lists(
    st.builds(
        Movement,
        key=st.integers(0, 10**6),
        on=st.dates(on(1), on(31)),
        amount=st.sampled_from([-5, 5, 7]),
        words=st.sampled_from(["", "sri lestari", "kw-2026-0001", "0001 2026"]),
    ),
    max_size=12,
    unique_by=lambda each: each.key,
)


@given(movements, movements)
def test_proposals_are_one_to_one_of_equal_amounts_within_the_days(bank, books):
    by_bank, by_books = {each.key: each for each in bank}, {each.key: each for each in books}
    found = propose(bank, books)
    assert len({each.bank for each in found}) == len({each.books for each in found}) == len(found)
    for each in found:
        assert by_bank[each.bank].amount == by_books[each.books].amount
        assert abs((by_bank[each.bank].on - by_books[each.books].on).days) == each.days_apart <= 5


def test_reconciliation_explains_the_difference():
    """Bank 1,235,000 with a fee of 15,000 the books lack; books 1,350,000 with a transfer of 100,000 on its way."""
    told = {"on": on(31), "only_bank_count": 1}
    found = Reconciliation(
        bank_balance=1_235_000, books_balance=1_350_000, only_bank=-15_000, only_books=100_000, **told
    )
    assert found.difference == 0
    assert Reconciliation(bank_balance=5, books_balance=4, only_bank=0, only_books=0, **told).difference == 1
