"""What members have saved and what they owe, each as at a date. Balances come from the ledger, never from a column."""

from savings.queries.book import FirstSavings, first_savings, paid_unapproved, passbook
from savings.queries.mandatory import Obligation, mandatory_owed, obligation, obligations, unpaid_mandatory
from savings.queries.standing import (
    ACCOUNTS,
    Balances,
    balances,
    blocked,
    blocks,
    lowest_balance,
    lowest_free,
    totals,
    with_balances,
)

__all__ = [
    "ACCOUNTS",
    "Balances",
    "FirstSavings",
    "Obligation",
    "balances",
    "blocked",
    "blocks",
    "first_savings",
    "lowest_balance",
    "lowest_free",
    "mandatory_owed",
    "obligation",
    "obligations",
    "paid_unapproved",
    "passbook",
    "totals",
    "unpaid_mandatory",
    "with_balances",
]
