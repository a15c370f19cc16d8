"""Invoices in the browser."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import download, require, submit
from core.permissions import Permission
from orders import queries as orders
from sales import papers, queries, services
from sales.forms import InvoiceForm
from sales.views.common import invoice_or_404, order_or_404, reverse_page


@require(Permission.ORDER_TAKE)
def invoice(request, pk):
    """Say what will be asked for, then ask."""
    order, on = order_or_404(request, pk), today()
    lines = [line for line in queries.lines(order) if line.to_invoice > 0]
    form = InvoiceForm(request.POST or None)
    if form.is_valid() and (made := submit(form, services.issue_invoice, order, by=request.user, **form.facts)):
        messages.success(request, _("Invoice {number} is ready to print.").format(number=made.number))
        return redirect("orders:detail", pk)
    amount = sum(orders.worth(line, line.to_invoice) for line in lines)
    deposit = min(queries.account(order, as_of=on).deposit_free, amount)
    context = {
        "form": form,
        "order": order,
        "lines": [(line, orders.worth(line, line.to_invoice)) for line in lines],
        "amount": amount,
        "deposit": deposit,
        "to_pay": amount - deposit,
    }
    return render(request, "sales/invoice.html", context)


@require(Permission.ORDER_LIST)
def invoice_paper(request, pk):
    found = invoice_or_404(request, pk)
    return download(papers.invoice(found), f"{found.number}.pdf", inline=True)


@require(Permission.ORDER_TAKE)
def reverse_invoice(request, pk):
    found = invoice_or_404(request, pk)
    text = _(
        "Invoice {number} to {partner} is undone; its number stays. What it asked for can be invoiced anew. Somebody "
        "else than who issued it must do this."
    )
    return reverse_page(
        request,
        services.reverse_invoice,
        found,
        found.order,
        title=_("Reverse the invoice"),
        text=text.format(number=found.number, partner=found.order.partner),
        amount=found.amount,
        done=_("Invoice {number} is reversed.").format(number=found.number),
    )
