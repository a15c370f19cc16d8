"""The loan agreement."""

from django.http import Http404

from core.dates import today
from core.http import require
from core.permissions import Permission
from loans.models import Loan
from loans.papers.agreement import agreement_response
from loans.views.common import found
from members import services as members


@require(Permission.LOAN_VIEW)
def agreement(request, pk):
    """There is nothing to sign before the loan is approved.

    The NIK stands in it in full for the borrower and for who may read it, which leaves a line in the trail.
    """
    loan = found(request, pk)
    if not loan.approved_on or loan.state == Loan.State.WITHDRAWN:
        raise Http404
    is_own, may_read = loan.member.user_id == request.user.pk, request.user.can(Permission.NIK_READ)
    if may_read and not is_own:
        members.read_nik(loan.member, by=request.user)
    return agreement_response(loan, on=today(), nik_in_full=is_own or may_read)
