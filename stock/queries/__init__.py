"""Questions about stock, each as at a day."""

from stock.queries.bill import bill, material_for
from stock.queries.buying import Offer, cost, needed, offers, purchases, shares_to_be, totals, unpaid
from stock.queries.holding import Holding, held, holdings, last_quantity, lowest, movements
from stock.queries.lending import (
    Holder,
    Outlook,
    held_by,
    holders,
    holders_of,
    loans,
    materials,
    needs_of,
    outlooks,
    payments_to_receive,
    returns_to_confirm,
    rules,
    to_confirm,
    waiting_for,
)

__all__ = [
    "Holder",
    "Holding",
    "Offer",
    "Outlook",
    "bill",
    "cost",
    "held",
    "held_by",
    "holders",
    "holders_of",
    "holdings",
    "last_quantity",
    "loans",
    "lowest",
    "material_for",
    "materials",
    "movements",
    "needed",
    "needs_of",
    "offers",
    "outlooks",
    "payments_to_receive",
    "purchases",
    "returns_to_confirm",
    "rules",
    "shares_to_be",
    "to_confirm",
    "totals",
    "unpaid",
    "waiting_for",
]
