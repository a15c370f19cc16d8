"""The loan card of a member."""

from django.shortcuts import get_object_or_404, render

from core.dates import today
from core.http import require
from core.permissions import Permission
from loans import queries
from loans.papers.card import card_response
from members.models import Member


@require(Permission.LOAN_VIEW)
def card(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    return render(request, "loans/card/card.html", {"member": member, "cards": queries.cards(member)})


@require(Permission.LOAN_VIEW)
def card_paper(request, pk):
    return card_response(get_object_or_404(Member.objects.visible_to(request.user), pk=pk), on=today())
