"""What stands behind a loan: pledging it, looking at it, valuing it, giving it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, show, submit
from core.money import format_rupiah
from core.permissions import Permission
from loans import services
from loans.forms.collateral import CollateralForm, ValuationForm
from loans.forms.common import ConfirmationForm
from loans.models import Collateral
from loans.views.common import found


def _collateral(request, pk):
    pledged = Collateral.objects.visible_to(request.user).select_related("loan__member", "paper")
    return get_object_or_404(pledged, pk=pk)


@require(Permission.LOAN_APPLY)
def pledge(request, pk):
    loan = found(request, pk)
    form = CollateralForm(request.POST or None, request.FILES or None)
    if form.is_valid() and submit(form, services.pledge, loan, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The collateral is written down."))
        return redirect("loans:detail", pk)
    return render(request, "loans/collateral/pledge.html", {"loan": loan, "form": form})


@require(Permission.LOAN_VIEW)
def collateral_paper(request, pk):
    collateral = _collateral(request, pk)
    if collateral.paper is None:
        raise Http404
    return show(collateral.paper)


@require(Permission.COLLATERAL_KEEP)
def value_collateral(request, pk):
    collateral = _collateral(request, pk)
    form = ValuationForm(request.POST or None, initial={"value_counted": collateral.value_counted or None})
    if form.is_valid() and submit(
        form, services.value_collateral, collateral, on=today(), by=request.user, **form.facts
    ):
        messages.success(request, _("The value is written down."))
        return redirect("loans:detail", collateral.loan_id)
    context = {"collateral": collateral, "loan": collateral.loan, "form": form}
    return render(request, "loans/collateral/value.html", context)


@require(Permission.COLLATERAL_KEEP)
def return_collateral(request, pk):
    collateral = _collateral(request, pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and submit(form, services.return_collateral, collateral, on=today(), by=request.user):
        messages.success(request, _("Given back. The day stands on the page of the loan."))
        return redirect("loans:detail", collateral.loan_id)
    context = {
        "collateral": collateral,
        "loan": collateral.loan,
        "form": form,
        "consequences": [
            _("{name} gets back: {what}, worth {amount}.").format(
                name=collateral.loan.member.name,
                what=collateral,
                amount=format_rupiah(collateral.value_estimated),
            ),
            _("The cooperative holds it no longer."),
        ],
    }
    return render(request, "loans/collateral/return.html", context)
