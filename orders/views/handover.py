"""Sending finished work, counting it, and asking the board where the two sides do not agree."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require
from core.money import format_quantity
from core.pages import form_page
from core.permissions import Permission
from orders import services
from orders.forms import ConfirmForm, DeliverForm, DisputeForm
from orders.models import Delivery
from orders.views.common import claim_or_404, handover_page


@require(Permission.DELIVERY_RECORD)
def deliver(request, pk):
    found = claim_or_404(request, pk)
    holder, unit = found.offer.line.order.member, found.offer.line.item.base_unit
    text = _("{left} {unit} are still to be sent. {name} will count them.")
    return form_page(
        request,
        DeliverForm(request.POST or None, initial={"delivered": found.to_send}),
        services.deliver,
        found,
        by=request.user,
        page=handover_page(
            found,
            _("Send finished work"),
            action=_("It is sent"),
            text=text.format(left=format_quantity(found.to_send), unit=unit, name=holder.name),
            draft=f"deliver-{found.pk}",
        ),
        done=_("Sent. Now {name} counts and confirms.").format(name=holder.name),
    )


@require(Permission.DELIVERY_RECORD)
def confirm(request, pk):
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    found = claim_or_404(request, delivery.claim_id)
    maker, unit = found.member.name, found.offer.line.item.base_unit
    text = [
        _("{name} says {sent} {unit} were sent. Count them.").format(
            name=maker, sent=format_quantity(delivery.delivered), unit=unit
        )
    ]
    if found.rejects == found.Rejects.REWORK:
        text.append(_("What is not good goes back to {name} to be mended, as agreed.").format(name=maker))
    else:
        text.append(_("What is not good comes back to you; you may offer it anew."))
    return form_page(
        request,
        ConfirmForm(request.POST or None, initial={"accepted": delivery.delivered}),
        services.confirm,
        delivery,
        by=request.user,
        page=handover_page(
            found,
            _("Count what arrived"),
            action=_("That is my count"),
            text=" ".join(text),
            facts=[(_("Agreed:"), found.quality)] if found.quality else [],
            draft=f"count-{delivery.pk}",
        ),
        done=_("Counted. {name} sees it at once.").format(name=maker),
    )


@require(Permission.DELIVERY_RECORD)
def dispute(request, pk):
    """Either side asks the board; the case is about the other side, whom the board talks with first."""
    claim = claim_or_404(request, pk)
    text = _("Talk with each other first. Where that does not help, the board looks at this page with both of you.")
    return form_page(
        request,
        DisputeForm(request.POST or None),
        services.dispute,
        claim,
        on=today(),
        by=request.user,
        page=handover_page(claim, _("We do not agree"), action=_("Ask the board"), text=text),
        done=_("The board has been told and will talk with both of you."),
    )
