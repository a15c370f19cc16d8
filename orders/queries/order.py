"""Orders and their lines."""

import datetime
from decimal import Decimal

from django.db.models import Count, DecimalField, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from core import sql
from members.models import Member
from orders.arithmetic import settlement
from orders.models import Claim, Delivery, GoodsTaken, Order, OrderLine, Progress
from orders.models.quantities import NONE, total_of


def orders(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with `amount` in rupiah, `below_list` (lines under the agreed price) and `handed` (taken by others)."""
    money = ExpressionWrapper(
        F("base_quantity") * F("price"), output_field=DecimalField(max_digits=24, decimal_places=3)
    )
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    claims = Claim.objects.filter(offer__line__order=OuterRef("pk")).order_by().values("offer__line__order")
    below = Count("pk", filter=Q(price__lt=F("list_price")))
    return rows.select_related("partner", "member").annotate(
        amount=Coalesce(Subquery(lines.annotate(total=Sum(money)).values("total")), NONE),
        below_list=Coalesce(Subquery(lines.annotate(total=below).values("total")), 0),
        handed=Coalesce(Subquery(claims.annotate(total=Sum(F("quantity") - F("withdrawn"))).values("total")), NONE),
    )


class Shipped(Func):
    """What of a line (its key) the buyer has: what the room above has told `orders_shipped` in SQL."""

    template = "(SELECT quantity FROM orders_shipped(%(expressions)s, 'infinity'))"
    output_field = DecimalField(max_digits=12, decimal_places=3)


def lines(order: Order) -> QuerySet[OrderLine]:
    """The lines with how far they are, in base units.

    `shipped` to the buyer and `to_ship`; `goods_taken` finished from neighbours;
    `taken` by other hands (less what came back), of which `out` has not been
    counted; `made` by the own workshop, by its latest word.
    """
    claims = Claim.objects.filter(offer__line=OuterRef("pk"))
    counted = Delivery.objects.filter(claim__offer__line=OuterRef("pk"), confirmed_on__isnull=False)
    goods = GoodsTaken.objects.confirmed().filter(line=OuterRef("pk"))
    told = Progress.objects.filter(line=OuterRef("pk")).order_by("-told_on").values("made")[:1]
    return (
        order.lines.select_related("item__base_unit", "unit", "price_list")
        .annotate(
            shipped=Coalesce(Shipped(F("pk")), NONE),
            claimed=total_of(claims, "offer__line", F("quantity") - F("withdrawn")),
            came=total_of(counted, "claim__offer__line", F("accepted") + F("rejected")),
            rejected=total_of(counted, "claim__offer__line", F("rejected")),
            goods_taken=total_of(goods, "line", F("loan__quantity")),
            made=Coalesce(Subquery(told), NONE),
        )
        .annotate(
            to_ship=F("base_quantity") - F("shipped"),
            taken=F("claimed") - F("rejected"),
            out=F("claimed") - F("came"),
        )
        .order_by("pk")
    )


def worth(line: OrderLine, quantity: Decimal) -> int:
    """Whole rupiah for so many of a line, at its agreed price."""
    return settlement.amount(quantity, line.price)


def own_part(line: OrderLine) -> Decimal:
    """What of a line the own workshop makes: what other hands did not take, or gave back, or made badly."""
    [found] = lines(line.order).filter(pk=line.pk)
    return found.base_quantity - found.taken - found.goods_taken


def amount(order: Order) -> int:
    """What the whole order is worth at its prices, in whole rupiah."""
    return sum(line.amount for line in order.lines.all())


def work_ahead(member: Member, *, as_of: datetime.date) -> int:
    """What the member's own open orders are still worth on `as_of`, less what other hands took; whole rupiah."""
    return sql.value("orders/sql/work_ahead.sql", member=member.pk, as_of=as_of)


def below_list(rows: QuerySet) -> QuerySet:
    """Order lines sold under the agreed price, newest first, with how much cheaper one was."""
    return (
        rows.filter(price__lt=F("list_price"), order__cancelled_on=None)
        .select_related("order__partner", "order__member", "item__base_unit", "price_list")
        .annotate(less=F("list_price") - F("price"))
        .order_by("-order__ordered_on", "-pk")
    )
