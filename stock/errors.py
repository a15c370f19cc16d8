"""How this book says no."""

from core.errors import Refused


class StockRefused(Refused):
    """Something about material or goods that cannot be done; the sentence says what to do instead."""
