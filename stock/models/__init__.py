"""Who holds which material and finished goods, who lent them to whom, and what an item is made of.

A material is an item of the price book (kind "material"), so that its unit, its conversions and its agreed price of
the day are known there. Quantities are in the item's own (base) unit.
"""

from stock.models.bill import BillLine
from stock.models.holder import LendingLimit
from stock.models.loan import StockLoan, ToldDate, TwoSided
from stock.models.loan_return import StockReturn
from stock.models.movement import StockMovement
from stock.models.purchase import JointNeed, JointPurchase, Quote
from stock.models.request import StockAnswer, StockRequest
from stock.models.rules import StockRules
from stock.models.share import JointPayment, JointShare
from stock.models.step import JointLine, JointStep
