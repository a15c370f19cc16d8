"""How the activities say no."""

from core.errors import Refused


class ActivityRefused(Refused):
    """Something about dues, visits or programmes that cannot be done; the sentence says what to do instead."""
