"""Standing for a neighbour: the answer, taking it back, and officers who look for somebody else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from loans import services
from loans.forms.common import ConfirmationForm
from loans.forms.guarantee import GuarantorForm
from loans.models import Guarantor, RenewedGuarantee, Restructuring
from loans.papers.guarantee import consent_response
from loans.views.common import found


@require(Permission.LOAN_GUARANTEE)
def guarantee(request, pk):
    """Somebody asks for one's name: who, how much, what for; then yes or no."""
    guarantor = get_object_or_404(
        Guarantor.objects.filter(member__user=request.user).select_related("loan__member", "loan__rules__product"),
        pk=pk,
    )
    form = ConfirmationForm(request.POST or None)
    answer = services.consent if "yes" in request.POST else services.decline
    if "back" in request.POST:
        answer = services.take_back_consent
    if form.is_valid() and submit(form, answer, guarantor, on=today(), by=request.user):
        messages.success(request, _("Your answer is written down. Thank you."))
        return redirect("loans:mine")
    context = {"guarantor": guarantor, "form": form, "loan": guarantor.loan}
    return render(request, "loans/guarantee/answer.html", context)


@require(Permission.LOAN_GUARANTEE)
def renewed_guarantee(request, pk):
    """More would be owed on a loan one stands for: the new terms, the share; then yes or no."""
    rows = RenewedGuarantee.objects.filter(member__user=request.user)
    row = get_object_or_404(rows.select_related("restructuring__loan__member", "restructuring__loan__rules"), pk=pk)
    loan = row.restructuring.loan
    form = ConfirmationForm(request.POST or None)
    answer = services.consent_again if "yes" in request.POST else services.decline_again
    if form.is_valid() and submit(form, answer, row, on=today(), by=request.user):
        messages.success(request, _("Your answer is written down. Thank you."))
        return redirect("loans:mine")
    before = loan.guarantors.standing(as_of=today()).filter(member=row.member).first()
    context = {"row": row, "terms": row.restructuring, "loan": loan, "before": before, "form": form}
    return render(request, "loans/guarantee/answer_renewed.html", context)


@require(Permission.LOAN_RESTRUCTURE)
def ask_another_guarantor(request, pk):
    """Name a further member for the part of the higher sum that nobody stands for."""
    rows = Restructuring.objects.select_related("loan__member", "loan__rules")
    terms = get_object_or_404(rows, pk=pk)
    form = GuarantorForm(request.POST or None, loan=terms.loan)
    if form.is_valid() and (
        asked := submit(form, services.ask_another_guarantor, terms, on=today(), by=request.user, **form.facts)
    ):
        messages.success(request, _("{name} is asked and will answer.").format(name=asked.member.name))
        return redirect("loans:restructuring", pk)
    return render(request, "loans/guarantee/ask.html", {"loan": terms.loan, "terms": terms, "form": form})


@require(Permission.LOAN_APPLY)
def ask_guarantor(request, pk):
    """Name somebody else for the part of the loan that nobody stands for."""
    loan = found(request, pk)
    form = GuarantorForm(request.POST or None, loan=loan)
    if form.is_valid() and (
        asked := submit(form, services.ask_guarantor, loan, on=today(), by=request.user, **form.facts)
    ):
        messages.success(request, _("{name} is asked and will answer.").format(name=asked.member.name))
        return redirect("loans:detail", pk)
    return render(request, "loans/guarantee/ask.html", {"loan": loan, "form": form})


@require(Permission.LOAN_APPROVE)
def release_guarantor(request, pk):
    guarantors = Guarantor.objects.visible_to(request.user).select_related("loan__member", "member")
    guarantor = get_object_or_404(guarantors, pk=pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and submit(form, services.release_guarantor, guarantor, on=today(), by=request.user):
        messages.success(request, _("{name} no longer stands for this loan.").format(name=guarantor.member.name))
        return redirect("loans:detail", guarantor.loan_id)
    context = {
        "guarantor": guarantor,
        "loan": guarantor.loan,
        "form": form,
        "consequences": [
            _("{name} no longer stands for {amount} of this loan.").format(
                name=guarantor.member.name, amount=format_rupiah(guarantor.amount)
            ),
            _("The others who said yes stand for it. Everybody concerned is told."),
        ],
    }
    return render(request, "loans/guarantee/release.html", context)


@require(Permission.LOAN_VIEW)
def consent(request, pk):
    guarantors = Guarantor.objects.visible_to(request.user).filter(consented_on__isnull=False)
    return consent_response(get_object_or_404(guarantors.select_related("member", "loan__member"), pk=pk))
