"""What the member gets for goods the cooperative sold, in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from sales import services
from sales.forms import ProceedsForm
from sales.models import ProceedsPayment
from sales.views.common import invoice_or_404, reverse_page

Method = ProceedsPayment.Method


@require(Permission.SETTLEMENT_PAY)
def pay_proceeds(request, pk):
    """The member gets what is owed, or pays back what came back; the amount stands there already."""
    found = invoice_or_404(request, pk)
    methods = [Method.CASH, Method.SAVINGS] if found.member_open > 0 else [Method.CASH]
    initial = {"amount": abs(found.member_open) or None, "method": Method.CASH}
    form = ProceedsForm(request.POST or None, methods=methods, initial=initial)
    if form.is_valid() and (done := submit(form, services.pay_proceeds, found, by=request.user, **form.facts)):
        messages.success(request, _("{amount} is written down.").format(amount=format_rupiah(done.amount)))
        if done.receipt_id and request.user.can(Permission.LEDGER_VIEW):
            return redirect("ledger:receipt", done.receipt_id)
        return redirect("orders:detail", found.order_id)
    context = {"form": form, "invoice": found, "order": found.order, "owed": abs(found.member_open)}
    return render(request, "sales/pay_proceeds.html", context)


@require(Permission.SETTLEMENT_PAY)
def reverse_proceeds(request, pk):
    rows = ProceedsPayment.objects.visible_to(request.user).select_related("invoice__order__member")
    found = get_object_or_404(rows, pk=pk)
    order = found.invoice.order
    return reverse_page(
        request,
        services.reverse_proceeds,
        found,
        order,
        title=_("Reverse the payment to {member}").format(member=order.member.name),
        text=_(
            "It is undone in the books and in the savings, and can then be done again. Somebody else than who paid "
            "must do this."
        ),
        amount=found.amount,
        done=_("The payment is reversed. What is owed can be paid anew."),
    )
