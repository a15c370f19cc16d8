"""What comes back from a buyer, what is undone, and what the member gets for goods the cooperative sold."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.http import download, require, submit
from core.money import format_rupiah
from core.permissions import Permission
from orders import papers, queries, services
from orders.forms import BuyerPaymentForm, ProceedsForm, ReverseForm, TakeBackForm
from orders.models import BuyerReturn, ProceedsPayment, Shipment
from orders.views.selling import invoice_or_404, order_or_404, paid_page

Method = ProceedsPayment.Method


def _reverse(request, service, subject, order, *, title, text, amount=None, done):
    """What will be undone, why, and one button; somebody else than who wrote it presses it."""
    form = ReverseForm(request.POST or None)
    if form.is_valid() and submit(form, service, subject, by=request.user, **form.facts):
        messages.success(request, done)
        return redirect("orders:detail", order.pk)
    context = {"form": form, "order": order, "title": title, "text": text, "amount": amount}
    return render(request, "orders/reverse.html", context)


@require(Permission.ORDER_TAKE)
def reverse_shipment(request, pk):
    rows = Shipment.objects.visible_to(request.user).select_related("order__partner", "order__member")
    found = get_object_or_404(rows, pk=pk)
    return _reverse(
        request,
        services.reverse_shipment,
        found,
        found.order,
        title=_("Reverse delivery note {number}").format(number=found.number),
        text=_(
            "It is undone, its number stays. What it said is with the workshop again and goes along anew; a finished "
            "order is open again. Somebody else than who sent it must do this."
        ),
        done=_("Delivery note {number} is reversed. Send the right quantity now.").format(number=found.number),
    )


@require(Permission.ORDER_TAKE)
def take_back(request, pk):
    order = order_or_404(request, pk)
    standing = order.invoices.filter(reversed_on=None).order_by("pk")
    sources = [invoice for invoice in (*standing, None) if queries.returnable(order, invoice)]
    form = TakeBackForm(request.POST or None, lines=list(queries.lines(order)), sources=sources)
    valid = sources and form.is_valid()
    if valid and (done := submit(form, services.take_back, order, by=request.user, **form.facts)):
        messages.success(request, _("Return {number} is written down.").format(number=done.number))
        return redirect("orders:detail", pk)
    return render(request, "orders/take_back.html", {"form": form, "order": order, "sources": sources})


def _return_or_404(request, pk):
    rows = BuyerReturn.objects.visible_to(request.user).select_related("order__partner", "order__member", "invoice")
    return get_object_or_404(rows, pk=pk)


@require(Permission.ORDER_LIST)
def return_paper(request, pk):
    found = _return_or_404(request, pk)
    return download(papers.credit_note(found), f"{found.number}.pdf", inline=True)


@require(Permission.ORDER_TAKE)
def reverse_return(request, pk):
    found = _return_or_404(request, pk)
    return _reverse(
        request,
        services.reverse_return,
        found,
        found.order,
        title=_("Reverse return {number}").format(number=found.number),
        text=_(
            "It is undone, its number stays: the buyer has the goods and owes what was credited. Somebody else than "
            "who wrote it down must do this."
        ),
        amount=found.amount or None,
        done=_("Return {number} is reversed.").format(number=found.number),
    )


@require(Permission.ORDER_TAKE)
def give_money_back(request, pk):
    found = invoice_or_404(request, pk)
    form = BuyerPaymentForm(request.POST or None, initial={"method": "cash", "amount": max(-found.open, 0) or None})
    context = {"invoice": found, "kind": "returned", "too_much": max(-found.open, 0)}
    return paid_page(request, form, services.give_money_back, found, found.order, context)


@require(Permission.SETTLEMENT_PAY)
def pay_proceeds(request, pk):
    """The member gets what is owed, or pays back what came back; the amount stands there already."""
    found = invoice_or_404(request, pk)
    methods = [Method.CASH, Method.SAVINGS] if found.member_open > 0 else [Method.CASH]
    initial = {"amount": abs(found.member_open) or None, "method": Method.CASH}
    form = ProceedsForm(request.POST or None, methods=methods, initial=initial)
    if form.is_valid() and (done := submit(form, services.pay_proceeds, found, by=request.user, **form.facts)):
        messages.success(request, _("{amount} is written down.").format(amount=format_rupiah(done.amount)))
        if done.receipt_id and request.user.can(Permission.LEDGER_VIEW):
            return redirect("ledger:receipt", done.receipt_id)
        return redirect("orders:detail", found.order_id)
    context = {"form": form, "invoice": found, "order": found.order, "owed": abs(found.member_open)}
    return render(request, "orders/pay_proceeds.html", context)


@require(Permission.SETTLEMENT_PAY)
def reverse_proceeds(request, pk):
    rows = ProceedsPayment.objects.visible_to(request.user).select_related("invoice__order__member")
    found = get_object_or_404(rows, pk=pk)
    order = found.invoice.order
    return _reverse(
        request,
        services.reverse_proceeds,
        found,
        order,
        title=_("Reverse the payment to {member}").format(member=order.member.name),
        text=_(
            "It is undone in the books and in the savings, and can then be done again. Somebody else than who paid "
            "must do this."
        ),
        amount=found.amount,
        done=_("The payment is reversed. What is owed can be paid anew."),
    )
