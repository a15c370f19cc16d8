"""The ledger: accounts, entries and their lines, months and their snapshots, receipts. See docs/accounting.md.

Entries, lines, receipts and snapshots are written once. What the database refuses stands in ledger/triggers.py.
"""

from ledger.models.account import Account, Unit
from ledger.models.entry import Entry, Line
from ledger.models.period import Period, PeriodBalance
from ledger.models.receipt import Numbering, Receipt, ReceiptPart
