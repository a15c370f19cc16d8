"""Paying out, paying back, putting right."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from loans import history, queries, services
from loans.forms import (
    DisbursementForm,
    PayOffForm,
    RepaymentForm,
    ReversalForm,
)
from loans.models import Loan, Repayment
from loans.views.common import cost, found, say_done, terms


@require(Permission.LOAN_DISBURSE)
def disburse(request, pk):
    loan = found(request, pk)
    form = DisbursementForm(request.POST or None)
    if form.is_valid() and (done := submit(form, services.disburse, loan, by=request.user, **form.facts)):
        say_done(request, _("{amount} paid out.").format(amount=format_rupiah(done.net)), done.receipt)
        return redirect("loans:detail", pk)
    context = {"loan": loan, "form": form, "cost": cost(loan.rules, terms(loan) | {"disbursed_on": today()})}
    return render(request, "loans/disburse.html", context)


@require(Permission.LOAN_REPAY)
def repay(request, pk):
    loan = found(request, pk)
    position = queries.position(loan, as_of=today())
    form = RepaymentForm(request.POST or None, initial={"amount": position.due_now or None})
    if form.is_valid() and (paid := submit(form, services.repay, loan, by=request.user, **form.facts)):
        say_done(request, _("{amount} received.").format(amount=format_rupiah(paid.amount)), paid.receipt)
        return redirect("loans:detail", pk)
    return render(request, "loans/repay.html", {"loan": loan, "form": form, "position": position})


@require(Permission.LOAN_REPAY)
def pay_off(request, pk):
    """What closes the loan today, shown before it is received."""
    loan = found(request, pk)
    form = PayOffForm(request.POST or None)
    if form.is_valid() and (paid := submit(form, services.pay_off, loan, on=today(), by=request.user, **form.facts)):
        sentence = _("{amount} received. The loan is paid off.").format(amount=format_rupiah(paid.amount))
        say_done(request, sentence, paid.receipt)
        return redirect("loans:detail", pk)
    closing = history.to_close(loan, on=today()) if loan.state == Loan.State.RUNNING else None
    return render(request, "loans/pay_off.html", {"loan": loan, "form": form, "closing": closing})


@require(Permission.LOAN_REVERSE)
def reverse_repayment(request, pk):
    repayments = Repayment.objects.filter(loan__in=Loan.objects.visible_to(request.user))
    repayment = get_object_or_404(repayments.select_related("loan__member", "receipt", "replays__receipt"), pk=pk)
    form = ReversalForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_repayment, repayment, by=request.user, **form.facts):
        messages.success(request, _("The payment is reversed. Both entries stay in the journal."))
        return redirect("loans:detail", repayment.loan_id)
    return render(
        request, "loans/reverse_repayment.html", {"repayment": repayment, "loan": repayment.loan, "form": form}
    )
