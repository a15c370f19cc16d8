"""Answers of the sales, as at a date."""

from sales.queries.invoice import Account, account, invoices
from sales.queries.market import market_items, market_levels, market_partners
from sales.queries.proceeds import proceeds
from sales.queries.receivables import AGES, receivables
from sales.queries.returns import returnable
from sales.queries.shipment import lines
