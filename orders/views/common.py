"""What several pages of this book share: whose page it is, who may act, one row or 404."""

from django.shortcuts import get_object_or_404, render

from core.permissions import Permission
from members.models import Member
from orders import queries
from orders.models import Claim


def own_member(user) -> Member | None:
    """The member who is logged in; None for officers and supervisors without a workshop."""
    return Member.objects.filter(user=user).select_related("business").first()


def may_act_for(user, member) -> bool:
    return member.user_id == user.pk or user.can(Permission.ORDER_FOR_OTHERS)


def claim_or_404(request, pk):
    return get_object_or_404(queries.handovers(Claim.objects.visible_to(request.user)), pk=pk)


def sheet_page(request, form, claim, *, title, action, text="", rows=(), danger=False):
    """A short form about a handover: what it is, what will happen, one button."""
    context = {"form": form, "claim": claim, "title": title, "action": action, "text": text, "rows": rows}
    return render(request, "orders/sheet_form.html", context | {"danger": danger})


def of_claim(request, model, pk):
    """A row of the sheet and its claim, as the person may see them."""
    row = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    row.claim = claim_or_404(request, row.claim_id)
    return row, row.claim
