"""Loans: applications with guarantors and approvals, schedules, repayments, and what became of them."""

from loans.backing import Collateral, SurveyNote
from loans.classes import Assessment, CollectibilityRules, ProvisionRun
from loans.departures import Departure, LeavingRules
from loans.models.lending import Guarantor, Instalment, Loan, LoanApproval
from loans.models.repaying import Repayment, RepaymentPart
from loans.related import RelatedLoanRules
from loans.restructuring import RenewedGuarantee, Restructuring, RestructuringApproval, RestructuringRules
from loans.rules import LoanProduct, LoanRules, LoanTier
from loans.unpaid import Unpaid
from loans.versions import ScheduleVersion
from loans.writing_off import Recovery, WriteOff

__all__ = [
    "Assessment",
    "Collateral",
    "CollectibilityRules",
    "Departure",
    "Guarantor",
    "Instalment",
    "LeavingRules",
    "Loan",
    "LoanApproval",
    "LoanProduct",
    "LoanRules",
    "LoanTier",
    "ProvisionRun",
    "Recovery",
    "RelatedLoanRules",
    "RenewedGuarantee",
    "Repayment",
    "RepaymentPart",
    "Restructuring",
    "RestructuringApproval",
    "RestructuringRules",
    "ScheduleVersion",
    "SurveyNote",
    "Unpaid",
    "WriteOff",
]
