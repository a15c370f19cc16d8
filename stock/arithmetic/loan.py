"""When lent material must be back, and what it is worth. No database, no clock, no Django.

The lender keeps his own orders in mind when he lends, so the day is not agreed but worked out from them: his orders
take what he still has, the one due first takes first; the first that would go without asks for what is out. Of
several loans of the same material the one lent first is asked first.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NONE = Decimal(0)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Need:
    """So much of a material, to be in the workshop on a day, and what for: an order, in words with its address."""

    needed_on: datetime.date
    quantity: Decimal
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class ReturnDate:
    """The day on which it must be back, the order that asks for it, and how much that order lacks then."""

    on: datetime.date
    need: Need | None = None
    missing: Decimal = NONE


def in_order(needs: Iterable[Need]) -> list[Need]:
    """The order in which work takes material: by the day it is needed; the rest only makes equals stand still."""
    return sorted(needs, key=lambda need: (need.needed_on, need.label, need.quantity))


def return_date(
    needs: Iterable[Need], *, held: Decimal, ahead: Decimal, lent_on: datetime.date, fallback_days: int
) -> ReturnDate:
    """When a loan must be back: as the first need that what the lender has and gets back before cannot cover.

    `held` is what the lender still has, `ahead` what is out on loans that come back before this one. Without such a
    need it is `fallback_days` after it was lent. Never before the day it was lent.
    """
    taken = NONE
    for need in in_order(needs):
        taken += need.quantity
        if taken > held + ahead:
            return ReturnDate(max(need.needed_on, lent_on), need, taken - held - ahead)
    return ReturnDate(lent_on + fallback_days * DAY)


def missing_on(needs: Iterable[Need], *, held: Decimal, owed: Decimal, on: datetime.date) -> Decimal:
    """How much the borrower will lack when `owed` must be back on `on` and his own work takes what it needs before."""
    taken = sum((need.quantity for need in needs if need.needed_on <= on), NONE)
    return max(taken + owed - held, NONE)


def spare(needs: Iterable[Need], *, held: Decimal, at_most: Decimal | None) -> Decimal:
    """What a workshop can lend: what its own orders leave, and not more than it said it lends."""
    free = max(held - sum((need.quantity for need in needs), NONE), NONE)
    return free if at_most is None else min(free, at_most)


def worth(quantity: Decimal, price: int) -> int:
    """Whole rupiah for `quantity` at `price` per unit; half a rupiah rounds up."""
    return int((Decimal(quantity) * price).quantize(Decimal(1), rounding=ROUND_HALF_UP))
