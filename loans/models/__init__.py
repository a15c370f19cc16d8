"""Loans: applications with guarantors and approvals, schedules, repayments, and what became of them."""

from loans.models.arrears import Unpaid
from loans.models.collateral import Collateral
from loans.models.collectibility import Assessment, CollectibilityRules
from loans.models.decision import LoanApproval, SurveyNote
from loans.models.guarantee import Guarantor, RenewedGuarantee
from loans.models.loan import Loan
from loans.models.product import LoanProduct, LoanRules, LoanTier
from loans.models.provision import ProvisionRun
from loans.models.related_party import RelatedLoanRules
from loans.models.repayment import Repayment, RepaymentPart
from loans.models.restructuring import Restructuring, RestructuringApproval, RestructuringRules
from loans.models.schedule import Instalment, ScheduleVersion
from loans.models.write_off import Recovery, WriteOff
