"""The market mirror: where the goods went. Counted is what buyers have, sold by the cooperative or by a member."""

from dataclasses import dataclass

from core import sql
from members.models import Partner
from sales.arithmetic import market as arithmetic
from sales.arithmetic.market import Quarter
from sales.models import SellingRules

LEVELS = tuple(Partner.Market.values)
QUARTERS = 8


@dataclass(frozen=True)
class Level:
    """One market level in one quarter, beside the aim of the rules that held at its end."""

    market: str
    amount: int
    percent: int
    aim: int

    @property
    def label(self) -> str:
        return Partner.Market(self.market).label


@dataclass(frozen=True)
class Row:
    """A buyer or a product of one quarter; `percent` of all that was delivered."""

    pk: int
    name: str
    amount: int
    percent: int
    market: str = ""
    direct: int = 0
    quantity: object = None
    unit: str = ""

    @property
    def level(self) -> str:
        return Partner.Market(self.market).label if self.market else ""


def market_levels(until: Quarter) -> list[tuple[Quarter, int, list[Level]]]:
    """The last quarters up to `until`, the latest first: the quarter, its total, its levels. Two queries."""
    first = until.before(QUARTERS - 1)
    rows = sql.rows("sales/sql/market_levels.sql", first=first.first, last=until.last)
    versions = SellingRules.objects.order_by("-in_force_from").filter(in_force_from__lte=until.last)
    rules = [*versions, SellingRules.built_in()]
    amounts = {(row.year, row.number, row.market): row.amount for row in rows}
    found = []
    for back in range(QUARTERS):
        quarter = until.before(back)
        of_level = [amounts.get((quarter.year, quarter.number, level), 0) for level in LEVELS]
        held = next(one for one in rules if one.pk is None or one.in_force_from <= quarter.last)
        aims = [held.aims[level] for level in LEVELS]
        levels = map(Level, LEVELS, of_level, arithmetic.percents(of_level), aims)
        found.append((quarter, sum(of_level), list(levels)))
    return found


def market_partners(quarter: Quarter) -> list[Row]:
    """The buyers of a quarter, the largest first. One query."""
    return _rows("sales/sql/market_partners.sql", quarter)


def market_items(quarter: Quarter) -> list[Row]:
    """The products of a quarter, the largest first. One query."""
    return _rows("sales/sql/market_items.sql", quarter)


def _rows(path: str, quarter: Quarter) -> list[Row]:
    found = sql.rows(path, first=quarter.first, last=quarter.last)
    percents = arithmetic.percents([row.amount for row in found])
    return [
        Row(pk=row.id, percent=percent, **{name: getattr(row, name) for name in row._fields if name != "id"})
        for row, percent in zip(found, percents, strict=True)
    ]
