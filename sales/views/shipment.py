"""What leaves for the buyer, in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.http import download, require, submit
from core.permissions import Permission
from orders.models import Order
from sales import papers, queries, services
from sales.forms import FinishForm, ShipForm
from sales.models import Shipment
from sales.views.common import order_or_404, reverse_page


@require(Permission.ORDER_TAKE)
def ship(request, pk):
    order = order_or_404(request, pk)
    form = ShipForm(request.POST or None, lines=list(queries.lines(order)))
    if form.is_valid() and (sent := submit(form, services.ship, order, by=request.user, **form.facts)):
        messages.success(request, _("Delivery note {number} is ready to print.").format(number=sent.number))
        return redirect("orders:detail", pk)
    return render(request, "sales/ship.html", {"form": form, "order": order})


@require(Permission.ORDER_LIST)
def delivery_note(request, pk):
    rows = Shipment.objects.visible_to(request.user).select_related("order__partner", "order__member")
    found = get_object_or_404(rows, pk=pk)
    return download(papers.delivery_note(found), f"{found.number}.pdf", inline=True)


@require(Permission.ORDER_TAKE)
def finish(request, pk):
    order = get_object_or_404(Order.objects.visible_to(request.user).select_related("partner"), pk=pk)
    form = FinishForm(request.POST or None)
    if form.is_valid() and submit(form, services.finish, order, by=request.user, **form.facts):
        messages.success(request, _("Order {number} is done. Well made.").format(number=order.number))
        return redirect("orders:detail", pk)
    return render(request, "sales/finish.html", {"form": form, "order": order})


@require(Permission.ORDER_TAKE)
def reverse_shipment(request, pk):
    rows = Shipment.objects.visible_to(request.user).select_related("order__partner", "order__member")
    found = get_object_or_404(rows, pk=pk)
    return reverse_page(
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
