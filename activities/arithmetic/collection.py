"""Dividing what a member hands over at a meeting among what is owed. Pure: no database, no clock, no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LOANS, MANDATORY, DUES = "loans", "mandatory", "dues"


@dataclass(frozen=True)
class Owed:
    """What one member owes on the day. `dues` are the amounts of the due months, oldest first; each is paid whole."""

    mandatory: int = 0
    dues: Sequence[int] = ()
    loans: Mapping[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.mandatory + sum(self.dues) + sum(self.loans.values())


@dataclass(frozen=True)
class Wanted:
    """What was said by hand; None, or a loan that is not named, is left to the rules."""

    mandatory: int | None = None
    months: int | None = None
    voluntary: int | None = None
    loans: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Parts:
    """Where the money goes. `left` is what nothing was found for, less than nothing where the parts are too much."""

    mandatory: int
    months: int
    dues: int
    voluntary: int
    loans: Mapping[int, int]
    left: int


def split(given: int, owed: Owed, *, order: Sequence[str], keeps_rest: bool, wanted: Wanted | None = None) -> Parts:
    """Divide `given` in the order of the rules, oldest loan first, around what was `wanted` by hand.

    What is left over becomes voluntary savings where the rules keep it, and is `left` to be given back otherwise.
    """
    wanted = wanted or Wanted()
    mandatory, months, voluntary, loans = wanted.mandatory, wanted.months, wanted.voluntary, dict(wanted.loans)
    left = given - (mandatory or 0) - sum(owed.dues[: months or 0]) - (voluntary or 0) - sum(loans.values())
    for purpose in order:
        if purpose == MANDATORY and mandatory is None:
            mandatory = _take(left, owed.mandatory)
            left -= mandatory
        elif purpose == DUES and months is None:
            months = next((n for n in range(len(owed.dues), 0, -1) if sum(owed.dues[:n]) <= left), 0)
            left -= sum(owed.dues[:months])
        elif purpose == LOANS:
            for loan, due in owed.loans.items():
                if loan not in loans:
                    loans[loan] = _take(left, due)
                    left -= loans[loan]
    if voluntary is None:
        voluntary = _take(left, left) if keeps_rest else 0
        left -= voluntary
    dues = sum(owed.dues[:months])
    return Parts(mandatory, months, dues, voluntary, {loan: paid for loan, paid in loans.items() if paid}, left)


def _take(left: int, most: int) -> int:
    return max(0, min(left, most))
