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
from loans.services.guaranteeing_again import ask_another, consent_again, decline_again
from loans.services.leaving import close_membership, drop_departure, pay_departure, propose_departure
from loans.services.products import add_product
from loans.services.provisioning import assess, post_provision
from loans.services.recovering import recover, reverse_recovery
from loans.services.repaying import pay_off, repay, reverse_repayment
from loans.services.restructuring import (
    approve_restructuring,
    drop_restructuring,
    propose_restructuring,
    restructure,
)
from loans.services.versions import store_version
from loans.services.writing_off import drop_write_off, forgive, propose_write_off, write_off

__all__ = [
    "LoanRefused",
    "add_product",
    "apply",
    "approve",
    "approve_restructuring",
    "ask_another",
    "ask_guarantor",
    "assess",
    "carry_over",
    "close_membership",
    "consent",
    "consent_again",
    "decline",
    "decline_again",
    "disburse",
    "drop_departure",
    "drop_restructuring",
    "drop_write_off",
    "endorse",
    "forgive",
    "pay_departure",
    "pay_off",
    "pledge",
    "post_provision",
    "propose_departure",
    "propose_restructuring",
    "propose_write_off",
    "recover",
    "refuse",
    "release_guarantor",
    "repay",
    "restructure",
    "return_collateral",
    "reverse_recovery",
    "reverse_repayment",
    "store_schedules",
    "store_version",
    "survey",
    "take_back_consent",
    "value_collateral",
    "withdraw",
    "write_off",
]
