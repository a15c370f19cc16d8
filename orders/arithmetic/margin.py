"""What remains of the price of one, in whole rupiah. No database, no clock, no Django."""

from dataclasses import dataclass
from decimal import Decimal

from orders.arithmetic.settlement import amount, whole_rupiah


@dataclass(frozen=True)
class Margin:
    """The price of one, and what goes off it: the maker, the material, the way to the buyer.

    `material` is None where the bill or a price is missing: then nobody knows what remains, and it counts as nothing.
    """

    quantity: Decimal
    price: int
    maker: int = 0
    material: int | None = 0
    bringing: int = 0

    @property
    def remains(self) -> int:
        return self.price - self.maker - (self.material or 0) - self.bringing

    @property
    def total(self) -> int:
        return amount(self.quantity, self.remains)

    @property
    def is_loss(self) -> bool:
        return self.remains < 0


def share(cost: int, pieces: Decimal) -> int:
    """The part of one piece in what all of them cost together."""
    return whole_rupiah(Decimal(cost) / pieces) if pieces else 0
