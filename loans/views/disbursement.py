"""Paying a loan out."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from loans import services
from loans.forms.disbursement import DisbursementForm
from loans.views.common import cost, found, say_done, terms


@require(Permission.LOAN_DISBURSE)
def disburse(request, pk):
    loan = found(request, pk)
    form = DisbursementForm(request.POST or None)
    if form.is_valid() and (done := submit(form, services.disburse, loan, by=request.user, **form.facts)):
        say_done(request, _("{amount} paid out.").format(amount=format_rupiah(done.net)), done.receipt)
        return redirect("loans:detail", pk)
    context = {"loan": loan, "form": form, "cost": cost(loan.rules, terms(loan) | {"disbursed_on": today()})}
    return render(request, "loans/disbursement/disburse.html", context)
