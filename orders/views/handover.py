"""The handover in the browser: the four steps from taking to paying, the same page for both sides."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import Form
from core.http import download, page_of, require, submit
from core.money import format_rupiah
from core.notices import whatsapp
from core.permissions import Permission
from orders import papers, queries, services, wording
from orders.forms import ConfirmForm, DeliverForm, PayOutForm, ReverseForm, SettleForm
from orders.journey import Journey
from orders.models import Claim, Delivery, Invoice, Settlement
from orders.sheet import sheet
from orders.views.board import may_act_for

Method = Settlement.Method


def claim_or_404(request, pk):
    return get_object_or_404(queries.handovers(Claim.objects.visible_to(request.user)), pk=pk)


@require(Permission.SURPLUS_VIEW, of=Claim)
def claim(request, pk):
    """The four steps, the same for both sides, and one big button for whoever is next."""
    found = get_object_or_404(queries.handovers(Claim.objects.visible_to(request.user), gone=True), pk=pk)
    journey = Journey(found)
    is_maker = journey.maker.user_id == request.user.pk
    other = journey.holder if is_maker else journey.maker
    text = wording.with_link(wording.message(journey, from_maker=is_maker), request.build_absolute_uri())
    context = {
        "claim": found,
        "journey": journey,
        "action": journey.next_action(request.user),
        "other": other,
        "whatsapp": whatsapp(other.phone, text),
        "may_give_back": found.to_send > 0 and may_act_for(request.user, journey.maker),
        "may_reverse": request.user.can(Permission.SETTLEMENT_PAY),
        "events": audit.trail(found, reader=request.user),
        **sheet(journey, request.user, as_of=today()),
    }
    return render(request, "orders/claim.html", context)


@require(Permission.SURPLUS_VIEW)
def claim_paper(request, pk):
    """The handover sheet to print and sign."""
    found = get_object_or_404(queries.handovers(Claim.objects.visible_to(request.user), gone=True), pk=pk)
    name = _("handover {order}").format(order=found.surplus.line.order)
    return download(papers.handover(Journey(found), on=today()), f"{name}-{pk}.pdf", inline=True)


@require(Permission.DELIVERY_RECORD)
def withdraw_claim(request, pk):
    found = claim_or_404(request, pk)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.withdraw_claim, found, on=today(), by=request.user):
        messages.success(request, _("What was not sent is given back."))
        return redirect("orders:claim", pk)
    return render(request, "orders/withdraw_claim.html", {"form": form, "claim": found, "journey": Journey(found)})


@require(Permission.DELIVERY_RECORD)
def deliver(request, pk):
    found = claim_or_404(request, pk)
    form = DeliverForm(request.POST or None, initial={"delivered": found.to_send})
    if form.is_valid() and submit(form, services.deliver, found, by=request.user, **form.facts):
        messages.success(
            request, _("Sent. Now {name} counts and confirms.").format(name=found.surplus.line.order.member.name)
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


# -- the money -------------------------------------------------------------------------------------------------------


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
        "sold": queries.proceeds(Invoice.objects.filter(order__seller="cooperative"), as_of=today()),
    }
    return render(request, "orders/settlements.html", context)


def _ready(request, paid) -> str:
    """WhatsApp to the maker whose money lies here."""
    url = request.build_absolute_uri(reverse("orders:claim", args=[paid.delivery.claim_id]))
    return whatsapp(paid.delivery.claim.member.phone, wording.with_link(wording.settled(paid), url))


@require(Permission.DELIVERY_RECORD)
def settle(request, pk):
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user), pk=pk)
    found = claim_or_404(request, delivery.claim_id)
    handles_money = request.user.can(Permission.SETTLEMENT_PAY)
    methods = [Method.CASH, Method.SAVINGS, Method.DIRECT] if handles_money else [Method.DIRECT]
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
    methods = [Method.DIRECT] if paid.method == Method.DIRECT else [Method.CASH, Method.SAVINGS]
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
    form = ReverseForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_settlement, paid, by=request.user, **form.facts):
        messages.success(request, _("The settlement is reversed. It can be written down anew."))
        return redirect("orders:claim", found.pk)
    context = {"form": form, "paid": paid, "claim": found, "journey": Journey(found)}
    return render(request, "orders/reverse_settlement.html", context)
