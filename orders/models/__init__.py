"""Orders from partners, what a workshop can carry, surplus work and the hands that take it, up to the settlement.

Quantities are in the item's own (base) unit unless a name says otherwise; prices are whole rupiah per base unit.
"""

from orders.models.board import Claim, Delivery, Surplus
from orders.models.quantities import NONE, measured
from orders.models.rounds import Round, RoundShare, WorkRequest
from orders.models.settling import Settlement
from orders.models.taking import Capacity, Closure, Order, OrderLine

__all__ = [
    "NONE",
    "Capacity",
    "Claim",
    "Closure",
    "Delivery",
    "Order",
    "OrderLine",
    "Round",
    "RoundShare",
    "Settlement",
    "Surplus",
    "WorkRequest",
    "measured",
]
