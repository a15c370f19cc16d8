"""Orders and their lines."""

import datetime
from decimal import Decimal

from django.db.models import Count, DecimalField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from core import sql
from members.models import Member
from orders import settlement
from orders.models import (
    NONE,
    Claim,
    Delivery,
    InvoiceLine,
    Order,
    OrderLine,
    Progress,
    ReturnLine,
    ShipmentLine,
    Surplus,
)
from orders.models.quantities import total_of
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
    """The lines with how far they are, in base units.

    `shipped` and `to_ship`; `returned` by the buyer; `invoiced` (less what was credited) and `to_invoice` (delivered,
    not come back and not asked for); `taken` by other hands (less
    what came back), of which `out` has not been counted; `made` by the own workshop, by its latest word.
    """
    shipped = ShipmentLine.objects.filter(line=OuterRef("pk"), shipment__reversed_on=None)
    returned = ReturnLine.objects.filter(line=OuterRef("pk"), back__reversed_on=None)
    invoiced = InvoiceLine.objects.filter(line=OuterRef("pk"), invoice__reversed_on=None)
    claims = Claim.objects.filter(surplus__line=OuterRef("pk"))
    counted = Delivery.objects.filter(claim__surplus__line=OuterRef("pk"), confirmed_on__isnull=False)
    told = Progress.objects.filter(line=OuterRef("pk")).order_by("-told_on").values("made")[:1]
    return (
        order.lines.select_related("item__base_unit", "unit", "price_list")
        .annotate(
            shipped=total_of(shipped, "line", F("quantity")),
            returned=total_of(returned, "line", F("quantity")),
            invoiced=total_of(invoiced, "line", F("quantity"))
            - total_of(returned.filter(back__invoice__isnull=False), "line", F("quantity")),
            claimed=total_of(claims, "surplus__line", F("quantity") - F("withdrawn")),
            came=total_of(counted, "claim__surplus__line", F("accepted") + F("rejected")),
            rejected=total_of(counted, "claim__surplus__line", F("rejected")),
            made=Coalesce(Subquery(told), NONE),
        )
        .annotate(
            to_ship=F("base_quantity") - F("shipped"),
            to_invoice=F("shipped") - F("returned") - F("invoiced"),
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
    return found.base_quantity - found.taken


def amount(order: Order) -> int:
    """What the whole order is worth at its prices, in whole rupiah."""
    return sum(line.amount for line in order.lines.all())


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
