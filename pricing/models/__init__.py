"""Items with their units, and the price lists that the members agree on."""

from pricing.models.item import Item, ItemUnit, Unit
from pricing.models.price_list import Price, PriceList
