"""Taking finished goods of a neighbour for an order, in the browser."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require
from core.pages import FormPage, form_page
from core.permissions import Permission
from orders import services
from orders.forms import GoodsForm
from orders.models import Order, OrderLine
from orders.views.common import below_order


@require(Permission.ORDER_TAKE)
def take_goods(request, pk):
    rows = OrderLine.objects.filter(order__in=Order.objects.visible_to(request.user))
    line = get_object_or_404(rows.select_related("order__member", "item__base_unit"), pk=pk)
    on, order = today(), line.order
    page = FormPage(
        title=_("Take finished goods"),
        action=_("I take them"),
        crumbs=[*below_order(order), (_("Share the work"), reverse("orders:help", args=[order.pk]))],
        lead=_("{item} for order {order}. The owner confirms goods, price and day; then they count.").format(
            item=line.item, order=order
        ),
    )
    initial = {"lender": request.GET.get("with"), "due_on": order.due_on, "quantity": request.GET.get("quantity")}
    return form_page(
        request,
        GoodsForm(request.POST or None, item=line.item, holder=order.member, as_of=on, initial=initial),
        services.take_goods,
        line,
        on=on,
        by=request.user,
        page=page,
        done=_("Recorded. It counts when the other side confirms."),
        to=reverse("orders:help", args=[order.pk]),
    )
