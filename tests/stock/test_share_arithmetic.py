"""A joint purchase shared out, to the square foot and the rupiah."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stock.arithmetic.share import Share, share_out


def test_the_worked_example():
    """100 SF for 3,300,001 arrive; 60, 45 and 45 were wanted: 40, 30 and 30 for 1,320,000.4 and twice 990,000.3; the

    odd rupiah belongs to the largest remainder.
    """
    shares = share_out(Decimal(100), 3_300_001, [Decimal(60), Decimal(45), Decimal(45)], counted=False)
    assert shares == [Share(Decimal(40), 1_320_001), Share(Decimal(30), 990_000), Share(Decimal(30), 990_000)]


def test_pieces_are_shared_whole():
    shares = share_out(Decimal(10), 100_000, [Decimal(1), Decimal(1), Decimal(1)], counted=True)
    assert [(share.quantity, share.amount) for share in shares] == [(4, 40_000), (3, 30_000), (3, 30_000)]


thousandths = st.integers(min_value=1, max_value=10**8).map(lambda number: Decimal(number) / 1000)


@given(thousandths, st.integers(min_value=1, max_value=10**10), st.lists(thousandths, min_size=1, max_size=20))
def test_nothing_is_lost_and_who_needs_more_gets_no_less(received, cost, needs):
    shares = share_out(received, cost, needs, counted=False)
    assert sum(share.quantity for share in shares) == received
    assert sum(share.amount for share in shares) == cost
    ranked = sorted(zip(needs, shares, strict=True), key=lambda pair: pair[0])
    for (less, small), (more, large) in pairwise(ranked):
        assert less == more or small.quantity <= large.quantity
        assert abs(small.quantity - large.quantity) <= Decimal("0.001") or less != more
