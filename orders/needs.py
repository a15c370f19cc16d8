"""Which material the orders take, and when: what this book answers to `stock.needs`."""

import datetime

from django.urls import reverse_lazy

from core import sql
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
