"""What the officers assess of a loan in trouble."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from loans.models import Assessment, Loan
from loans.services.common import LoanRefused, State, locked, refuse_before


@transaction.atomic
def assess(loan: Loan, *, rescuable: bool, in_court: bool, reason: str, on: datetime.date, by: User) -> Assessment:
    """Record the officers' assessment of a loan in trouble; it counts for its class from `on` on.

    Raises LoanRefused for the borrower and without a reason.
    """
    loan = locked(loan, State.RUNNING)
    if loan.member.user_id == by.pk:
        raise LoanRefused(_("Nobody assesses their own loan. Ask another officer."))
    refuse_before(on, loan.disbursed_on)
    if not reason.strip():
        raise LoanRefused(_("Write the reason: it stands beside the assessment."), field="reason")
    assessment = Assessment.objects.create(
        loan=loan, on=on, rescuable=rescuable, in_court=in_court, reason=reason.strip(), by=by
    )
    audit.record("loan.assessed", loan, by=by, rescuable=rescuable, in_court=in_court, reason=reason, on=on)
    return assessment
