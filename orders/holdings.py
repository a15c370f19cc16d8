"""A member's part of the copy of their data: their orders, and the work they took from others with what it brought."""

from members.models import Member
from members.personal_data import plain
from orders.models import Claim, Order, Settlement


def orders(member: Member) -> list[dict]:
    rows = Order.objects.filter(member=member).select_related("partner").prefetch_related("lines__item")
    return [
        plain(order, "number", "partner", "ordered_on", "due_on", "note", "finished_on", "cancelled_on")
        | {"lines": [plain(line, "item", "quantity", "price") for line in order.lines.all()]}
        for order in rows.order_by("ordered_on", "pk")
    ]


def work_taken(member: Member) -> list[dict]:
    rows = Claim.objects.filter(member=member).select_related("surplus__line__order", "surplus__line__item")
    return [
        {"order": claim.surplus.line.order.number, "item": str(claim.surplus.line.item)}
        | plain(claim, "quantity", "claimed_on", "withdrawn_on")
        for claim in rows.order_by("claimed_on", "pk")
    ]


def work_paid(member: Member) -> list[dict]:
    rows = Settlement.objects.filter(delivery__claim__member=member).order_by("settled_on", "pk")
    return [plain(row, "settled_on", "work", "amount", "method", "paid_on", "reversed_on") for row in rows]
