"""The four kinds of tables, and what may happen to the rows of each."""

import dataclasses
import enum


class Kind(enum.Enum):
    """What a table holds, as the supervisor asks about it."""

    MONEY = "money"
    DECISION = "decision"
    RECORD = "record"
    NOTE = "working note"


@dataclasses.dataclass(frozen=True)
class Kept:
    """What may change in the rows of a table, and whether they may go.

    `changes` are columns that may take another value at any time, `once` those that may be filled in and then stay.
    `free` tables are working notes: whatever they hold may change or be deleted. One that is `emptied` must leave no
    trace on the disk either, so the application may truncate it.
    """

    kind: Kind
    changes: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()
    free: bool = False
    emptied: bool = False

    def fixed(self, columns: list[str]) -> list[str]:
        """Those of `columns` that stay as they were written."""
        return [] if self.free else [name for name in columns if name not in self.changes | self.once]


def money(*, changes: str = "", once: str = "") -> Kept:
    """Rows that carry or explain an amount; columns are named in one string, by blanks."""
    return _kept(Kind.MONEY, changes, once)


def decision(*, changes: str = "", once: str = "") -> Kept:
    """Rows that say what somebody decided, agreed to or signed."""
    return _kept(Kind.DECISION, changes, once)


def record(*, changes: str = "", once: str = "") -> Kept:
    """Rows about people, things and events that are kept up to date and never deleted."""
    return _kept(Kind.RECORD, changes, once)


def note() -> Kept:
    """Working notes, sessions and the tables of libraries: nothing is proven by them."""
    return Kept(Kind.NOTE, free=True)


def draft() -> Kept:
    """Rows that are put together and taken apart until something above them is decided; their own triggers end that."""
    return Kept(Kind.RECORD, free=True)


def emptied() -> Kept:
    """The one table that must leave nothing behind: the sealed sums of a secret vote (decision 27)."""
    return Kept(Kind.DECISION, free=True, emptied=True)


def derived() -> Kept:
    """Rows that triggers of the database work out from others; their own triggers refuse any other hand."""
    return Kept(Kind.MONEY, free=True)


def _kept(kind, changes, once):
    return Kept(kind, frozenset(changes.split()), frozenset(once.split()))
