"""Quarters, and how much of the whole each part is. No database, no clock, no Django."""

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year, counted from 1."""

    year: int
    number: int

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> datetime.date:
        month = 3 * self.number
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number}"

    def before(self, count: int) -> "Quarter":
        index = self.year * 4 + self.number - 1 - count
        return Quarter(index // 4, index % 4 + 1)


def quarter_of(day: datetime.date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def parse(code: str, *, or_else: Quarter) -> Quarter:
    """The quarter that `2026-4` names; anything else is `or_else`."""
    found = re.fullmatch(r"(20\d\d)-([1-4])", code or "")
    return Quarter(int(found[1]), int(found[2])) if found else or_else


def percents(amounts: Sequence[int]) -> list[int]:
    """Whole percents that add up to 100 (largest remainder); nothing of nothing is 0."""
    total = sum(amounts)
    if not total:
        return [0] * len(amounts)
    exact = [divmod(amount * 100, total) for amount in amounts]
    shares = [whole for whole, _rest in exact]
    by_rest = sorted(range(len(amounts)), key=lambda place: (-exact[place][1], place))
    for place in by_rest[: 100 - sum(shares)]:
        shares[place] += 1
    return shares
