"""Receiving what comes back, and reversing it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from loans import queries, services
from loans.forms.common import ReversalForm
from loans.forms.repayment import PayOffForm, RepaymentForm
from loans.models import Loan, Repayment
from loans.views.common import found, say_done


@require(Permission.LOAN_REPAY)
def repay(request, pk):
    loan = found(request, pk)
    position = queries.position(loan, as_of=today())
    form = RepaymentForm(request.POST or None, initial={"amount": position.due_now or None})
    if form.is_valid() and (paid := submit(form, services.repay, loan, by=request.user, **form.facts)):
        say_done(request, _("{amount} received.").format(amount=format_rupiah(paid.amount)), paid.receipt)
        return redirect("loans:detail", pk)
    return render(request, "loans/repayment/repay.html", {"loan": loan, "form": form, "position": position})


@require(Permission.LOAN_REPAY)
def pay_off(request, pk):
    """What closes the loan today, shown before it is received."""
    loan = found(request, pk)
    form = PayOffForm(request.POST or None)
    if form.is_valid() and (paid := submit(form, services.pay_off, loan, on=today(), by=request.user, **form.facts)):
        sentence = _("{amount} received. The loan is paid off.").format(amount=format_rupiah(paid.amount))
        say_done(request, sentence, paid.receipt)
        return redirect("loans:detail", pk)
    closing = queries.to_close(loan, on=today()) if loan.state == Loan.State.RUNNING else None
    return render(request, "loans/repayment/pay_off.html", {"loan": loan, "form": form, "closing": closing})


@require(Permission.LOAN_REVERSE)
def reverse_repayment(request, pk):
    repayments = Repayment.objects.filter(loan__in=Loan.objects.visible_to(request.user))
    repayment = get_object_or_404(repayments.select_related("loan__member", "receipt", "replays__receipt"), pk=pk)
    form = ReversalForm(request.POST or None)
    if form.is_valid() and submit(form, services.reverse_repayment, repayment, by=request.user, **form.facts):
        messages.success(request, _("The payment is reversed. Both entries stay in the journal."))
        return redirect("loans:detail", repayment.loan_id)
    return render(
        request, "loans/repayment/reverse.html", {"repayment": repayment, "loan": repayment.loan, "form": form}
    )
