"""One loan: its page, its schedule, its papers."""

from django.shortcuts import get_object_or_404, render

from core import audit
from core.dates import today
from core.http import require
from core.permissions import Permission
from loans import claims, explanation, history, judging, papers, queries
from loans.eligibility import eligibility
from loans.models import Loan
from loans.views.common import found, terms


@require(Permission.LOAN_VIEW)
def detail(request, pk):
    loan = get_object_or_404(
        Loan.objects.visible_to(request.user)
        .select_related("member", "rules__product", "rules__decided_in", "applied_by", "refused_by", "disbursed_by")
        .prefetch_related("approvals__by", "guarantors__member", "surveys__by"),
        pk=pk,
    )
    is_own = loan.member.user_id == request.user.pk
    context = {
        "loan": loan,
        "steps": explanation.steps(loan),
        "position": queries.position(loan, as_of=loan.written_off_on or today()) if loan.disbursed_on else None,
        "claim": claims.claim(loan) if loan.written_off_on else None,
        "recoveries": loan.recoveries.select_related("receipt", "received_by").order_by("-received_on", "-pk"),
        "new_terms": loan.restructurings.filter(done_on=None, dropped_on=None).select_related("proposed_by"),
        "past_terms": loan.restructurings.filter(done_on__isnull=False).order_by("version__version"),
        "proposals": loan.write_offs.filter(done_on=None, dropped_on=None).select_related("proposed_by", "decision"),
        "repayments": loan.repayments.shown(),
        "closing": history.to_close(loan, on=today()) if loan.state == Loan.State.RUNNING else None,
        "collaterals": loan.collaterals.order_by("pk"),
        "may_decide": not is_own and loan.applied_by_id != request.user.pk,
        "may_withdraw": is_own or loan.applied_by_id == request.user.pk,
        "is_own": is_own,
        "is_live": loan.state in (Loan.State.WAITING, Loan.State.APPROVED, Loan.State.RUNNING),
        "lacks_guarantors": judging.lacking_guarantors(as_of=today()).filter(pk=loan.pk).exists(),
        "events": audit.trail(loan, reader=request.user),
    }
    if loan.state in (Loan.State.WAITING, Loan.State.APPROVED):
        context |= _before_the_decision(loan)
    return render(request, "loans/detail.html", context)


def _before_the_decision(loan):
    """What officers look at, and the borrower as well: rules, ability to pay, and whether a decider borrows."""
    return {
        "checks": _checks(loan) if loan.state == Loan.State.WAITING else [],
        "ability": judging.ability(loan, as_of=today()),
        "related": judging.related(loan, as_of=today()),
    }


def _checks(loan):
    """The rules as they stand today; the application itself does not count as a loan."""
    asked = terms(loan) | {"product": loan.rules.product, "purpose": loan.purpose}
    return eligibility(loan.member, as_of=today(), without=loan, **asked)


@require(Permission.LOAN_VIEW)
def schedule(request, pk):
    """The first schedule with its formulas, or a later one as it is stored; every one stays readable."""
    loan = found(request, pk)
    version = _version(request, loan)
    context = {"loan": loan, "version": version, "versions": history.versions(loan)}
    if version == 1:
        plan = queries.plan(loan, on=today())
        context |= {"plan": plan, "rows": explanation.explained(plan)}
    else:
        context["stored"] = history.stored(loan, version)
    return render(request, "loans/schedule.html", context)


def _version(request, loan):
    asked = request.GET.get("version", "")
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= loan.schedule_version else loan.schedule_version


@require(Permission.LOAN_VIEW)
def schedule_paper(request, pk):
    loan = found(request, pk)
    return papers.schedule_response(loan, on=today(), version=_version(request, loan))
