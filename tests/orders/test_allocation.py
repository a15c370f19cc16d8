"""Who is asked first, and fair sharing as a property."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orders.arithmetic.offer import NAMED, PROVEN, UNKNOWN, Fit, best, rank
from orders.arithmetic.round import Ask, Reason, fair_shares, in_lots, share_out


def a_fit(*, skill=NAMED, free=100, jobs=0, weeks=0, left=50, received=0):
    return Fit(
        skill=skill,
        free=None if free is None else Decimal(free),
        jobs=jobs,
        weeks_idle=weeks,
        left=Decimal(left),
        received=received,
    )


def order(**fits):
    return best((fit, name) for name, fit in fits.items())


def test_able_hands_come_before_idle_ones():
    assert order(idle=a_fit(skill=UNKNOWN, weeks=9), busy=a_fit(jobs=3)) == ["busy", "idle"]
    assert order(full=a_fit(free=0), part=a_fit(free=10, jobs=2)) == ["part", "full"]


def test_fewest_orders_then_longest_wait_then_least_received_then_proven_then_room():
    assert order(two=a_fit(jobs=2), one=a_fit(jobs=1), none=a_fit()) == ["none", "one", "two"]
    assert order(short=a_fit(weeks=1), long=a_fit(weeks=6)) == ["long", "short"]
    assert order(much=a_fit(received=900_000, skill=PROVEN), little=a_fit(received=100_000)) == ["little", "much"]
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


# -- a whole round: wish, room, steps, reasons ------------------------------------------------------------------------


def test_the_round_of_the_rules():
    """120 pairs: A wants 20; B wants 60 and has room for 30; C and D want 100 each, C received less before.

    20 to A and 30 to B leave 70: 35 each. In whole dozens 10 are shared: A 1, B 2, and of the 7 that are left C 4, D 3.
    """
    asks = {
        "a": Ask(Decimal(20), Decimal(50)),
        "b": Ask(Decimal(60), Decimal(30)),
        "c": Ask(Decimal(100), None, balance=100_000),
        "d": Ask(Decimal(100), Decimal(200), balance=900_000),
    }
    parts = share_out(Decimal(120), asks)
    assert {name: (part.given, part.reason) for name, part in parts.items()} == {
        "a": (20, Reason.WISH),
        "b": (30, Reason.ROOM),
        "c": (35, Reason.SHARE),
        "d": (35, Reason.SHARE),
    }
    parts = share_out(Decimal(120), asks, step=Decimal(12))
    assert {name: (part.given, part.reason) for name, part in parts.items()} == {
        "a": (12, Reason.WISH),
        "b": (24, Reason.ROOM),
        "c": (48, Reason.ODD),
        "d": (36, Reason.SHARE),
    }


def test_who_left_gets_nothing_and_takes_nothing_from_others():
    asks = {"gone": Ask(Decimal(50), None, is_member=False), "here": Ask(Decimal(50), None)}
    parts = share_out(Decimal(60), asks)
    assert (parts["gone"].given, parts["gone"].reason, parts["here"].given) == (0, Reason.LEFT, 50)


quantities = st.integers(0, 60).map(Decimal)
asked = st.dictionaries(
    names, st.builds(Ask, wish=quantities, free=st.none() | quantities, balance=st.integers(0, 5)), max_size=8
)
steps = st.sampled_from([Decimal(1), Decimal(12), Decimal(20)])


@given(st.integers(0, 200).map(Decimal), asked, steps)
def test_a_round_never_gives_more_than_offered_wished_or_free(offered, asks, step):
    parts = share_out(offered, asks, step=step)
    assert sum(part.given for part in parts.values()) <= offered
    for name, part in parts.items():
        ask = asks[name]
        assert 0 <= part.given <= ask.wish
        assert ask.free is None or part.given <= ask.free
        assert part.given % step == 0


@given(st.integers(0, 200).map(Decimal), asked, steps, st.randoms())
def test_a_round_is_the_same_in_any_order(offered, asks, step, random):
    shuffled = list(asks.items())
    random.shuffle(shuffled)
    assert share_out(offered, dict(shuffled), step=step) == share_out(offered, asks, step=step)


@given(st.integers(0, 200).map(Decimal), asked.filter(bool), steps, st.integers(1, 50), st.data())
def test_more_capacity_never_leaves_a_member_worse_off_in_a_round(offered, asks, step, more, data):
    name = data.draw(st.sampled_from(sorted(asks)))
    ask = asks[name]
    roomier = Ask(ask.wish, None if ask.free is None else ask.free + more, ask.balance)
    before = share_out(offered, asks, step=step)[name].given
    assert share_out(offered, asks | {name: roomier}, step=step)[name].given >= before


@given(st.integers(0, 200).map(Decimal), asked, steps)
def test_a_round_is_max_min_fair_in_steps(offered, asks, step):
    """Who got less than wish and room allow got at most one step less than anybody, and then nothing is left."""
    parts = share_out(offered, asks, step=step)
    short = [part.given for part in parts.values() if part.reason in (Reason.SHARE, Reason.ODD)]
    most = max((part.given for part in parts.values()), default=0)
    assert all(most - given <= step for given in short)
    if short:
        assert offered - sum(part.given for part in parts.values()) < step


def test_nobody_is_proposed_less_than_a_lot_is_worth():
    """Five pairs are one lot of five, not one pair each; 23 are for four; who has less room than a lot is not asked."""
    room = {"a": 3, "b": 50, "c": 50, "d": 8, "e": 50, "f": 50}
    assert in_lots(5, room, smallest=5) == {"b": 5}
    assert in_lots(23, room, smallest=5) == {"b": 6, "c": 6, "d": 6, "e": 5}
    assert in_lots(4, room, smallest=5) == {"b": 4}
    assert in_lots(0, room) == in_lots(9, {"a": 3}, smallest=5) == {}


@given(st.integers(0, 500), st.dictionaries(st.integers(0, 30), st.integers(0, 200), max_size=12), st.integers(1, 40))
def test_lots_are_never_small_nor_beyond_the_room(pieces, room, smallest):
    shares = in_lots(pieces, room, smallest=smallest)
    assert sum(shares.values()) <= pieces
    assert all(min(smallest, pieces) <= share <= room[member] for member, share in shares.items())
