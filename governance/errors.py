"""What this room refuses with."""

from core.errors import Refused


class GovernanceRefused(Refused):
    """Something that was not decided as the rules ask; the sentence says what to do instead."""


class CaseRefused(GovernanceRefused):
    """A step that cannot be taken in a case now, or not by this person."""


class LetterRefused(GovernanceRefused):
    """A letter that cannot be signed, handed over or answered now."""
