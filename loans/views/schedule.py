"""The schedules of a loan."""

from django.shortcuts import render

from core.dates import today
from core.http import require
from core.permissions import Permission
from loans import queries
from loans.arithmetic import explanation
from loans.papers.schedule import schedule_response
from loans.views.common import found


@require(Permission.LOAN_VIEW)
def schedule(request, pk):
    """The first schedule with its formulas, or a later one as it is stored; every one stays readable."""
    loan = found(request, pk)
    version = _version(request, loan)
    context = {"loan": loan, "version": version, "versions": queries.schedule_versions(loan)}
    if version == 1:
        plan = queries.plan(loan, on=today())
        context |= {"plan": plan, "rows": explanation.explained(plan)}
    else:
        context["stored"] = queries.stored_schedule(loan, version)
    return render(request, "loans/schedule/schedule.html", context)


def _version(request, loan):
    asked = request.GET.get("version", "")
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= loan.schedule_version else loan.schedule_version


@require(Permission.LOAN_VIEW)
def schedule_paper(request, pk):
    loan = found(request, pk)
    return schedule_response(loan, on=today(), version=_version(request, loan))
