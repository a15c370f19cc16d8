"""What the orders tell rooms below (`core.hooks`): material needed, the page of an entry, and a member's data."""

import datetime

from django.urls import reverse, reverse_lazy

from core import sql
from ledger.models import Entry
from members.models import Member
from members.personal_data import plain
from orders.models import Advance, Claim, Delivery, Offset, Order, Settlement
from stock.needs import OrderNeed


def needs(*, as_of: datetime.date, items: list[int] | None, members: list[int] | None) -> list[OrderNeed]:
    """Bill of material × what is promised and not made yet, per piece of work. One query, however many there are."""
    rows = sql.rows("orders/sql/needs.sql", as_of=as_of, items=items, members=members)
    return [
        OrderNeed(
            member_id=row.member_id,
            item_id=row.material_id,
            due_on=row.due_on,
            quantity=row.quantity,
            label=row.number,
            # lazy: of thousands of needs a page shows a few
            url=reverse_lazy("orders:claim", args=[row.claim_id])
            if row.claim_id
            else reverse_lazy("orders:detail", args=[row.order_id]),
        )
        for row in rows
    ]


def page_of_settlement(entry: Entry) -> str:
    """The handover of `settlement:<delivery>:…`, where the settlement is reversed."""
    return _handover(Delivery.objects.filter(pk=_key(entry)).values("claim"))


def page_of_advance(entry: Entry) -> str:
    return _handover(Advance.objects.filter(pk=_key(entry)).values("claim"))


def page_of_offset(entry: Entry) -> str:
    return _handover(Offset.objects.filter(pk=_key(entry)).values("settlement__delivery__claim"))


def _key(entry: Entry) -> str:
    return entry.reference.split(":")[1]


def _handover(claims) -> str:
    return reverse("orders:claim", args=[Claim.objects.values_list("pk", flat=True).get(pk__in=claims)])


def orders(member: Member) -> list[dict]:
    rows = Order.objects.filter(member=member).select_related("partner").prefetch_related("lines__item")
    return [
        plain(order, "number", "partner", "ordered_on", "due_on", "note", "finished_on", "cancelled_on")
        | {"lines": [plain(line, "item", "quantity", "price") for line in order.lines.all()]}
        for order in rows.order_by("ordered_on", "pk")
    ]


def work_taken(member: Member) -> list[dict]:
    rows = Claim.objects.filter(member=member).select_related("offer__line__order", "offer__line__item")
    return [
        {"order": claim.offer.line.order.number, "item": str(claim.offer.line.item)}
        | plain(claim, "quantity", "claimed_on", "withdrawn_on")
        for claim in rows.order_by("claimed_on", "pk")
    ]


def work_paid(member: Member) -> list[dict]:
    rows = Settlement.objects.filter(delivery__claim__member=member).order_by("settled_on", "pk")
    return [plain(row, "settled_on", "work", "amount", "method", "paid_on", "reversed_on") for row in rows]
