"""The yes and the no of the officers."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from loans import telling
from loans.models import Loan, LoanApproval
from loans.refusals import (
    LoanRefused,
    refuse_before,
    refuse_own,
    refuse_stranger,
    refuse_without_guarantors,
)
from loans.services.common import State, locked


@transaction.atomic
def approve(loan: Loan, *, on: datetime.date, by: User) -> Loan:
    """Say yes as an officer. Above the tier of the rules the second officer's yes grants the loan.

    Raises LoanRefused for the borrower, for whoever wrote the application, for an officer who said yes before, and
    while guarantors are missing.
    """
    loan = locked(loan, State.WAITING)
    refuse_own(loan, by)
    refuse_before(on, loan.applied_on)
    refuse_stranger(loan.member, on)
    if loan.approvals.filter(by=by).exists():
        raise LoanRefused(_("You have approved this loan already. It needs the yes of another officer."))
    refuse_without_guarantors(loan)
    LoanApproval.objects.create(loan=loan, by=by, on=on)
    given, needed = loan.approvals.count(), loan.rules.approvals_needed(loan.principal)
    if given < needed:
        audit.record("loan.seconded", loan, by=by, on=on)
        return loan
    loan.approved_on = on
    loan.save(update_fields=["approved_on"])
    audit.record("loan.approved", loan, by=by, on=on, principal=loan.principal)
    telling.approved(loan)
    return loan


@transaction.atomic
def refuse(loan: Loan, *, reason: str, on: datetime.date, by: User) -> Loan:
    """Turn an application down, with the reason the borrower will read."""
    loan = locked(loan, State.WAITING)
    refuse_own(loan, by)
    refuse_before(on, loan.applied_on)
    if not reason.strip():
        raise LoanRefused(_("Write the reason: the borrower will read it."), field="reason")
    loan.refused_on, loan.refused_by, loan.refusal_reason = on, by, reason
    loan.save(update_fields=["refused_on", "refused_by", "refusal_reason"])
    audit.record("loan.refused", loan, by=by, reason=reason, on=on)
    telling.refused(loan)
    return loan
