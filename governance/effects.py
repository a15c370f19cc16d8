"""What new rules would change: each room answers for the rules it knows, in its own words and figures.

Rooms register in their AppConfig; governance asks without knowing them.
"""

import datetime
from dataclasses import dataclass

from django.utils.module_loading import import_string

from governance.models import VersionedRules

_answers: dict[str, list[str]] = {}


@dataclass(frozen=True)
class Effect:
    """One question and its answer: how many of how many, and what it means for them."""

    question: str
    count: int
    of: int
    note: str = ""


def register(kind: str, path: str) -> None:
    """A room says: for the rules `kind` (`loans.loanrules`) ask the function at this dotted path.

    It is called with the proposed version, the version in force (or None) and `as_of`, and gives a list of Effect.
    """
    paths = _answers.setdefault(kind, [])
    if path not in paths:
        paths.append(path)


def of(proposed: VersionedRules, current: VersionedRules | None, *, as_of: datetime.date) -> list[Effect]:
    """Every answer to what `proposed` would change."""
    paths = _answers.get(proposed._meta.label_lower, [])
    return [effect for path in paths for effect in import_string(path)(proposed, current, as_of=as_of)]
