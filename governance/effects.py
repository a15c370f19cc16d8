"""What new rules would change: each room answers for its own rules, in its own words and figures.

Rooms answer through `core.hooks`; governance asks without knowing them.
"""

import datetime
from dataclasses import dataclass

from core import hooks
from governance.models import VersionedRules


@dataclass(frozen=True)
class Effect:
    """One question and its answer: how many of how many, and what it means for them."""

    question: str
    count: int
    of: int
    note: str = ""


def of(proposed: VersionedRules, current: VersionedRules | None, *, as_of: datetime.date) -> list[Effect]:
    """What `proposed` would change: the room that knows these rules answers for their label, `loans.loanrules`.

    It is called with the proposed version, the version in force (or None) and `as_of`, and gives a list of Effect.
    """
    answer = hooks.answer("effects", proposed._meta.label_lower)
    return answer(proposed, current, as_of=as_of) if answer else []
