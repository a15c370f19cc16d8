"""The loan agreement."""

from django.http import Http404

from core.dates import today
from core.http import require
from core.permissions import Permission
from loans.models import Loan
from loans.papers.agreement import agreement_response
from loans.views.common import found


@require(Permission.LOAN_VIEW)
def agreement(request, pk):
    """There is nothing to sign before the loan is approved."""
    loan = found(request, pk)
    if not loan.approved_on or loan.state == Loan.State.WITHDRAWN:
        raise Http404
    return agreement_response(loan, on=today())
