"""What several pages of this book share: whose page it is, who may act, one row or 404."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.pages import FormPage, crumbs
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


def below_order(order) -> list[tuple[str, str]]:
    return crumbs((_("Orders"), "orders:list"), (order.number, "orders:detail", order.pk))


def below_offer(offer) -> list[tuple[str, str]]:
    return crumbs((_("Work on offer"), "orders:board"), (str(offer.line.item), "orders:offer", offer.pk))


def below_workshop(member) -> list[tuple[str, str]]:
    return crumbs((_("My work"), "orders:work"), (_("Capacity"), "orders:capacity-of", member.pk))


def below_handover(claim) -> list[tuple[str, str]]:
    return crumbs((_("My work"), "orders:work"), (_("Handover"), "orders:claim", claim.pk))


def handover_page(claim, title, *, action="", text="", facts=(), **more) -> FormPage:
    """A short form about a handover: what it is, what will happen, one button."""
    between = f"{claim.offer.line.item} · {claim.offer.line.order.member.name} → {claim.member.name}"
    return FormPage(
        title=title,
        action=action,
        crumbs=below_handover(claim),
        lead=f"{between}. {text}" if text else between,
        facts=facts,
        **more,
    )


def of_claim(request, model, pk):
    """A row of the sheet and its claim, as the person may see them."""
    row = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    row.claim = claim_or_404(request, row.claim_id)
    return row, row.claim
