"""What the member gets of a sale of the cooperative. No database, no clock, no Django."""

from decimal import Decimal

from orders.arithmetic.settlement import whole_rupiah


def member_part(amount: int, kept_bp: int) -> int:
    """What is the member's of a sale of the cooperative: what it keeps is rounded half up and taken off."""
    return amount - whole_rupiah(Decimal(amount) * kept_bp / 10_000)
