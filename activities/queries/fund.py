"""The funds that are put aside for the members: what they hold in both units, what came in and what went out."""

import datetime
from dataclasses import dataclass

from activities.models import Source
from core import sql
from ledger.models import Unit
from ledger.queries import account_balance

FUNDS = [Source.SOCIAL, Source.EDUCATION]


@dataclass(frozen=True)
class FundMovement:
    """What one kind of thing put into a fund, or took out of it, on one day. No names: every member reads it."""

    on: datetime.date
    kind: str
    """the first word of the references: `dues`, `visit`, …"""
    count: int
    amount: int
    """plus came in, minus went out; what was reversed is taken off again"""


def fund_part(code: str, unit: str, *, on: datetime.date) -> int:
    """What may be spent from a fund in the books of `unit`: what it holds on `on` and on every later day, never less

    than nothing.
    """
    return max(0, min(account_balance(unit, code, as_of=day) for day in (on, datetime.date.max)))


def fund_balance(code: str, *, as_of: datetime.date) -> int:
    """What the fund holds in both units together."""
    return sum(account_balance(unit, code, as_of=as_of) for unit in Unit)


def fund_movements(code: str, *, as_of: datetime.date) -> list[FundMovement]:
    """Newest day first. What the units owe each other for it does not appear: a fund is one, whoever keeps it."""
    return [FundMovement(*row) for row in sql.rows("activities/sql/fund_movements.sql", code=code, as_of=as_of)]


def fund_year(code: str, *, year: int) -> tuple[int, int]:
    """What came in and what went out in a year; reversals are taken off."""
    rows = [row for row in fund_movements(code, as_of=datetime.date(year, 12, 31)) if row.on.year == year]
    return sum(row.amount for row in rows if row.amount > 0), -sum(row.amount for row in rows if row.amount < 0)
