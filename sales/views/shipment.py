"""What leaves for the buyer, in the browser."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.http import download, require
from core.pages import FormPage, form_page
from core.permissions import Permission
from orders.views.common import below_order
from sales import papers, queries, services
from sales.forms import FinishForm, ShipForm
from sales.models import Shipment
from sales.views.common import order_or_404, reverse_page


@require(Permission.ORDER_TAKE)
def ship(request, pk):
    order = order_or_404(request, pk)
    text = _(
        "What goes to {partner} today. A numbered delivery note is made; with the last pieces the order is finished."
    )
    return form_page(
        request,
        ShipForm(request.POST or None, lines=list(queries.lines(order))),
        services.ship,
        order,
        by=request.user,
        page=FormPage(
            title=_("Send to the buyer"),
            action=_("It is on its way"),
            crumbs=below_order(order),
            lead=text.format(partner=order.partner),
            draft=f"ship-{order.pk}",
        ),
        done=lambda sent: _("Delivery note {number} is ready to print.").format(number=sent.number),
    )


@require(Permission.ORDER_LIST)
def delivery_note(request, pk):
    rows = Shipment.objects.visible_to(request.user).select_related("order__partner", "order__member")
    found = get_object_or_404(rows, pk=pk)
    return download(papers.delivery_note(found), f"{found.number}.pdf", inline=True)


@require(Permission.ORDER_TAKE)
def finish(request, pk):
    order = order_or_404(request, pk)
    text = _(
        "Order {number} of {partner} leaves your workshop, and your weeks become free. What is still on the board goes "
        "off it."
    )
    return form_page(
        request,
        FinishForm(request.POST or None),
        services.finish,
        order,
        by=request.user,
        page=FormPage(
            title=_("Handed to the buyer"),
            action=_("Yes, the buyer has it"),
            crumbs=below_order(order),
            consequences=[text.format(number=order.number, partner=order.partner)],
        ),
        done=_("Order {number} is done. Well made.").format(number=order.number),
    )


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
