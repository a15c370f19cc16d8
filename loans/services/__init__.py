"""What people do with loans. Every service locks the loan, checks, writes, posts and records, in this order."""

from loans.refusals import LoanRefused
from loans.services.applying import apply, consent, decline, withdraw
from loans.services.backing import pledge, return_collateral, value_collateral
from loans.services.deciding import approve, refuse
from loans.services.disbursing import disburse, store_schedules
from loans.services.products import add_product
from loans.services.repaying import repay, reverse_repayment

__all__ = [
    "LoanRefused",
    "add_product",
    "apply",
    "approve",
    "consent",
    "decline",
    "disburse",
    "pledge",
    "refuse",
    "repay",
    "return_collateral",
    "reverse_repayment",
    "store_schedules",
    "value_collateral",
    "withdraw",
]
