"""What people do with loans. Every service locks the loan, checks, writes, posts and records, in this order."""

from loans.services.application import apply, withdraw
from loans.services.carry_over import carry_over
from loans.services.collateral import pledge, return_collateral, set_off_collateral, value_collateral
from loans.services.collectibility import assess
from loans.services.collection import Instalment, repay_all
from loans.services.common import LoanRefused
from loans.services.decision import approve, endorse, refuse, survey
from loans.services.disbursement import disburse
from loans.services.guarantee import (
    ask_another_guarantor,
    ask_guarantor,
    consent,
    consent_again,
    decline,
    decline_again,
    release_guarantor,
    take_back_consent,
)
from loans.services.product import add_product
from loans.services.provision import post_provision
from loans.services.repayment import pay_off, repay, reverse_repayment
from loans.services.restructuring import (
    approve_restructuring,
    carry_out_restructuring,
    drop_restructuring,
    propose_restructuring,
)
from loans.services.schedule import store_schedules, store_version
from loans.services.write_off import drop_write_off, forgive, propose_write_off, recover, reverse_recovery, write_off
