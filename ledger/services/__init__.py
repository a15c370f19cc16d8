"""Writing in the books: posting, reversing, opening and closing months, receipts. Nothing else writes there."""

from ledger.errors import LedgerRefused
from ledger.services.entry import (
    Posting,
    credit,
    debit,
    post_entries,
    post_entry,
    post_many,
    reverse,
)
from ledger.services.period import close_period, lock_month, obstacle_to_closing, open_year
from ledger.services.receipt import issue_receipt, issue_receipts, next_number, put_under
