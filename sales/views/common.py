"""What several pages of a sale share."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from core.dates import today
from core.http import submit
from core.permissions import Permission
from orders.forms.common import ReverseForm
from orders.models import Order
from sales.models import Invoice


def order_or_404(request, pk):
    rows = Order.objects.visible_to(request.user).select_related("partner", "member")
    return get_object_or_404(rows, pk=pk)


def invoice_or_404(request, pk):
    rows = Invoice.objects.visible_to(request.user).counted(as_of=today())
    return get_object_or_404(rows.select_related("order__partner", "order__member"), pk=pk)


def reverse_page(request, service, subject, order, *, title, text, amount=None, done):
    """What will be undone, why, and one button; somebody else than who wrote it presses it."""
    form = ReverseForm(request.POST or None)
    if form.is_valid() and submit(form, service, subject, by=request.user, **form.facts):
        messages.success(request, done)
        return redirect("orders:detail", order.pk)
    context = {"form": form, "order": order, "title": title, "text": text, "amount": amount}
    return render(request, "sales/reverse.html", context)


def may_sell(user, order) -> bool:
    """Who writes this order's invoices and payments: the treasurer where the cooperative sells, else the member."""
    if order.is_sold_by_cooperative:
        return user.can(Permission.BUYER_MONEY)
    return user.can(Permission.ORDER_TAKE) and (
        order.member.user_id == user.pk or user.can(Permission.ORDER_FOR_OTHERS)
    )
