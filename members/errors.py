"""What this room refuses with."""

from core.errors import Refused


class MemberRefused(Refused):
    """Something that the register does not take; the sentence says what to do instead."""
