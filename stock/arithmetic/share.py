"""A joint purchase shared out: what arrived by need, its cost by what each got. No database, no clock, no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.money import split

THOUSANDTHS = 1000


@dataclass(frozen=True)
class Share:
    """What one member gets of what arrived, and what it costs him in whole rupiah."""

    quantity: Decimal
    amount: int


def share_out(received: Decimal, cost: int, needs: Sequence[Decimal], *, counted: bool) -> list[Share]:
    """One share per need, in the same order; quantities and rupiah add up exactly.

    Where less or more arrived than was needed everybody gets less or more in proportion. What is `counted` is shared
    in whole pieces. The cost follows what each got, so that a piece costs everybody the same, to the rupiah.
    """
    step = 1 if counted else THOUSANDTHS
    weights = [int(need * THOUSANDTHS) for need in needs]
    parts = split(int(received * step), weights)
    amounts = split(cost, parts)
    return [Share(Decimal(part) / step, amount) for part, amount in zip(parts, amounts, strict=True)]
