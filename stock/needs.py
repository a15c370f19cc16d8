"""Who needs which material next: the rooms above know the orders and say so here; imports only go down.

The hook `needs` answers for many members and materials at once, with one query: `needs(as_of=, items=, members=)`
gives an `OrderNeed` for each piece of work.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from core import hooks


@dataclass(frozen=True)
class OrderNeed:
    """So much material a member needs for work that is due on a day; `label` and `url` name the work."""

    member_id: int
    item_id: int
    due_on: datetime.date
    quantity: Decimal
    label: str
    url: str


def ask(
    *, as_of: datetime.date, items: Collection[int] | None = None, members: Collection[int] | None = None
) -> list[OrderNeed]:
    """Everything that is needed, of these items and by these members where they are given."""
    return [
        need
        for answer in hooks.answers("needs").values()
        for need in answer(
            as_of=as_of,
            items=None if items is None else list(items),
            members=None if members is None else list(members),
        )
    ]
