"""New terms for a running loan: proposed, agreed to, carried out, printed for the borrower to sign."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.dates import add_months, today
from core.http import download, page_of, require, submit
from core.money import format_rupiah
from core.permissions import Permission
from loans import queries, services
from loans.arithmetic.schedule import ScheduleError
from loans.forms.common import ConfirmationForm
from loans.forms.restructuring import CarryOutTermsForm, NewTermsForm
from loans.models import Loan, Restructuring
from loans.papers.restructuring import amendment_paper
from loans.queries import loan_rate
from loans.views.common import found, say_done


@require(Permission.LOAN_LIST)
def restructurings(request):
    """New terms of all loans: those that wait first, then what was carried out, newest first."""
    rows = Restructuring.objects.filter(dropped_on=None).select_related("loan__member", "proposed_by")
    context = {
        "waiting": rows.filter(done_on=None).order_by("proposed_on", "pk"),
        "page": page_of(request, rows.filter(done_on__isnull=False).order_by("-done_on", "-pk")),
    }
    return render(request, "loans/restructuring/list.html", context)


@require(Permission.LOAN_RESTRUCTURE)
def propose(request, pk):
    loan = found(request, pk)
    initial = {
        "rate_bp": loan_rate(loan),
        "instalments": loan.instalments,
        "first_due_on": add_months(today(), 1),
        "principal_grace": 0,
    }
    form = NewTermsForm(request.POST or None, initial=initial)
    if form.is_valid() and (
        done := submit(form, services.propose_restructuring, loan, on=today(), by=request.user, **form.facts)
    ):
        messages.success(request, _("The new terms are proposed. Another officer agrees to them."))
        return redirect("loans:restructuring", done.pk)
    context = {
        "loan": loan,
        "form": form,
        "rules": queries.restructuring_rules(today()),
        "times": queries.times_restructured(loan),
    }
    if loan.state == Loan.State.RUNNING:
        context["owed"] = queries.open_on(loan, on=today())
    return render(request, "loans/restructuring/propose.html", context)


@require(Permission.LOAN_VIEW)
def restructuring(request, pk):
    """What is proposed or was done: what goes along, the new schedule, who agreed, who may act."""
    proposal = _proposal(request, pk)
    involved = {proposal.loan.member.user_id, proposal.proposed_by_id}
    approvers = [approval.by_id for approval in proposal.approvals.all()]
    context = {
        "terms": proposal,
        "loan": proposal.loan,
        "is_waiting": not proposal.done_on and not proposal.dropped_on,
        "may_agree": request.user.pk not in involved and request.user.pk not in approvers,
        "may_carry_out": request.user.pk not in approvers and request.user.pk != proposal.loan.member.user_id,
        "is_own": request.user.pk == proposal.loan.member.user_id,
        "guarantees": proposal.guarantees.select_related("member").order_by("pk"),
    } | _worked_out(proposal)
    if proposal.raises and "renewed" in context:
        owing = context["renewed"].principal
        context["related"] = queries.related_party(proposal.loan, as_of=today(), owing=owing)
        context["lacks_guarantees"] = _not_backed(proposal)
    return render(request, "loans/restructuring/detail.html", context)


def _not_backed(proposal):
    """The part of the higher sum nobody was asked for or said no to, where the rules of the loan want guarantors."""
    if not proposal.loan.rules.guarantors_needed:
        return 0
    return max(0, queries.open_part(proposal, queries.most_owed(proposal)))


def _worked_out(proposal):
    """The figures of the day it was carried out, or as they would be today."""
    if proposal.done_on:
        rows = list(proposal.loan.rows.filter(version=proposal.version.version).order_by("number"))
        return {"rows": rows, "interest": sum(row.interest for row in rows)}
    if proposal.dropped_on:
        return {}
    try:
        owed, renewed = queries.restructured(proposal, on=today())
    except (ScheduleError, ValueError):
        return {"is_stale": True}
    return {
        "owed": owed,
        "renewed": renewed,
        "rows": renewed.rows,
        "interest": sum(row.interest for row in renewed.rows),
    }


@require(Permission.LOAN_APPROVE)
def approve(request, pk):
    return _agree(request, pk, "board")


@require(Permission.LOAN_ENDORSE)
def endorse(request, pk):
    return _agree(request, pk, "supervisors")


def _agree(request, pk, organ):
    proposal = _proposal(request, pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and (
        done := submit(form, services.approve_restructuring, proposal, on=today(), by=request.user, organ=organ)
    ):
        messages.success(
            request,
            _("The new terms are agreed to. Another officer carries them out.")
            if done.approved_on
            else _("Your yes is written down. A second officer must agree."),
        )
        return redirect("loans:restructuring", pk)
    consequences = [
        _("{name} may repay loan {number} on the new terms.").format(
            name=proposal.loan.member.name, number=proposal.loan.number
        ),
        _("Another person carries it out (four eyes)."),
    ]
    context = {"terms": proposal, "loan": proposal.loan, "form": form, "consequences": consequences}
    return render(request, "loans/restructuring/approve.html", context)


@require(Permission.LOAN_DISBURSE)
def carry_out(request, pk):
    proposal = _proposal(request, pk)
    form = CarryOutTermsForm(request.POST or None, has_money=bool(proposal.added))
    if form.is_valid() and (
        done := submit(form, services.carry_out_restructuring, proposal, by=request.user, **form.facts)
    ):
        if done.receipt:
            say_done(request, _("{amount} paid out.").format(amount=format_rupiah(done.paid_out)), done.receipt)
        else:
            messages.success(request, _("The new schedule is in force. Let the borrower sign the amendment."))
        return redirect("loans:restructuring", pk)
    context = {"terms": proposal, "loan": proposal.loan, "form": form} | _worked_out(proposal)
    return render(request, "loans/restructuring/carry_out.html", context)


@require(Permission.LOAN_RESTRUCTURE)
def drop(request, pk):
    proposal = _proposal(request, pk)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid() and submit(form, services.drop_restructuring, proposal, on=today(), by=request.user):
        messages.success(request, _("The proposal is put aside; nothing changed."))
        return redirect("loans:detail", proposal.loan_id)
    return render(request, "loans/restructuring/drop.html", {"terms": proposal, "loan": proposal.loan, "form": form})


@require(Permission.LOAN_VIEW)
def amendment(request, pk):
    proposal = _proposal(request, pk)
    rows = _worked_out(proposal).get("rows", [])
    return download(amendment_paper(proposal, rows, on=today()), f"addendum-{proposal.loan.number}.pdf", inline=True)


def _proposal(request, pk):
    rows = Restructuring.objects.filter(loan__in=Loan.objects.visible_to(request.user))
    return get_object_or_404(
        rows.select_related(
            "loan__member", "loan__rules__product", "decision", "proposed_by", "done_by", "version"
        ).prefetch_related("approvals__by"),
        pk=pk,
    )
