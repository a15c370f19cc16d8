"""Orders from partners, what a workshop can carry, surplus work and the hands that take it, up to the settlement.

Quantities are in the item's own (base) unit unless a name says otherwise; prices are whole rupiah per base unit.
"""

from orders.models.board import Claim, Delivery, Surplus
from orders.models.estimating import WorkEstimate
from orders.models.making import LinePhoto, Progress
from orders.models.quantities import NONE, measured
from orders.models.returning import BuyerReturn, ProceedsPayment, ReturnLine
from orders.models.rounds import Round, RoundShare, WorkRequest
from orders.models.rules import SellingRules
from orders.models.selling import BuyerPayment, Invoice, InvoiceLine, Shipment, ShipmentLine
from orders.models.settling import Offset, Settlement
from orders.models.sheet import Advance, MaterialGiven, TermsChange
from orders.models.taking import Capacity, Closure, Order, OrderLine
from orders.models.terms import AgreedTerms

__all__ = [
    "NONE",
    "Advance",
    "AgreedTerms",
    "BuyerPayment",
    "BuyerReturn",
    "Capacity",
    "Claim",
    "Closure",
    "Delivery",
    "Invoice",
    "InvoiceLine",
    "LinePhoto",
    "MaterialGiven",
    "Offset",
    "Order",
    "OrderLine",
    "ProceedsPayment",
    "Progress",
    "ReturnLine",
    "Round",
    "RoundShare",
    "SellingRules",
    "Settlement",
    "Shipment",
    "ShipmentLine",
    "Surplus",
    "TermsChange",
    "WorkEstimate",
    "WorkRequest",
    "measured",
]
