"""The decision of the officers, of the supervisors where an officer borrows, and the visit before it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from loans import notifications, queries
from loans.models import Loan, LoanApproval, SurveyNote
from loans.services.common import LoanRefused, State, locked, refuse_before, refuse_own, refuse_stranger
from loans.services.guarantee import refuse_without_guarantors
from loans.services.related_party import refuse_above_ceiling

Organ = LoanApproval.Organ


@transaction.atomic
def survey(loan: Loan, *, visited_on: datetime.date, seen: str, on: datetime.date, by: User) -> SurveyNote:
    """Record a visit to the borrower before the decision; never changed, another visit is another note."""
    loan = locked(loan, State.WAITING)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody surveys their own application. Ask another officer."))
    if not seen.strip():
        raise LoanRefused(_("Write what you saw."), field="seen")
    if visited_on > on:
        raise LoanRefused(_("A visit is recorded after it was made."), field="visited_on")
    note = SurveyNote.objects.create(loan=loan, visited_on=visited_on, seen=seen.strip(), by=by)
    audit.record("loan.surveyed", loan, by=by, on=visited_on)
    return note


@transaction.atomic
def approve(loan: Loan, *, on: datetime.date, by: User) -> Loan:
    """Approve as an officer. Above the tier of the rules a second officer must approve as well, and the supervisors

    where the borrower holds an office. Raises LoanRefused for the borrower, for whoever recorded the application, for
    an officer who approved before, while guarantors are missing, and above the ceiling for related parties.
    """
    return _approve(loan, Organ.BOARD, on=on, by=by)


@transaction.atomic
def endorse(loan: Loan, *, on: datetime.date, by: User) -> Loan:
    """Approve as a supervisor a loan to somebody who holds an office: the one thing that a supervisor decides."""
    if queries.office_of(loan.member, as_of=on) is None:
        raise LoanRefused(_("The supervisors decide on loans of officers only. The board decides on this one."))
    return _approve(loan, Organ.SUPERVISORS, on=on, by=by)


def _approve(loan: Loan, organ: str, *, on: datetime.date, by: User) -> Loan:
    loan = locked(loan, State.WAITING)
    refuse_own(loan, by)
    refuse_before(on, loan.applied_on)
    refuse_stranger(loan.member, on)
    if loan.approvals.filter(by=by).exists():
        raise LoanRefused(_("You have approved this loan already. It needs the approval of another officer."))
    refuse_without_guarantors(loan, on)
    refuse_above_ceiling(loan, on)
    LoanApproval.objects.create(loan=loan, by=by, on=on, organ=organ)
    if queries.missing_approvals(loan, on=on):
        audit.record("loan.seconded", loan, by=by, on=on)
        return loan
    loan.approved_on = on
    loan.save(update_fields=["approved_on"])
    audit.record("loan.approved", loan, by=by, on=on, principal=loan.principal)
    notifications.approved(loan)
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
    notifications.refused(loan)
    return loan
