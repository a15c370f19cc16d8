"""New terms for a running loan: proposed, agreed to, carried out, printed for the borrower to sign."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import add_months, today
from core.forms import ConfirmationForm
from core.http import download, page_of, require
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from loans import queries, services
from loans.arithmetic.schedule import ScheduleError
from loans.forms.restructuring import CarryOutTermsForm, NewTermsForm
from loans.models import Loan, Restructuring, RestructuringRules
from loans.papers.restructuring import amendment_paper
from loans.views.common import crumbs, found, with_receipt


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

    def page():
        owed = queries.open_on(loan, on=today()) if loan.state == Loan.State.RUNNING else None
        named = {
            "principal": _("Principal"),
            "interest": _("Interest until today"),
            "penalty": _("Penalty until today"),
        }
        return FormPage(
            title=_("Propose new terms"),
            action=_("Propose"),
            crumbs=crumbs(request, loan),
            lead=_(
                "For loan {number} of {name}. Nothing changes before another officer has approved it and it is "
                "carried out."
            ).format(number=loan.number, name=loan.member.name),
            facts=[(label, format_rupiah(getattr(owed, name))) for name, label in named.items()] if owed else (),
            above="loans/restructuring/_limits.html",
            context={"rules": RestructuringRules.objects.current(today()), "times": queries.times_restructured(loan)},
        )

    initial = {
        "rate_bp": queries.loan_rate(loan),
        "instalments": loan.instalments,
        "first_due_on": add_months(today(), 1),
        "principal_grace": 0,
    }
    return form_page(
        request,
        NewTermsForm(request.POST or None, loan=loan, initial=initial),
        services.propose_restructuring,
        loan,
        on=today(),
        by=request.user,
        page=page,
        done=_("The new terms are proposed. Another officer approves them."),
        to=_address,
    )


@require(Permission.LOAN_VIEW)
def restructuring(request, pk):
    """What is proposed or was done: what is carried over, the new schedule, who agreed, who may act."""
    proposal = _proposal(request, pk)
    context = {
        "terms": proposal,
        "loan": proposal.loan,
        "actions": queries.restructuring_actions(proposal, request.user),
        "guarantees": proposal.guarantees.select_related("member").order_by("pk"),
    } | _worked_out(proposal)
    if proposal.raises and "renewed" in context:
        owing = context["renewed"].principal
        context["related"] = queries.related_party(proposal.loan, as_of=today(), owing=owing)
        context["lacks_guarantees"] = _not_backed(proposal)
    return render(request, "loans/restructuring/detail.html", context)


def _not_backed(proposal):
    """The part of the higher amount nobody was asked for or said no to, where the rules of the loan want guarantors."""
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
    return _approve(request, pk, "board")


@require(Permission.LOAN_ENDORSE)
def endorse(request, pk):
    return _approve(request, pk, "supervisors")


def _approve(request, pk, organ):
    proposal = _proposal(request, pk)
    page = FormPage(
        title=_("Approve the new terms"),
        action=_("Agree"),
        crumbs=_crumbs(request, proposal),
        consequences=[
            _("{name} may repay loan {number} on the new terms.").format(
                name=proposal.loan.member.name, number=proposal.loan.number
            ),
            _("Another person carries it out (four eyes)."),
        ],
    )
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.approve_restructuring,
        proposal,
        on=today(),
        by=request.user,
        organ=organ,
        page=page,
        done=lambda proposal: (
            _("The new terms are approved. Another officer carries them out.")
            if proposal.approved_on
            else _("Your approval is recorded. A second officer must approve as well.")
        ),
    )


@require(Permission.LOAN_DISBURSE)
def carry_out(request, pk):
    proposal = _proposal(request, pk)

    def page():
        waived = [_("The penalty that has grown is waived.")] if proposal.waives_penalty else []
        return FormPage(
            title=_("Carry out the new terms"),
            action=_("Carry it out"),
            crumbs=_crumbs(request, proposal),
            amount=proposal.added or None,
            consequences=[
                _("The new schedule is in force from that day; the one before it stays readable."),
                _("Payments before that day can no longer be undone."),
                *waived,
            ],
            above="loans/restructuring/_facts.html",
            context={"terms": proposal, "loan": proposal.loan} | _worked_out(proposal),
        )

    def done(proposal):
        if not proposal.receipt:
            return _("The new schedule is in force. Let the borrower sign the amendment.")
        return with_receipt(_("{amount} paid out.").format(amount=format_rupiah(proposal.paid_out)), proposal.receipt)

    form = CarryOutTermsForm(request.POST or None, has_money=bool(proposal.added))
    service = services.carry_out_restructuring
    return form_page(request, form, service, proposal, by=request.user, page=page, done=done)


@require(Permission.LOAN_RESTRUCTURE)
def drop(request, pk):
    proposal = _proposal(request, pk)
    page = FormPage(
        title=_("Drop the new terms"),
        action=_("Drop"),
        crumbs=_crumbs(request, proposal),
        consequences=[_("The loan stays as it is; other terms can be proposed.")],
    )
    form = ConfirmationForm(request.POST or None)
    done = _("The proposal is dropped; nothing changed.")
    facts = {"on": today(), "by": request.user, "to": reverse("loans:detail", args=[proposal.loan_id])}
    return form_page(request, form, services.drop_restructuring, proposal, page=page, done=done, **facts)


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


def _address(proposal):
    return reverse("loans:restructuring", args=[proposal.pk])


def _crumbs(request, proposal):
    return crumbs(request, proposal.loan, (_("New terms"), _address(proposal)))
