"""Money ahead and back, in the browser."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from orders import queries, services
from orders.forms import MoneyForm
from orders.forms.common import OnForm, ReverseForm
from orders.models import Advance
from orders.views.common import claim_or_404, of_claim, sheet_page

Method = Advance.Method


def _methods(user):
    return [Method.CASH, Method.DIRECT] if user.can(Permission.SETTLEMENT_PAY) else [Method.DIRECT]


@require(Permission.DELIVERY_RECORD)
def pay_ahead(request, pk):
    claim = claim_or_404(request, pk)
    most = max(queries.may_be_paid_ahead(claim), 0)
    form = MoneyForm(request.POST or None, methods=_methods(request.user), initial={"amount": most or None})
    if form.is_valid() and submit(form, services.pay_ahead, claim, by=request.user, **form.facts):
        messages.success(request, _("Written down."))
        return redirect("orders:claim", pk)
    text = _("The terms allow {most} to be paid ahead. It is taken off the pay.").format(most=format_rupiah(most))
    return sheet_page(request, form, claim, title=_("Pay ahead"), action=_("It is paid"), text=text)


@require(Permission.DELIVERY_RECORD)
def pay_back(request, pk):
    claim = claim_or_404(request, pk)
    owed = queries.owed(claim).remainder
    form = MoneyForm(request.POST or None, methods=_methods(request.user), initial={"amount": owed or None})
    if form.is_valid() and submit(form, services.pay_back, claim, by=request.user, **form.facts):
        messages.success(request, _("Written down."))
        return redirect("orders:claim", pk)
    text = _("{owed} were not covered by the work.").format(owed=format_rupiah(owed))
    return sheet_page(request, form, claim, title=_("Pay back"), action=_("It is paid"), text=text)


@require(Permission.DELIVERY_RECORD)
def confirm_advance(request, pk):
    advance, claim = of_claim(request, Advance, pk)
    form = OnForm(request.POST or None)
    if form.is_valid() and submit(form, services.confirm_advance, advance, by=request.user, **form.facts):
        messages.success(request, _("Confirmed."))
        return redirect("orders:claim", claim.pk)
    rows = [(advance.get_kind_display().capitalize(), format_rupiah(advance.amount))]
    text = _("Say yes only when you have it, all of it.")
    return sheet_page(
        request, form, claim, title=_("I have the money"), action=_("Yes, I have it"), text=text, rows=rows
    )


@require(Permission.DELIVERY_RECORD)
def reverse_advance(request, pk):
    advance, claim = of_claim(request, Advance, pk)
    form = ReverseForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_advance, advance, by=request.user, **form.facts):
        messages.success(request, _("The payment is reversed."))
        return redirect("orders:claim", claim.pk)
    rows = [(advance.get_kind_display().capitalize(), format_rupiah(advance.amount))]
    return sheet_page(request, form, claim, title=_("Reverse the payment"), action=_("Reverse"), rows=rows, danger=True)
