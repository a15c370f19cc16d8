"""The pure arithmetic of a handover, as examples worked out by hand and as properties."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orders.arithmetic import settlement
from orders.arithmetic.settlement import ORDER, settle


def test_the_worked_example_of_the_rules():
    """18 good at 9,000 are 162,000; two days late 5,000 each, two not good 1,000 each, 50,000 ahead, leather 80,000."""
    parts = settle(162_000, {"late": 10_000, "reject": 2_000, "advance": 50_000, "material": 80_000})
    assert parts.amount == 20_000
    assert parts.carried == {"late": 0, "reject": 0, "advance": 0, "material": 0}


def test_what_the_pay_does_not_cover_is_carried():
    parts = settle(100_000, {"late": 10_000, "advance": 50_000, "material": 80_000})
    assert parts.taken_off == {"late": 10_000, "reject": 0, "advance": 50_000, "material": 40_000}
    assert (parts.amount, parts.carried["material"]) == (0, 40_000)


def test_days_late_and_what_may_be_paid_ahead():
    due = datetime.date(2026, 3, 23)
    assert settlement.days_late(due, None) == 0
    assert settlement.days_late(due, due) == 0
    assert settlement.days_late(due, due + datetime.timedelta(days=3)) == 3
    assert settlement.most_ahead(Decimal(20), 9_000, 3_000) == 54_000
    assert settlement.most_ahead(Decimal(1), 9_001, 5_000) == 4_501  # 4.500,5 rounds up


def test_a_part_of_the_material():
    assert settlement.part(100_000, Decimal("7.5"), Decimal(10)) == 75_000
    assert settlement.part(100_000, Decimal(0), Decimal(10)) == 0
    assert settlement.part(100, Decimal(1), Decimal(3)) == 33


def test_material_is_due_piece_by_piece():
    facts = {"accepted": Decimal(5), "in_hand": Decimal(20)}
    assert settlement.material_due(100_000, taken_off=0, more_to_come=True, **facts) == 25_000
    assert settlement.material_due(100_000, taken_off=25_000, more_to_come=True, **facts) == 0
    assert settlement.material_due(50_000, taken_off=25_000, more_to_come=True, **facts) == 0  # half came back
    assert settlement.material_due(20_000, taken_off=25_000, more_to_come=True, **facts) == -5_000
    assert settlement.material_due(100_000, taken_off=25_000, more_to_come=False, **facts) == 75_000


rupiah = st.integers(0, 10_000_000)
debts = st.fixed_dictionaries(dict.fromkeys(ORDER, rupiah))


@given(rupiah, debts)
def test_the_parts_add_up_and_never_less_than_nothing_is_paid(work, owed):
    parts = settle(work, owed)
    assert parts.amount + sum(parts.taken_off.values()) == work
    assert parts.amount >= 0
    for kind in ORDER:
        assert 0 <= parts.taken_off[kind] <= owed[kind]
        assert parts.taken_off[kind] + parts.carried[kind] == owed[kind]


@given(rupiah, debts)
def test_either_everything_is_covered_or_nothing_is_paid(work, owed):
    parts = settle(work, owed)
    assert parts.amount == 0 or not any(parts.carried.values())


@given(st.lists(rupiah, max_size=5), debts)
def test_in_parts_as_much_is_taken_off_as_at_once(works, owed):
    """Several deliveries settled one after the other pay the maker exactly what one settlement of all would."""
    open_, paid = dict(owed), 0
    for work in works:
        parts = settle(work, open_)
        open_, paid = dict(parts.carried), paid + parts.amount
    assert paid == settle(sum(works), owed).amount


@given(rupiah, debts, st.sampled_from(ORDER), rupiah)
def test_owing_more_never_pays_more(work, owed, kind, more):
    assert settle(work, owed | {kind: owed[kind] + more}).amount <= settle(work, owed).amount
