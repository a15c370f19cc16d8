"""What people do with items and price lists."""

from pricing.services.common import PricingRefused
from pricing.services.item import add_item, correct_item, in_base_units, set_conversion
from pricing.services.price_list import discard_draft, draft_list, put_in_force, set_prices
