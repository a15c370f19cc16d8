"""The money of handovers in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.forms import ReversalForm
from core.http import page_of, require, submit
from core.money import format_rupiah
from core.notices import whatsapp
from core.pages import form_page
from core.permissions import Permission
from ledger.channels import Channel
from orders import notifications, queries, services
from orders.forms import PayOutForm, SettleForm
from orders.models import Delivery, Settlement
from orders.queries import Journey
from orders.views.common import claim_or_404, handover_page


@require(Permission.SETTLEMENT_PAY)
def settlements(request):
    """What the treasurer has to receive and to pay out for work between members."""
    owed, ready = list(queries.to_settle()), queries.to_pay_out()
    to_pay = queries.to_be_paid(owed)
    context = {
        "page": page_of(request, [(delivery, to_pay[delivery.pk]) for delivery in owed]),
        "ready": [(paid, _ready(request, paid)) for paid in ready],
        "owed_total": sum(to_pay.values()),
        "ready_total": sum(paid.amount for paid in ready),
    }
    return render(request, "orders/settlements.html", context)


def _ready(request, paid) -> str:
    """WhatsApp to the maker whose money lies here."""
    url = request.build_absolute_uri(reverse("orders:claim", args=[paid.delivery.claim_id]))
    return whatsapp(paid.delivery.claim.member.phone, notifications.with_link(notifications.settled(paid), url))


@require(Permission.DELIVERY_RECORD)
def settle(request, pk):
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    found = claim_or_404(request, delivery.claim_id)
    handles_money = request.user.can(Permission.SETTLEMENT_PAY)
    methods = [Channel.CASH, Channel.SAVINGS, Channel.DIRECT] if handles_money else [Channel.DIRECT]
    form = SettleForm(request.POST or None, methods=methods)
    if form.is_valid() and submit(form, services.settle, delivery, by=request.user, **form.facts):
        messages.success(request, _("The payment is written down."))
        return redirect("orders:claim", found.pk)
    delivery.claim = found
    context = {
        "form": form,
        "delivery": delivery,
        "claim": found,
        "journey": Journey(found),
        "parts": queries.parts(delivery, found),
        "days_late": queries.owed(found).days_late,
    }
    return render(request, "orders/settle.html", context)


@require(Permission.DELIVERY_RECORD)
def pay_out(request, pk):
    paid = get_object_or_404(Settlement.objects.visible_to(request.user).select_related("delivery"), pk=pk)
    found = claim_or_404(request, paid.delivery.claim_id)
    methods = [Channel.DIRECT] if paid.method == Channel.DIRECT else [Channel.CASH, Channel.SAVINGS]
    form = PayOutForm(request.POST or None, methods=methods, initial={"method": paid.method})
    if form.is_valid() and submit(form, services.pay_out, paid, by=request.user, **form.facts):
        messages.success(request, _("The handover is settled: {amount}.").format(amount=format_rupiah(paid.amount)))
        return redirect("orders:claim", found.pk)
    offsets = list(paid.offsets.filter(withdrawn_on=None))
    context = {
        "form": form,
        "paid": paid,
        "claim": found,
        "journey": Journey(found),
        "offsets": offsets,
        "rest": paid.amount - sum(offset.amount for offset in offsets),
    }
    return render(request, "orders/pay_out.html", context)


@require(Permission.DELIVERY_RECORD)
def reverse_settlement(request, pk):
    paid = get_object_or_404(Settlement.objects.visible_to(request.user).select_related("delivery"), pk=pk)
    found = claim_or_404(request, paid.delivery.claim_id)
    text = _("Entries are undone by opposite entries, both stay in the books. The delivery can then be settled anew.")
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.reverse_settlement,
        paid,
        by=request.user,
        page=handover_page(
            found,
            _("Reverse the settlement"),
            action=_("Reverse it"),
            amount=paid.amount,
            consequences=[text],
            danger=True,
        ),
        done=_("The settlement is reversed. It can be written down anew."),
    )
