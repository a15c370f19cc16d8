"""Who is asked first, and fair sharing as a property."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orders.allocation import NAMED, PROVEN, UNKNOWN, Fit, best, fair_shares, rank


def a_fit(*, skill=NAMED, free=100, jobs=0, weeks=0, left=50):
    return Fit(
        skill=skill, free=None if free is None else Decimal(free), jobs=jobs, weeks_idle=weeks, left=Decimal(left)
    )


def order(**fits):
    return best((fit, name) for name, fit in fits.items())


def test_able_hands_come_before_idle_ones():
    assert order(idle=a_fit(skill=UNKNOWN, weeks=9), busy=a_fit(jobs=3)) == ["busy", "idle"]
    assert order(full=a_fit(free=0), part=a_fit(free=10, jobs=2)) == ["part", "full"]


def test_fewest_orders_then_longest_wait_then_proven_then_room():
    assert order(two=a_fit(jobs=2), one=a_fit(jobs=1), none=a_fit()) == ["none", "one", "two"]
    assert order(short=a_fit(weeks=1), long=a_fit(weeks=6)) == ["long", "short"]
    assert order(named=a_fit(), proven=a_fit(skill=PROVEN)) == ["proven", "named"]
    assert order(part=a_fit(free=49), whole=a_fit(free=50)) == ["whole", "part"]
    assert order(unknown=a_fit(free=None), known=a_fit(free=20)) == ["known", "unknown"]


def test_equals_keep_their_order():
    assert order(first=a_fit(), second=a_fit()) == ["first", "second"]
    assert rank(a_fit()) == rank(a_fit())


def test_the_worked_example_of_the_rules():
    """90 pairs, wishes 20, 30, 100, 100: 20 each, three get 3 more, which is 89; the odd one to who got least."""
    shares = fair_shares(90, {"a": 20, "b": 30, "c": 100, "d": 100}, {"b": 10, "c": 0, "d": 5})
    assert shares == {"a": 20, "b": 23, "c": 24, "d": 23}


names = st.sampled_from("abcdefgh")
wishes = st.dictionaries(names, st.integers(0, 50), max_size=8)
balances = st.dictionaries(names, st.integers(0, 5), max_size=8)


@given(st.integers(0, 200), wishes, balances)
def test_all_is_given_that_is_wished_and_never_more(offered, wishes, balance):
    shares = fair_shares(offered, wishes, balance)
    assert sum(shares.values()) == min(offered, sum(wishes.values()))
    assert all(0 <= shares[member] <= wishes[member] for member in wishes)


@given(st.integers(0, 200), wishes, balances)
def test_shares_are_max_min_fair(offered, wishes, balance):
    """Whoever got less than they wished got at most one piece less than anybody else."""
    shares = fair_shares(offered, wishes, balance)
    short = [shares[member] for member in wishes if shares[member] < wishes[member]]
    assert all(max(shares.values()) - share <= 1 for share in short)


@given(st.integers(0, 200), wishes, balances, st.randoms())
def test_the_order_of_input_does_not_matter(offered, wishes, balance, random):
    members = list(wishes.items())
    random.shuffle(members)
    assert fair_shares(offered, dict(members), balance) == fair_shares(offered, wishes, balance)


@given(st.integers(0, 200), wishes.filter(bool), balances, st.integers(1, 50), st.data())
def test_more_room_never_leaves_a_member_worse_off(offered, wishes, balance, more, data):
    member = data.draw(st.sampled_from(sorted(wishes)))
    before = fair_shares(offered, wishes, balance)[member]
    assert fair_shares(offered, wishes | {member: wishes[member] + more}, balance)[member] >= before
