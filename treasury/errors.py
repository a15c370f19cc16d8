"""How this room says no."""

from core.errors import Refused


class TreasuryRefused(Refused):
    """The money does not move: not there, not allowed alone, already answered, or not what the bank says."""
