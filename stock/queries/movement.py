"""What a workshop holds."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum, Window

from core import sql
from members.models import Member
from pricing.models import Item
from pricing.queries import price_list
from stock.models import StockMovement


@dataclass(frozen=True)
class Holding:
    """So much of an item in a workshop; `worth` is rupiah at the agreed price, None where the item is on no list."""

    item_id: int
    item: str
    kind: str
    unit: str
    quantity: Decimal
    last_on: datetime.date
    worth: int | None

    @property
    def is_material(self) -> bool:
        return self.kind == Item.Kind.MATERIAL


def holdings(member: Member, *, as_of: datetime.date) -> list[Holding]:
    """Everything the workshop has or had, material first. Two queries, however much was moved."""
    current = price_list(as_of=as_of)
    rows = sql.rows("stock/sql/holdings.sql", member=member.pk, as_of=as_of, price_list=current.pk if current else None)
    return [Holding(*row) for row in rows]


def held(member: Member, item: Item, *, as_of: datetime.date) -> Decimal:
    """How much of an item the workshop has on a day."""
    rows = StockMovement.objects.filter(member=member, item=item, on__lte=as_of)
    return rows.aggregate(total=Sum("quantity"))["total"] or Decimal(0)


def lowest(member: Member, item: Item, *, since: datetime.date) -> Decimal:
    """How much of an item can be taken out on a day without a later day going below zero."""
    return sql.value("stock/sql/lowest.sql", member=member.pk, item=item.pk, since=since)


def movements(member: Member, item: Item) -> QuerySet[StockMovement]:
    """What came and went, newest first, each with `balance`: what the workshop had after it."""
    running = Window(Sum("quantity"), order_by=["on", "pk"])
    return (
        StockMovement.objects.filter(member=member, item=item)
        .annotate(balance=running)
        .select_related("counterpart__member", "mirror__member")
        .order_by(F("on").desc(), "-pk")
    )


def last_quantity(member: Member, item: Item, kind: str) -> Decimal | None:
    """What was recorded the last time, which is often right again: a second tap is then enough."""
    row = StockMovement.objects.filter(member=member, item=item, kind=kind).order_by("-on", "-pk").first()
    return abs(row.quantity) if row else None
