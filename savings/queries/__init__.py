"""What members have saved and what they owe, each as at a date. Balances come from the ledger, never from a column."""

from savings.queries.balance import ACCOUNTS, Balances, balances, lowest_balance, lowest_free, totals, with_balances
from savings.queries.block import blocked, blocks
from savings.queries.interest import closing_balances, interest_paid, interest_rules, missing_interest, open_months
from savings.queries.movement import FirstSavings, first_savings, paid_unapproved, passbook, passbook_actions
from savings.queries.obligation import Obligation, mandatory_owed, obligation, obligations, unpaid_mandatory
from savings.queries.standing_order import standing_orders
from savings.queries.tax import Slip, slips, tax_due_on, tax_on_top, tax_payment
from savings.queries.term_deposit import (
    BreakQuote,
    break_quote,
    has_earned,
    running_sum,
    running_term_deposits,
    term_deposit_actions,
    term_interest_paid,
    terms_on_offer,
)
from savings.queries.withdrawal_request import withdrawal_request_actions
