"""Conversion between the units of the trade, exact to a thousandth. No database, no Django."""

from decimal import ROUND_HALF_UP, Decimal

SMALLEST = Decimal("0.001")
LARGEST = Decimal("999999999.999")


class NotExact(ValueError):
    """The quantity cannot be said in the other unit without rounding, or is too large to keep."""


def convert(quantity: Decimal, factor: Decimal, *, counted: bool) -> Decimal:
    """`quantity` of a unit that holds `factor` base units, in base units.

    `counted` base units (pairs, pieces) come in whole numbers only. Raises NotExact where rounding would be needed:
    4 kodi are 80 pairs, half a kodi is 10 pairs, a third of a kodi is refused.
    """
    result = Decimal(quantity) * Decimal(factor)
    if result > LARGEST or result != result.quantize(Decimal(1) if counted else SMALLEST):
        raise NotExact
    return result.quantize(SMALLEST)


def amount(quantity: Decimal, price: int) -> int:
    """What `quantity` costs at `price` rupiah per unit, in whole rupiah (half a rupiah rounds up)."""
    return int((quantity * price).quantize(Decimal(1), rounding=ROUND_HALF_UP))
