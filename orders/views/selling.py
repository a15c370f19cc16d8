"""To the buyer and back: deliveries, invoices, payments, and what is still owed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.http import download, export, page_of, require, submit
from core.money import format_rupiah
from core.permissions import Permission
from core.workbook import Column, Sheet
from governance.models import Case
from governance.services import open_case
from orders import papers, queries, services
from orders.forms import BuyerPaymentForm, InvoiceForm, ReasonForm, ReverseForm, ShipForm
from orders.models import BuyerPayment, Invoice, Order, OrderLine, Shipment


def order_or_404(request, pk):
    rows = Order.objects.visible_to(request.user).select_related("partner", "member")
    return get_object_or_404(rows, pk=pk)


def invoice_or_404(request, pk):
    rows = Invoice.objects.visible_to(request.user).counted(as_of=today())
    return get_object_or_404(rows.select_related("order__partner", "order__member"), pk=pk)


# -- deliveries ------------------------------------------------------------------------------------------------------


@require(Permission.ORDER_TAKE)
def ship(request, pk):
    order = order_or_404(request, pk)
    form = ShipForm(request.POST or None, lines=list(queries.lines(order)))
    if form.is_valid() and (sent := submit(form, services.ship, order, by=request.user, **form.facts)):
        messages.success(request, _("Delivery note {number} is ready to print.").format(number=sent.number))
        return redirect("orders:detail", pk)
    return render(request, "orders/ship.html", {"form": form, "order": order})


@require(Permission.ORDER_LIST)
def delivery_note(request, pk):
    rows = Shipment.objects.visible_to(request.user).select_related("order__partner", "order__member")
    found = get_object_or_404(rows, pk=pk)
    return download(papers.delivery_note(found), f"{found.number}.pdf", inline=True)


# -- invoices --------------------------------------------------------------------------------------------------------


@require(Permission.ORDER_TAKE)
def invoice(request, pk):
    """Say what will be asked for, then ask."""
    order, on = order_or_404(request, pk), today()
    lines = [line for line in queries.lines(order) if line.to_invoice > 0]
    form = InvoiceForm(request.POST or None)
    if form.is_valid() and (made := submit(form, services.issue_invoice, order, by=request.user, **form.facts)):
        messages.success(request, _("Invoice {number} is ready to print.").format(number=made.number))
        return redirect("orders:detail", pk)
    amount = sum(queries.worth(line, line.to_invoice) for line in lines)
    deposit = min(queries.account(order, as_of=on).deposit_free, amount)
    context = {
        "form": form,
        "order": order,
        "lines": [(line, queries.worth(line, line.to_invoice)) for line in lines],
        "amount": amount,
        "deposit": deposit,
        "to_pay": amount - deposit,
    }
    return render(request, "orders/invoice.html", context)


@require(Permission.ORDER_LIST)
def invoice_paper(request, pk):
    found = invoice_or_404(request, pk)
    return download(papers.invoice(found), f"{found.number}.pdf", inline=True)


@require(Permission.ORDER_TAKE)
def reverse_invoice(request, pk):
    found = invoice_or_404(request, pk)
    form = ReverseForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_invoice, found, by=request.user, **form.facts):
        messages.success(request, _("Invoice {number} is reversed.").format(number=found.number))
        return redirect("orders:detail", found.order_id)
    return render(request, "orders/reverse_invoice.html", {"form": form, "invoice": found, "order": found.order})


# -- money -----------------------------------------------------------------------------------------------------------


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


def paid_page(request, form, service, subject, order, context):
    if form.is_valid() and (done := submit(form, service, subject, by=request.user, **form.facts)):
        messages.success(request, _("{amount} is written down.").format(amount=format_rupiah(done.amount)))
        return (
            redirect("ledger:receipt", done.receipt_id)
            if _reads(request, done)
            else redirect("orders:detail", order.pk)
        )
    return render(request, "orders/buyer_payment.html", {"form": form, "order": order, **context})


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
    return render(request, "orders/reverse_payment.html", {"form": form, "payment": found, "order": found.order})


# -- lists -----------------------------------------------------------------------------------------------------------


@require(Permission.ORDER_LIST)
def receivables(request):
    """What buyers still owe, by age; members see their own."""
    rows = queries.receivables(Invoice.objects.visible_to(request.user), as_of=today())
    ages = [(age, sum(row.open for row in rows if row.age == age)) for _limit, age in queries.AGES]
    context = {"page": page_of(request, rows), "ages": ages, "total": sum(row.open for row in rows)}
    return render(request, "orders/receivables.html", context)


@require(Permission.ORDER_LIST)
def export_receivables(request):
    rows = queries.receivables(Invoice.objects.visible_to(request.user), as_of=today())
    columns = [
        Column(_("Invoice")),
        Column(_("Buyer")),
        Column(_("Buyer's order")),
        Column(_("Taken by")),
        Column(_("Sold by")),
        Column(_("Invoiced on"), "date"),
        Column(_("To be paid by"), "date"),
        Column(_("Days late"), "number"),
        Column(_("Amount"), "rupiah"),
        Column(_("Open"), "rupiah"),
    ]
    lines = (
        [
            row.number,
            row.order.partner.name,
            row.order.number,
            row.order.member.name,
            row.order.get_seller_display(),
            row.issued_on,
            row.due_on,
            row.days_late,
            row.amount,
            row.open,
        ]
        for row in rows
    )
    return export(_("receivables"), Sheet(_("Receivables"), columns=columns, rows=lines), on=today())


@require(Permission.ORDER_LIST_ALL)
def below_list(request):
    """What was sold under the agreed price, and why: for the board to talk about."""
    return render(request, "orders/below_list.html", {"page": page_of(request, queries.below_list(OrderLine.objects))})


@require(Permission.CASE_REPORT)
def report_price(request, pk):
    """A price under the agreed one becomes a case, which the board talks about with the member first."""
    rows = queries.below_list(OrderLine.objects.filter(order__in=Order.objects.visible_to(request.user)))
    line = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and (case := submit(form, _open_case, line, on=today(), by=request.user, **form.facts)):
        messages.success(request, _("Case {number} is opened.").format(number=case.number))
        return redirect("orders:below-list")
    return render(request, "orders/report_price.html", {"form": form, "line": line, "order": line.order})


def _open_case(line, *, reason, on, by):
    return open_case(
        line.order.member,
        kind=Case.Kind.PRICE,
        title=_("{item} sold at {price}, agreed are {list_price}").format(
            item=line.item, price=format_rupiah(line.price), list_price=format_rupiah(line.list_price)
        ),
        text=reason,
        url=reverse("orders:detail", args=[line.order_id]),
        on=on,
        by=by,
    )
