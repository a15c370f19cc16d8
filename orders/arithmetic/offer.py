"""Who should be asked, and why: the order of the cooperative's solidarity. No database, no clock, no Django.

The rule is a list, not a weighing of points, so that it can be argued with at the meeting (docs/rules.md):
first who can do it at all, then who has fewest orders, then who has waited longest, then who received least from
neighbours in the past year, then whose hands are proven, then who has most room.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

PROVEN, NAMED, UNKNOWN = 2, 1, 0
"""How sure the skill is: made before and accepted; written in the register; neither."""


@dataclass(frozen=True)
class Fit:
    """What is known about one member and one offer on one day."""

    skill: int
    free: Decimal | None
    """Base units the workshop can still finish until the work is due; None where no capacity is written down."""
    jobs: int
    """Orders and parts of others' orders in hand."""
    weeks_idle: int
    """Whole weeks without any work; 0 while there is some."""
    left: Decimal
    """How much of the offer looks for hands."""
    received: int = 0
    """Rupiah of neighbours' work taken in the year before."""

    @property
    def room(self) -> int:
        """3 all of it fits, 2 a part fits, 1 capacity unknown, 0 nothing fits."""
        if self.free is None:
            return 1
        if self.free >= self.left:
            return 3
        return 2 if self.free > 0 else 0

    @property
    def can(self) -> bool:
        return self.skill != UNKNOWN and self.room > 0


def rank(fit: Fit) -> tuple:
    """Sort key, smallest first: able before unable, few orders, long wait, little received, proven hands, most room."""
    return (not fit.can, fit.jobs, -fit.weeks_idle, fit.received, -fit.skill, -fit.room, -(fit.free or 0))


def best(fits: Iterable[tuple[Fit, object]]) -> list:
    """The objects in the order in which they should be asked; equal ones keep their order."""
    return [candidate for fit, candidate in sorted(fits, key=lambda pair: rank(pair[0]))]
