"""Which movement on the bank's statement is which line of the books: proposals, confirmed by hand. Pure."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

MOST_DAYS_APART = 5
"""A transfer of a Friday evening may stand in the books on Friday and at the bank on Monday, or on Wednesday after
holidays."""


@dataclass(frozen=True)
class Movement:
    """Of either side: `amount` in whole rupiah, negative where money left; `words` is all that is written about it."""

    key: int
    on: datetime.date
    amount: int
    words: str = ""


@dataclass(frozen=True)
class Proposal:
    bank: int
    books: int
    days_apart: int
    shared: tuple[str, ...] = ()
    """numbers and names that both sides mention"""
    has_rival: bool = False
    """whether another pair of either side shares as many of them"""

    @property
    def is_certain(self) -> bool:
        """The same amount on about the same day, and both sides alone name the same number or person."""
        return bool(self.shared) and self.days_apart <= 2 and not self.has_rival


def propose(bank: Iterable[Movement], books: Iterable[Movement], *, most_days: int = MOST_DAYS_APART) -> list[Proposal]:
    """At most one line of the books for each movement of the bank, the best pairs first, in the order of the bank.

    Only equal amounts are paired, at most `most_days` apart. Among several, the pair that shares the most words wins,
    then the nearest day, then the one that was written first.
    """
    by_day: dict[tuple[int, datetime.date], list[tuple[Movement, set[str]]]] = defaultdict(list)
    for line in books:
        by_day[line.amount, line.on].append((line, _words(line.words)))
    days = [datetime.timedelta(days=days) for days in range(-most_days, most_days + 1)]
    pairs, order = [], {}
    of_bank: dict[int, list[int]] = defaultdict(list)
    of_books: dict[int, list[int]] = defaultdict(list)
    for position, movement in enumerate(bank):
        order[movement.key] = position
        mine = _words(movement.words)
        for day in days:
            for line, words in by_day.get((movement.amount, movement.on + day), ()):
                shared = mine & words
                pairs.append((-len(shared), abs(day.days), position, line.on, line.key, movement.key, shared))
                of_bank[movement.key].append(-len(shared))
                of_books[line.key].append(-len(shared))
    pairs.sort()
    taken_bank: set[int] = set()
    taken_books: set[int] = set()
    proposals = []
    for less, apart, _, _, books_key, bank_key, shared in pairs:
        if bank_key not in taken_bank and books_key not in taken_books:
            taken_bank.add(bank_key)
            taken_books.add(books_key)
            rival = of_bank[bank_key].count(less) > 1 or of_books[books_key].count(less) > 1
            proposals.append(Proposal(bank_key, books_key, apart, tuple(sorted(shared)), rival))
    return sorted(proposals, key=lambda each: order[each.bank])


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """Why bank and books differ on a day: what only one of them knows (yet). All in whole rupiah, signed."""

    on: datetime.date
    bank_balance: int
    books_balance: int
    only_bank: int
    only_bank_count: int
    """movements of the bank that are in the books on no day"""
    only_books: int

    @property
    def difference(self) -> int:
        """What nothing explains; zero is what closing a month asks for."""
        return (self.bank_balance - self.only_bank) - (self.books_balance - self.only_books)


def _words(text: str) -> set[str]:
    """Numbers of four digits or more and words of four letters or more, in small letters."""
    return set(re.findall(r"\d{4,}|[^\W\d_]{4,}", text.lower()))
