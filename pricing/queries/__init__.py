"""Questions about items and prices, each as at a day."""

from pricing.queries.item import history, items, units_of
from pricing.queries.price_list import (
    Change,
    amounts,
    compare,
    list_before,
    lists,
    next_list,
    price,
    price_list,
    priced_items,
    prices,
)
