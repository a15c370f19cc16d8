"""Orders and their lines."""

import datetime
from decimal import Decimal

from django.db.models import Count, DecimalField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from core import sql
from members.models import Member
from orders.models import NONE, Claim, Order, OrderLine, Surplus
from pricing.models import Item


def not_offered(line: OrderLine, *, as_of: datetime.date) -> Decimal:
    """What of a line is neither with other hands nor on the board: the most that can be offered."""
    remaining = line.base_quantity
    for surplus in line.surpluses.counted():
        is_open = surplus.withdrawn_on is None and surplus.closes_on >= as_of
        remaining -= surplus.quantity if is_open else surplus.taken - surplus.rejected
    return remaining


def orders(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with `amount` in rupiah, `below_list` (lines under the agreed price) and `handed` (taken by others)."""
    money = ExpressionWrapper(
        F("base_quantity") * F("price"), output_field=DecimalField(max_digits=24, decimal_places=3)
    )
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    claims = Claim.objects.filter(surplus__line__order=OuterRef("pk")).order_by().values("surplus__line__order")
    below = Count("pk", filter=Q(price__lt=F("list_price")))
    return rows.select_related("partner", "member").annotate(
        amount=Coalesce(Subquery(lines.annotate(total=Sum(money)).values("total")), NONE),
        below_list=Coalesce(Subquery(lines.annotate(total=below).values("total")), 0),
        handed=Coalesce(Subquery(claims.annotate(total=Sum(F("quantity") - F("withdrawn"))).values("total")), NONE),
    )


def lines(order: Order) -> QuerySet[OrderLine]:
    return order.lines.select_related("item__base_unit", "unit", "price_list").order_by("pk")


def surpluses(order: Order) -> QuerySet[Surplus]:
    """What was offered of an order, with its counts, newest first."""
    return Surplus.objects.counted().filter(line__order=order).select_related("line__item__base_unit").order_by("-pk")


def work_ahead(member: Member, *, as_of: datetime.date) -> int:
    """What the member's own open orders are still worth on `as_of`, less what other hands took; whole rupiah."""
    return sql.value("orders/sql/work_ahead.sql", member=member.pk, as_of=as_of)


def last_maker_price(item: Item) -> int | None:
    """What the maker of one got the last time it was offered: what the page proposes; None where it never was."""
    offers = Surplus.objects.filter(line__item=item).order_by("-posted_on", "-pk")
    return offers.values_list("maker_price", flat=True).first()
