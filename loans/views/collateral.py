"""Collateral of a loan: pledged, shown, valued and given back."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import require, show
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from loans import services
from loans.forms.collateral import CollateralForm, ValuationForm
from loans.models import Collateral
from loans.views.common import crumbs, found_to_act


def _collateral(request, pk):
    pledged = Collateral.objects.visible_to(request.user).select_related("loan__member", "paper")
    return get_object_or_404(pledged, pk=pk)


@require(Permission.LOAN_APPLY)
def pledge(request, pk):
    loan = found_to_act(request, pk)
    page = FormPage(
        title=_("Add collateral"),
        action=_("Record it"),
        crumbs=crumbs(request, loan),
        lead=_(
            "Something {name} leaves as security for loan {number}. It comes back when the loan is paid off."
        ).format(name=loan.member.name, number=loan.number),
    )
    form = CollateralForm(request.POST or None, request.FILES or None)
    done = _("The collateral is recorded.")
    return form_page(request, form, services.pledge, loan, on=today(), by=request.user, page=page, done=done)


@require(Permission.LOAN_VIEW)
def collateral_paper(request, pk):
    collateral = _collateral(request, pk)
    if collateral.paper is None:
        raise Http404
    return show(collateral.paper)


@require(Permission.COLLATERAL_KEEP)
def value_collateral(request, pk):
    collateral = _collateral(request, pk)
    page = FormPage(
        title=_("Value the collateral"),
        action=_("Record the value"),
        crumbs=crumbs(request, collateral.loan),
        lead=_("{what}. The borrower says it is worth {amount}. Look at it first.").format(
            what=collateral, amount=format_rupiah(collateral.value_estimated)
        ),
    )
    form = ValuationForm(request.POST or None, initial={"value_counted": collateral.value_counted or None})
    done = _("The value is recorded.")
    facts = {"on": today(), "by": request.user}
    return form_page(request, form, services.value_collateral, collateral, page=page, done=done, **facts)


@require(Permission.COLLATERAL_KEEP)
def return_collateral(request, pk):
    collateral = _collateral(request, pk)
    page = FormPage(
        title=_("Give the collateral back"),
        action=_("Give it back"),
        crumbs=crumbs(request, collateral.loan),
        consequences=[
            _("{name} gets back: {what}, worth {amount}.").format(
                name=collateral.loan.member.name,
                what=collateral,
                amount=format_rupiah(collateral.value_estimated),
            ),
            _("The cooperative holds it no longer."),
        ],
    )
    form = ConfirmationForm(request.POST or None)
    done = _("Given back. The day stands on the page of the loan.")
    facts = {"on": today(), "by": request.user}
    return form_page(request, form, services.return_collateral, collateral, page=page, done=done, **facts)
