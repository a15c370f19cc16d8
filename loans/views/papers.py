"""Papers to sign and to keep: agreement, guarantor's consent, loan card."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from core.dates import today
from core.http import require
from core.permissions import Permission
from loans import agreements, cards
from loans.models import Guarantor, Loan
from loans.views.common import found
from members.models import Member


@require(Permission.LOAN_VIEW)
def agreement(request, pk):
    """There is nothing to sign before the loan is approved."""
    loan = found(request, pk)
    if not loan.approved_on or loan.state == Loan.State.WITHDRAWN:
        raise Http404
    return agreements.agreement_response(loan, on=today())


@require(Permission.LOAN_VIEW)
def consent(request, pk):
    guarantors = Guarantor.objects.visible_to(request.user).filter(consented_on__isnull=False)
    return agreements.consent_response(get_object_or_404(guarantors.select_related("member", "loan__member"), pk=pk))


@require(Permission.LOAN_VIEW)
def card(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    return render(request, "loans/card.html", {"member": member, "cards": cards.cards(member)})


@require(Permission.LOAN_VIEW)
def card_paper(request, pk):
    return agreements.card_response(get_object_or_404(Member.objects.visible_to(request.user), pk=pk), on=today())
