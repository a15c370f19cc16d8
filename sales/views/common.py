"""What several pages of a sale share."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ReversalForm
from core.pages import FormPage, form_page
from core.permissions import Permission
from orders.models import Order
from orders.views.common import below_order
from sales.models import Invoice


def order_or_404(request, pk):
    rows = Order.objects.visible_to(request.user).select_related("partner", "member")
    return get_object_or_404(rows, pk=pk)


def invoice_or_404(request, pk):
    rows = Invoice.objects.visible_to(request.user).counted(as_of=today())
    return get_object_or_404(rows.select_related("order__partner", "order__member"), pk=pk)


def reverse_page(request, service, subject, order, *, title, text, amount=None, done):
    """What will be undone, why, and one button; somebody else than who recorded it presses it."""
    return form_page(
        request,
        ReversalForm(request.POST or None),
        service,
        subject,
        by=request.user,
        page=FormPage(
            title=title,
            action=_("Reverse"),
            crumbs=below_order(order),
            amount=amount,
            consequences=[text],
            danger=True,
        ),
        done=done,
    )


def says_who_books(order) -> str:
    if order.is_sold_by_cooperative:
        return _("A receipt is printed and the books have it.")
    return _("The member sells: it is recorded and not posted.")


def receipt_or_order(request, order):
    """Where a payment leads: to its receipt, for who may read it, else back to the order."""

    def address(paid) -> str:
        if paid.receipt_id and request.user.can(Permission.LEDGER_VIEW):
            return reverse("ledger:receipt", args=[paid.receipt_id])
        return reverse("orders:detail", args=[order.pk])

    return address


def may_sell(user, order) -> bool:
    """Who writes this order's invoices and payments: the treasurer where the cooperative sells, else the member."""
    if order.is_sold_by_cooperative:
        return user.can(Permission.BUYER_MONEY)
    return user.can(Permission.ORDER_TAKE) and (
        order.member.user_id == user.pk or user.can(Permission.ORDER_FOR_OTHERS)
    )
