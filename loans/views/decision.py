"""The officers' yes and no, the supervisors' yes, and the visit before."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.dates import today
from core.http import require, submit
from core.money import format_rupiah
from core.permissions import Permission
from loans import queries, services
from loans.forms.common import ConfirmationForm
from loans.forms.decision import RefusalForm, SurveyForm
from loans.views.common import found


@require(Permission.LOAN_APPROVE)
def approve(request, pk):
    return _yes(request, pk, services.approve)


@require(Permission.LOAN_ENDORSE)
def endorse(request, pk):
    """The supervisors' yes to the loan of somebody who holds an office."""
    return _yes(request, pk, services.endorse)


def _yes(request, pk, service):
    loan = found(request, pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and (done := submit(form, service, loan, on=today(), by=request.user)):
        messages.success(
            request,
            _("The loan is approved. The treasurer can pay it out.")
            if done.approved_on
            else _("Your yes is written down. Somebody else must agree as well."),
        )
        return redirect("loans:detail", pk)
    plan = queries.plan(loan, on=today())
    context = {
        "related": queries.related_party(loan, as_of=today()),
        "consequences": [
            _("{name} may receive {amount}.").format(name=loan.member.name, amount=format_rupiah(loan.principal)),
            _("In return {total} comes back over {count} instalments, {interest} of it interest.").format(
                total=format_rupiah(plan.total), count=loan.instalments, interest=format_rupiah(plan.interest)
            ),
            _("Another person pays it out (four eyes)."),
        ],
    }
    return render(request, "loans/decision/approve.html", {"loan": loan, "form": form} | context)


@require(Permission.LOAN_SURVEY)
def survey(request, pk):
    loan = found(request, pk)
    form = SurveyForm(request.POST or None)
    if form.is_valid() and submit(form, services.survey, loan, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The visit is written down."))
        return redirect("loans:detail", pk)
    return render(request, "loans/decision/survey.html", {"loan": loan, "form": form})


@require(Permission.LOAN_APPROVE)
def refuse(request, pk):
    loan = found(request, pk)
    form = RefusalForm(request.POST or None)
    if form.is_valid() and submit(form, services.refuse, loan, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The application is turned down. The borrower can read the reason."))
        return redirect("loans:detail", pk)
    return render(request, "loans/decision/refuse.html", {"loan": loan, "form": form})
