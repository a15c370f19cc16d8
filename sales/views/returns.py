"""What comes back from a buyer, in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.http import download, require, submit
from core.permissions import Permission
from sales import papers, queries, services
from sales.forms import TakeBackForm
from sales.models import BuyerReturn
from sales.views.common import order_or_404, reverse_page


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
    return render(request, "sales/take_back.html", {"form": form, "order": order, "sources": sources})


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
            "who wrote it down must do this."
        ),
        amount=found.amount or None,
        done=_("Return {number} is reversed.").format(number=found.number),
    )
