"""What comes back from a buyer, in the browser."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.http import download, require
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from orders.views.common import below_order
from sales import papers, queries, services
from sales.forms import TakeBackForm
from sales.models import BuyerReturn
from sales.views.common import order_or_404, reverse_page, says_who_books


@require(Permission.ORDER_TAKE)
def take_back(request, pk):
    order = order_or_404(request, pk)
    standing = order.invoices.filter(reversed_on=None).order_by("pk")
    sources = [invoice for invoice in (*standing, None) if queries.returnable(order, invoice)]
    nothing = _("The buyer has nothing of this order, so nothing can come back. Send something first.")
    lead = _("What {partner} gave back after the delivery.").format(partner=order.partner)
    text = _(
        "For an invoice a credit note is made: the buyer owes so much less, and what was paid too much can be given "
        "back afterwards."
    )
    books = says_who_books(order)
    if order.is_sold_by_cooperative:
        books = _("It is posted, and the member's part goes down with it.")
    more = _("Where the buyer wants new ones, record a new order.")
    return form_page(
        request,
        TakeBackForm(request.POST or None, lines=list(queries.lines(order)), sources=sources),
        services.take_back,
        order,
        by=request.user,
        page=FormPage(
            title=_("Goods came back"),
            action=_("They came back"),
            crumbs=below_order(order),
            lead=lead,
            below="sales/_what_follows.html",
            context={"sentences": [text, books, more]},
            draft=f"take-back-{order.pk}",
            unavailable=None if sources else Unavailable(nothing),
        ),
        done=lambda made: _("Return {number} is recorded.").format(number=made.number),
    )


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
    return reverse_page(
        request,
        services.reverse_return,
        found,
        found.order,
        title=_("Reverse return {number}").format(number=found.number),
        text=_(
            "It is undone, its number stays: the buyer has the goods and owes what was credited. Somebody else than "
            "who recorded it must do this."
        ),
        amount=found.amount or None,
        done=_("Return {number} is reversed.").format(number=found.number),
    )
