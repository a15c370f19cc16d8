"""What people do with loans. Every service locks the loan, checks, writes, posts and records, in this order."""

from loans.refusals import LoanRefused
from loans.services.applying import apply, withdraw
from loans.services.backing import pledge, return_collateral, value_collateral
from loans.services.deciding import approve, endorse, refuse, survey
from loans.services.disbursing import disburse, store_schedules
from loans.services.guaranteeing import (
    ask_guarantor,
    consent,
    decline,
    release_guarantor,
    take_back_consent,
)
from loans.services.products import add_product
from loans.services.repaying import repay, reverse_repayment

__all__ = [
    "LoanRefused",
    "add_product",
    "apply",
    "approve",
    "ask_guarantor",
    "consent",
    "decline",
    "disburse",
    "endorse",
    "pledge",
    "refuse",
    "release_guarantor",
    "repay",
    "return_collateral",
    "reverse_repayment",
    "store_schedules",
    "survey",
    "take_back_consent",
    "value_collateral",
    "withdraw",
]
