"""Questions about stock, each as at a day."""

from stock.queries.bill import bill, material_for
from stock.queries.holding import Holding, held, holdings, last_quantity, lowest, movements
from stock.queries.lending import (
    Holder,
    Outlook,
    held_by,
    holders,
    loans,
    materials,
    needs_of,
    outlooks,
    payments_to_receive,
    returns_to_confirm,
    rules,
    to_confirm,
)

__all__ = [
    "Holder",
    "Holding",
    "Outlook",
    "bill",
    "held",
    "held_by",
    "holders",
    "holdings",
    "last_quantity",
    "loans",
    "lowest",
    "material_for",
    "materials",
    "movements",
    "needs_of",
    "outlooks",
    "payments_to_receive",
    "returns_to_confirm",
    "rules",
    "to_confirm",
]
