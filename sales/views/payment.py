"""What the buyer pays, in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from orders.forms.common import ReverseForm
from sales import queries, services
from sales.forms import BuyerPaymentForm
from sales.models import BuyerPayment
from sales.views.common import invoice_or_404, order_or_404


@require(Permission.ORDER_TAKE)
def deposit(request, pk):
    order = order_or_404(request, pk)
    account = queries.account(order, as_of=today())
    form = BuyerPaymentForm(
        request.POST or None,
        initial={"method": "cash", "amount": max(order.deposit_asked - account.deposits, 0) or None},
    )
    return paid_page(request, form, services.receive_deposit, order, order, {"account": account, "kind": "deposit"})


@require(Permission.ORDER_TAKE)
def give_back(request, pk):
    order = order_or_404(request, pk)
    account = queries.account(order, as_of=today())
    initial = {"method": "cash", "amount": account.deposit_free or None}
    form = BuyerPaymentForm(request.POST or None, initial=initial)
    return paid_page(request, form, services.give_back_deposit, order, order, {"account": account, "kind": "refund"})


@require(Permission.ORDER_TAKE)
def pay_invoice(request, pk):
    found = invoice_or_404(request, pk)
    form = BuyerPaymentForm(request.POST or None, initial={"method": "cash", "amount": found.open})
    context = {"invoice": found, "kind": "invoice"}
    return paid_page(request, form, services.receive_payment, found, found.order, context)


@require(Permission.ORDER_TAKE)
def give_money_back(request, pk):
    found = invoice_or_404(request, pk)
    form = BuyerPaymentForm(request.POST or None, initial={"method": "cash", "amount": max(-found.open, 0) or None})
    context = {"invoice": found, "kind": "returned", "too_much": max(-found.open, 0)}
    return paid_page(request, form, services.give_money_back, found, found.order, context)


def paid_page(request, form, service, subject, order, context):
    if form.is_valid() and (done := submit(form, service, subject, by=request.user, **form.facts)):
        messages.success(request, _("{amount} is written down.").format(amount=format_rupiah(done.amount)))
        return (
            redirect("ledger:receipt", done.receipt_id)
            if _reads(request, done)
            else redirect("orders:detail", order.pk)
        )
    return render(request, "sales/buyer_payment.html", {"form": form, "order": order, **context})


def _reads(request, payment) -> bool:
    return bool(payment.receipt_id) and request.user.can(Permission.LEDGER_VIEW)


@require(Permission.ORDER_TAKE)
def reverse_payment(request, pk):
    rows = BuyerPayment.objects.visible_to(request.user).select_related("order__partner", "order__member", "invoice")
    found = get_object_or_404(rows, pk=pk)
    form = ReverseForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_payment, found, by=request.user, **form.facts):
        messages.success(request, _("The payment is reversed."))
        return redirect("orders:detail", found.order_id)
    return render(request, "sales/reverse_payment.html", {"form": form, "payment": found, "order": found.order})
