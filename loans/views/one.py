"""One loan: its page, its schedule, its papers."""

from django.shortcuts import get_object_or_404, render

from core import audit
from core.dates import today
from core.http import require
from core.permissions import Permission
from loans import explanation, papers, queries
from loans.eligibility import eligibility
from loans.models import Loan
from loans.views.common import found, terms


@require(Permission.LOAN_VIEW)
def detail(request, pk):
    loan = get_object_or_404(
        Loan.objects.visible_to(request.user)
        .select_related("member", "rules__product", "rules__decided_in", "applied_by", "refused_by", "disbursed_by")
        .prefetch_related("approvals__by", "guarantors__member"),
        pk=pk,
    )
    context = {
        "loan": loan,
        "steps": explanation.steps(loan),
        "position": queries.position(loan, as_of=today()) if loan.disbursed_on else None,
        "repayments": loan.repayments.select_related("receipt", "received_by").order_by("-paid_on", "-pk"),
        "checks": _checks(loan) if loan.state == Loan.State.WAITING else [],
        "may_decide": request.user.pk not in (loan.member.user_id, loan.applied_by_id),
        "may_withdraw": request.user.pk in (loan.member.user_id, loan.applied_by_id),
        "collaterals": loan.collaterals.order_by("pk"),
        "is_own": loan.member.user_id == request.user.pk,
        "events": audit.trail(loan),
    }
    return render(request, "loans/detail.html", context)


def _checks(loan):
    """The rules as they stand today; the application itself does not count as a loan."""
    return eligibility(loan.member, product=loan.rules.product, as_of=today(), without=loan, **terms(loan))


@require(Permission.LOAN_VIEW)
def schedule(request, pk):
    loan = found(request, pk)
    plan = queries.plan(loan, on=today())
    context = {"loan": loan, "plan": plan, "rows": explanation.explained(plan)}
    return render(request, "loans/schedule.html", context)


@require(Permission.LOAN_VIEW)
def schedule_paper(request, pk):
    return papers.schedule_response(found(request, pk), on=today())
