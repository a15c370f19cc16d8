"""The arithmetic of a handover: what delivered work is worth. No database, no clock, no Django."""

from decimal import ROUND_HALF_UP, Decimal


def amount(accepted: Decimal, price: int) -> int:
    """Whole rupiah for `accepted` units at `price` each; half a rupiah (only with measured material) rounds up."""
    return int((Decimal(accepted) * price).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def left(quantity: Decimal, taken: Decimal, given_back: Decimal, rejected: Decimal) -> Decimal:
    """How much of an offer still looks for hands: what was rejected, or given back, is open again."""
    return quantity - taken + given_back + rejected
