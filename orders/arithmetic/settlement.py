"""The arithmetic of a handover: what work is worth and what is left of it. No database, no clock, no Django."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ORDER = ("late", "reject", "advance", "material")
"""What is taken off first: what was agreed to cost something, then money paid ahead, then material."""


def amount(accepted: Decimal, price: int) -> int:
    """Whole rupiah for `accepted` units at `price` each; half a rupiah (only with measured material) rounds up."""
    return whole_rupiah(Decimal(accepted) * price)


def part(value: int, quantity: Decimal, whole: Decimal) -> int:
    """The value of `quantity` out of a `whole` worth `value`."""
    return whole_rupiah(Decimal(value) * quantity / whole)


def days_late(due_on: datetime.date, last_sent_on: datetime.date | None) -> int:
    """Days from the due day to the last delivery; 0 in time."""
    return max((last_sent_on - due_on).days, 0) if last_sent_on else 0


def most_ahead(quantity: Decimal, price: int, advance_bp: int) -> int:
    """The most that the terms let the holder pay ahead."""
    return whole_rupiah(Decimal(quantity) * price * advance_bp / 10_000)


def material_due(value: int, *, taken_off: int, accepted: Decimal, in_hand: Decimal, more_to_come: bool) -> int:
    """What of the material owed is due now: the share of the pieces accepted, all of it once nothing more is to come.

    Below zero only where more was taken off than the material is worth.
    """
    left = value - taken_off
    if not more_to_come or in_hand <= 0:
        return left
    return min(left, max(part(value, min(accepted, in_hand), in_hand) - taken_off, 0))


@dataclass(frozen=True)
class Parts:
    """What becomes of the pay for one delivery."""

    work: int
    taken_off: Mapping[str, int]
    """Of each kind in ORDER, what this pay covers."""
    carried: Mapping[str, int]
    """Of each kind, what it does not cover: a claim that the next delivery meets, or that is paid back."""

    @property
    def amount(self) -> int:
        return self.work - sum(self.taken_off.values())


def settle(work: int, owed: Mapping[str, int]) -> Parts:
    """Take what is owed off the pay for `work`, in ORDER, as far as it goes. Never pays less than nothing."""
    rest, taken_off = work, {}
    for kind in ORDER:
        taken_off[kind] = min(max(owed.get(kind, 0), 0), rest)
        rest -= taken_off[kind]
    return Parts(work, taken_off, {kind: max(owed.get(kind, 0), 0) - taken_off[kind] for kind in ORDER})


def whole_rupiah(rupiah: Decimal) -> int:
    return int(rupiah.quantize(Decimal(1), rounding=ROUND_HALF_UP))
