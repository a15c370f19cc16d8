"""Invoices in the browser."""

from django.utils.translation import gettext as _

from core.dates import today
from core.http import download, require
from core.money import format_quantity, format_rupiah
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from orders import queries as orders
from orders.views.common import below_order
from sales import papers, queries, services
from sales.forms import InvoiceForm
from sales.views.common import invoice_or_404, order_or_404, reverse_page, says_who_books


@require(Permission.ORDER_TAKE)
def invoice(request, pk):
    """Say what will be asked for, then ask."""
    order = order_or_404(request, pk)
    return form_page(
        request,
        InvoiceForm(request.POST or None),
        services.issue_invoice,
        order,
        by=request.user,
        page=lambda: _asked(order),
        done=lambda made: _("Invoice {number} is ready to print.").format(number=made.number),
    )


def _asked(order) -> FormPage:
    lines = [line for line in queries.lines(order) if line.to_invoice > 0]
    amount = sum(orders.worth(line, line.to_invoice) for line in lines)
    deposit = min(queries.account(order, as_of=today()).deposit_free, amount)
    facts = [
        (
            line.item,
            f"{format_quantity(line.to_invoice)} {line.item.base_unit} × {format_rupiah(line.price)} = "
            f"{format_rupiah(orders.worth(line, line.to_invoice))}",
        )
        for line in lines
    ]
    if deposit:
        facts.append((_("Deposit taken off"), f"− {format_rupiah(deposit)}"))
    nothing = _("Everything delivered is invoiced already. Send something to the buyer first.")
    text = _("{partner} is asked to pay this for what was delivered.").format(partner=order.partner)
    return FormPage(
        title=_("Issue the invoice"),
        crumbs=below_order(order),
        lead=f"{text} {says_who_books(order)}",
        amount=amount - deposit,
        facts=facts,
        unavailable=None if lines else Unavailable(nothing),
    )


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
