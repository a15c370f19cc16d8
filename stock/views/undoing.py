"""Undoing what was wrong in a joint purchase: a page says what goes back before it does."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.http import require, submit
from core.permissions import Permission
from stock import queries, services
from stock.forms import UndoForm
from stock.models import JointPayment, JointPurchase, JointStep


@require(Permission.JOINT_DECIDE)
def reverse_choice(request, pk):
    return _reverse(request, pk, [JointStep.Kind.CHOSEN])


@require(Permission.STOCK_PAY)
def reverse_step(request, pk):
    return _reverse(request, pk, [JointStep.Kind.RECEIVED, JointStep.Kind.SHARED, JointStep.Kind.PAID])


def _reverse(request, pk, kinds):
    visible = JointPurchase.objects.visible_to(request.user)
    rows = JointStep.objects.standing().filter(kind__in=kinds, purchase__in=visible)
    step = get_object_or_404(rows.select_related("purchase", "supplier", "by"), pk=pk)
    form = UndoForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_step, step, by=request.user, **form.facts):
        messages.success(request, _("Reversed. Now do it again as it should be."))
        return redirect("stock:purchase", step.purchase_id)
    context = {
        "form": form,
        "step": step,
        "purchase": step.purchase,
        "cost": queries.cost(step.purchase),
        "shares": step.shares.select_related("member", "item__base_unit").order_by("member__name", "item__name"),
    }
    return render(request, "stock/reverse_step.html", context)


@require(Permission.STOCK_PAY)
def reverse_share_payment(request, pk):
    visible = JointPurchase.objects.visible_to(request.user)
    rows = JointPayment.objects.standing().filter(step__purchase__in=visible)
    payment = get_object_or_404(rows.select_related("step__purchase", "member"), pk=pk)
    purchase = payment.step.purchase
    form = UndoForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_share_payment, payment, by=request.user, **form.facts):
        messages.success(request, _("Reversed. {member} owes it again.").format(member=payment.member.name))
        return redirect("stock:purchase", purchase.pk)
    context = {"form": form, "payment": payment, "purchase": purchase}
    return render(request, "stock/reverse_share_payment.html", context)
