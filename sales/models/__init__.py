"""What leaves for a buyer, what he is asked for and pays, what comes back, and what the member gets of it."""

from sales.models.invoice import Invoice, InvoiceLine
from sales.models.payment import BuyerPayment
from sales.models.proceeds import ProceedsPayment
from sales.models.returns import BuyerReturn, ReturnLine
from sales.models.shipment import Shipment, ShipmentLine
from sales.models.terms import SellingRules
