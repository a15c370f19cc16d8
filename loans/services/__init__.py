"""What people do with loans. Every service locks the loan, checks, writes, posts and records, in this order."""

from loans.refusals import LoanRefused
from loans.services.applying import apply, withdraw
from loans.services.backing import pledge, return_collateral, value_collateral
from loans.services.carrying import carry_over
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
from loans.services.provisioning import assess, post_provision
from loans.services.repaying import repay, reverse_repayment
from loans.services.versions import store_version

__all__ = [
    "LoanRefused",
    "add_product",
    "apply",
    "approve",
    "ask_guarantor",
    "assess",
    "carry_over",
    "consent",
    "decline",
    "disburse",
    "endorse",
    "pledge",
    "post_provision",
    "refuse",
    "release_guarantor",
    "repay",
    "return_collateral",
    "reverse_repayment",
    "store_schedules",
    "store_version",
    "survey",
    "take_back_consent",
    "value_collateral",
    "withdraw",
]
