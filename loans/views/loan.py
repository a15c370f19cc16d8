"""All loans, one's own, and the page of a loan."""

from django.shortcuts import get_object_or_404, redirect, render

from core import audit
from core.dates import today
from core.http import page_of, require
from core.permissions import Permission
from loans import queries
from loans.forms.loan import LoanFilter
from loans.models import Loan
from loans.queries import Arrears, eligibility
from loans.views.common import terms
from members.models import Member


@require(Permission.LOAN_LIST)
def loans(request):
    rows = Loan.objects.visible_to(request.user).with_outstanding(as_of=today())
    found = LoanFilter(request.GET, queryset=rows.order_by("-applied_on", "-pk"))
    page = page_of(request, found.qs.select_related("member", "rules__product"))
    late = {row.loan_id: row for row in queries.arrears(as_of=today(), loans=[loan.pk for loan in page])}
    for loan in page:
        loan.late = late.get(loan.pk)
    late_in_all = len(Arrears(as_of=today()))
    context = {"filter": found, "page": page, "totals": queries.totals(found.qs), "late": late_in_all}
    return render(request, "loans/loan/list.html", context)


@require(Permission.LOAN_VIEW)
def mine(request):
    """What one owes, when, and who needs one's yes."""
    member = Member.objects.filter(user=request.user).first()
    if member is None:
        return redirect("loans:list")
    backed = list(queries.standing_for(member, as_of=today()))
    context = {
        "member": member,
        "due": queries.next_due(member, as_of=today()),
        "loans": Loan.objects.filter(member=member).select_related("rules__product").order_by("-applied_on", "-pk"),
        "guarantees": queries.unanswered_guarantees(member),
        "asked_again": queries.unanswered_again(member),
        "backed": backed,
        "promised": sum(guarantor.amount for guarantor in backed),  # what was asked for and not answered is no promise
    }
    return render(request, "loans/loan/mine.html", context)


@require(Permission.LOAN_VIEW)
def detail(request, pk):
    loan = get_object_or_404(
        Loan.objects.visible_to(request.user)
        .select_related("member", "rules__product", "rules__decided_in", "applied_by", "refused_by", "disbursed_by")
        .prefetch_related("approvals__by", "guarantors__member", "surveys__by"),
        pk=pk,
    )
    context = {
        "loan": loan,
        "steps": queries.steps(loan),
        "position": queries.position(loan, as_of=loan.written_off_on or today()) if loan.disbursed_on else None,
        "claim": queries.claim(loan) if loan.written_off_on else None,
        "recoveries": loan.recoveries.select_related("receipt", "received_by").order_by("-received_on", "-pk"),
        "new_terms": loan.restructurings.filter(done_on=None, dropped_on=None).select_related("proposed_by"),
        "past_terms": loan.restructurings.filter(done_on__isnull=False).order_by("version__version"),
        "proposals": loan.write_offs.filter(done_on=None, dropped_on=None).select_related("proposed_by", "decision"),
        "repayments": loan.repayments.shown(),
        "paid": loan.repayments.total(as_of=today()),
        "closing": queries.to_close(loan, on=today()) if loan.state == Loan.State.RUNNING else None,
        "collaterals": loan.collaterals.order_by("pk"),
        "actions": queries.actions(loan, request.user, on=today()),
        "is_own": loan.member.user_id == request.user.pk,
        "lacks_guarantors": queries.lacking_guarantors(as_of=today()).filter(pk=loan.pk).exists(),
        "events": audit.trail(loan, reader=request.user),
    }
    if loan.state in (Loan.State.WAITING, Loan.State.APPROVED):
        context |= _before_the_decision(loan)
    return render(request, "loans/loan/detail.html", context)


def _before_the_decision(loan):
    """What officers look at, and the borrower as well: rules, ability to pay, and whether a decider borrows."""
    return {
        "checks": _checks(loan) if loan.state == Loan.State.WAITING else [],
        "ability": queries.ability(loan, as_of=today()),
        "related": queries.related_party(loan, as_of=today()),
    }


def _checks(loan):
    """The rules as they stand today; the application itself does not count as a loan."""
    asked = terms(loan) | {"product": loan.rules.product, "purpose": loan.purpose}
    return eligibility(loan.member, as_of=today(), without=loan, **asked)
