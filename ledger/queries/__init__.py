"""Questions to the books, each as at a date. Closed months answer from their snapshots, open days from their lines."""

from ledger.queries.account import (
    account_balance,
    account_statement,
    balances,
    chart_of_accounts,
    member_balance,
    member_balances,
)
from ledger.queries.entry import entry_amount, journal, largest
from ledger.queries.period import SEAL_LENGTH, last_seals, month, months, next_year, sealed, still_fits
from ledger.queries.statement import balance_sheet, cash_book, income_statement, movements, trial_balance
