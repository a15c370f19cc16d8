"""Sending finished work, counting it, and asking the board where the two sides do not agree."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.permissions import Permission
from orders import services
from orders.forms import ConfirmForm, DeliverForm, DisputeForm
from orders.models import Delivery
from orders.queries import Journey
from orders.views.common import claim_or_404, sheet_page


@require(Permission.DELIVERY_RECORD)
def deliver(request, pk):
    found = claim_or_404(request, pk)
    form = DeliverForm(request.POST or None, initial={"delivered": found.to_send})
    if form.is_valid() and submit(form, services.deliver, found, by=request.user, **form.facts):
        messages.success(
            request, _("Sent. Now {name} counts and confirms.").format(name=found.offer.line.order.member.name)
        )
        return redirect("orders:claim", pk)
    return render(request, "orders/deliver.html", {"form": form, "claim": found, "journey": Journey(found)})


@require(Permission.DELIVERY_RECORD)
def confirm(request, pk):
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    found = claim_or_404(request, delivery.claim_id)
    form = ConfirmForm(request.POST or None, initial={"accepted": delivery.delivered})
    if form.is_valid() and submit(form, services.confirm, delivery, by=request.user, **form.facts):
        messages.success(request, _("Counted. {name} sees it at once.").format(name=found.member.name))
        return redirect("orders:claim", found.pk)
    context = {"form": form, "delivery": delivery, "claim": found, "journey": Journey(found)}
    return render(request, "orders/confirm.html", context)


@require(Permission.DELIVERY_RECORD)
def dispute(request, pk):
    """Either side asks the board; the case is about the other side, whom the board talks with first."""
    claim = claim_or_404(request, pk)
    form = DisputeForm(request.POST or None)
    if form.is_valid() and submit(form, services.dispute, claim, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The board has been told and will talk with both of you."))
        return redirect("orders:claim", pk)
    text = _("Talk with each other first. Where that does not help, the board looks at this page with both of you.")
    return sheet_page(request, form, claim, title=_("We do not agree"), action=_("Ask the board"), text=text)
