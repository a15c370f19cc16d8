"""Orders from partners, what a workshop can carry, surplus work and the hands that take it, up to the settlement.

Quantities are in the item's own (base) unit unless a name says otherwise; prices are whole rupiah per base unit.
"""

from orders.models.board import Claim, Delivery, Surplus
from orders.models.quantities import NONE, measured
from orders.models.rounds import Round, RoundShare, WorkRequest
from orders.models.settling import Offset, Settlement
from orders.models.sheet import Advance, MaterialGiven, TermsChange
from orders.models.taking import Capacity, Closure, Order, OrderLine
from orders.models.terms import AgreedTerms

__all__ = [
    "NONE",
    "Advance",
    "AgreedTerms",
    "Capacity",
    "Claim",
    "Closure",
    "Delivery",
    "MaterialGiven",
    "Offset",
    "Order",
    "OrderLine",
    "Round",
    "RoundShare",
    "Settlement",
    "Surplus",
    "TermsChange",
    "WorkRequest",
    "measured",
]
