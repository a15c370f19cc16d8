"""The money of handovers in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.forms import ReversalForm
from core.http import page_of, require
from core.money import format_rupiah
from core.notices import whatsapp
from core.pages import form_page
from core.permissions import Permission
from ledger.channels import PAYING, Channel
from orders import notifications, queries, services
from orders.forms import PayOutForm, SettleForm
from orders.models import Delivery, Settlement
from orders.queries import Journey
from orders.views.common import claim_or_404, handover_page
from treasury.models import PaymentKind
from treasury.views.common import paid_or_waits, unless_waiting


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
    delivery.claim = found
    handles_money = request.user.can(Permission.SETTLEMENT_PAY)
    return form_page(
        request,
        SettleForm(request.POST or None, handles_money=handles_money),
        services.settle,
        delivery,
        by=request.user,
        page=lambda: _settle_page(delivery, found, handles_money),
        done=_("The payment is recorded."),
    )


def _settle_page(delivery, found, handles_money):
    parts, journey = queries.parts(delivery, found), Journey(found)
    late = queries.owed(found).days_late
    names = {
        "late": ngettext("{days} day late", "{days} days late", late).format(days=late),
        "reject": _("Not good"),
        "advance": _("Paid ahead"),
        "material": _("Material"),
    }
    taken_off = [(names[kind], f"−{format_rupiah(sum_)}") for kind, sum_ in parts.taken_off.items() if sum_]
    text = _("{quantity} × {price}.").format(
        quantity=journey.words(delivery.accepted or 0), price=format_rupiah(found.maker_price)
    )
    consequences = []
    if parts.amount == 0:
        consequences = [_("All of it is taken off; no money changes hands.")]
    elif not handles_money:
        consequences = [
            _("Say yes only when you have paid {maker} directly; {maker} confirms it.").format(
                maker=journey.maker.name
            ),
            _("To pay through the cooperative, go to the treasurer."),
        ]
    return handover_page(
        found,
        _("Record the payment"),
        action=_("It is paid"),
        text=text,
        amount=parts.amount,
        facts=[(_("Accepted × price"), format_rupiah(parts.work)), *taken_off] if taken_off else [],
        consequences=consequences,
    )


@require(Permission.DELIVERY_RECORD)
def pay_out(request, pk):
    paid = get_object_or_404(Settlement.objects.visible_to(request.user).select_related("delivery"), pk=pk)
    found = claim_or_404(request, paid.delivery.claim_id)
    is_direct = paid.method == Channel.DIRECT
    methods = [Channel.DIRECT] if is_direct else [*PAYING, Channel.SAVINGS]
    return form_page(
        request,
        PayOutForm(request.POST or None, methods=methods),
        services.pay_out,
        paid,
        by=request.user,
        page=lambda: _pay_out_page(paid, found),
        **paid_or_waits(
            done=lambda paid: _("The handover is settled: {amount}.").format(amount=format_rupiah(paid.amount))
        ),
    )


def _pay_out_page(paid, found):
    journey = Journey(found)
    offsets = list(paid.offsets.filter(withdrawn_on=None))
    consequences = []
    if offsets:
        text = _("{maker} has agreed to this. It is booked together with the payment.")
        consequences = [text.format(maker=journey.maker.name)]
    text = _("For {maker}: paid out against a receipt, or put into voluntary savings.")
    if paid.method == Channel.DIRECT:
        text = _("{holder} has recorded that this was paid to you directly. Say yes only when you have it.")
    return handover_page(
        found,
        _("Close the payment"),
        action=_("Yes, the money is there"),
        text=text.format(maker=journey.maker.name, holder=journey.holder.name),
        amount=paid.amount - sum(offset.amount for offset in offsets),
        facts=[
            (_("For the work"), format_rupiah(paid.amount)),
            *((capfirst(offset.label), f"−{format_rupiah(offset.amount)}") for offset in offsets),
        ]
        if offsets
        else [],
        consequences=consequences,
        unavailable=unless_waiting(PaymentKind.SETTLEMENT, paid.pk),
    )


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
        done=_("The settlement is reversed. It can be recorded anew."),
    )
