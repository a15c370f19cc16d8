"""Loans that are out of the books: proposing it, carrying it out, what comes back, and the end of the claim."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm, ReversalForm
from core.http import export, page_of, require
from core.money import format_rupiah
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from core.workbook import Column, Sheet
from ledger import chart
from ledger import queries as books
from ledger.models import Unit
from loans import queries, services
from loans.forms.common import CarryOutForm
from loans.forms.write_off import RecoveryForm, WriteOffForm
from loans.models import Loan, Recovery, WriteOff
from loans.views.common import crumbs, found
from loans.views.repayment import received


@require(Permission.LOAN_LIST)
def write_offs(request):
    """Every loan out of the books with what came back and what is still claimed, the largest claim first."""
    rows = queries.written_off(as_of=today()).select_related("member", "rules__product")
    context = {
        "page": page_of(request, rows.order_by("-left", "number")),
        "sums": queries.write_off_sums(rows),
        "waiting": WriteOff.objects.filter(done_on=None, dropped_on=None).select_related("loan__member", "proposed_by"),
    }
    return render(request, "loans/write_off/list.html", context)


@require(Permission.LOAN_LIST)
def write_offs_export(request):
    rows = queries.written_off(as_of=today()).select_related("member").order_by("-left", "number")
    columns = [
        Column(_("Loan")),
        Column(_("Member")),
        Column(_("Written off on"), "date"),
        Column(_("Claim"), "rupiah"),
        Column(_("Recovered"), "rupiah"),
        Column(_("Waived"), "rupiah"),
        Column(_("Still claimed"), "rupiah"),
        Column(_("Last payment"), "date"),
    ]
    found_rows = [
        (
            row.number,
            row.member.name,
            row.written_off_on,
            row.claimed,
            row.recovered,
            row.given_up,
            row.left,
            row.last_on,
        )
        for row in rows
    ]
    return export(_("written-off loans"), Sheet(_("Written-off loans"), columns, found_rows), on=today())


@require(Permission.LOAN_WRITE_OFF)
def propose(request, pk):
    """Propose to write a running loan off, or to end the claim on one that is written off."""
    loan = found(request, pk)
    kind = WriteOff.Kind.CLAIM if loan.written_off_on else WriteOff.Kind.BOOKS
    form = WriteOffForm(request.POST or None, loan=loan, kind=kind)

    def page():
        if kind == WriteOff.Kind.CLAIM:
            title, amount = _("Propose to end the claim"), queries.claim(loan).left
            lead = _(
                "{amount} is still claimed from {name}. The members can waive it; another officer carries their "
                "decision out."
            )
        else:
            title, amount = _("Propose to write it off"), _position(loan).principal
            lead = _("{amount} of principal leaves the books; {name} still owes it. Another officer carries it out.")
        no_decision = request.user.can(Permission.DECISION_RECORD) and not form.fields["decision"].queryset.exists()
        return FormPage(
            title=title,
            action=_("Propose"),
            crumbs=crumbs(request, loan),
            lead=lead.format(amount=format_rupiah(amount), name=loan.member.name),
            above="loans/write_off/_no_decision.html" if no_decision else "",
        )

    done = _("The proposal is recorded. Another officer carries it out.")
    facts = {"kind": kind, "on": today(), "by": request.user}
    return form_page(request, form, services.propose_write_off, loan, page=page, done=done, **facts)


@require(Permission.LOAN_WRITE_OFF)
def carry_out(request, pk):
    proposal = _proposal(request, pk)
    loan, ends_claim = proposal.loan, proposal.kind == WriteOff.Kind.CLAIM
    drop = (_("Drop the proposal"), reverse("loans:drop-write-off", args=[pk]))

    def page():
        title = _("End the claim on loan {number}") if ends_claim else _("Write loan {number} off")
        is_own = proposal.proposed_by_id == request.user.pk
        own = Unavailable(_("You proposed this, so another officer must carry it out (four eyes)."), drop)
        return FormPage(
            title=title.format(number=loan.number),
            action=_("End the claim") if ends_claim else _("Write it off"),
            crumbs=crumbs(request, loan),
            lead=_("Proposed by {name} on {day}, decided in {decision}: {reason}").format(
                name=proposal.proposed_by.name,
                day=date_format(proposal.proposed_on, "j F Y"),
                decision=proposal.decision,
                reason=proposal.reason,
            ),
            consequences=_end_of_claim(loan) if ends_claim else _end_of_asset(loan),
            unavailable=own if is_own else None,
            instead=drop,
            danger=True,
        )

    return form_page(
        request,
        CarryOutForm(request.POST or None),
        services.forgive if ends_claim else services.write_off,
        proposal,
        by=request.user,
        page=page,
        done=_("The claim is ended.") if ends_claim else _("The loan is out of the books. The claim continues."),
        to=reverse("loans:detail", args=[loan.pk]),
    )


def _end_of_claim(loan):
    return [
        _("{amount} is no longer claimed from {name}.").format(
            amount=format_rupiah(queries.claim(loan).left), name=loan.member.name
        ),
        _("Nothing is posted: the loan left the books when it was written off."),
        _("It cannot be undone."),
    ]


def _end_of_asset(loan):
    owed = _position(loan)
    stands = books.account_balance(Unit.USP, chart.LOAN_LOSS_ALLOWANCE, as_of=today())
    used = max(0, min(stands, owed.principal))
    return [
        _("{amount} of principal leaves the loans to members.").format(amount=format_rupiah(owed.principal)),
        _("{allowance} of it comes from the allowance, {expense} is an expense of this month.").format(
            allowance=format_rupiah(used), expense=format_rupiah(owed.principal - used)
        ),
        _("{name} still owes the debt with the interest that is due and the penalty; what comes in is income.").format(
            name=loan.member.name
        ),
        _("The loan is never reopened."),
    ]


@require(Permission.LOAN_WRITE_OFF)
def drop(request, pk):
    proposal = _proposal(request, pk)
    lead = _(
        "The proposal of {name} to write off loan {number} is dropped. The loan stays as it is; another proposal "
        "can be made."
    )
    page = FormPage(
        title=_("Drop the proposal"),
        action=_("Drop the proposal"),
        crumbs=crumbs(request, proposal.loan),
        consequences=[lead.format(name=proposal.proposed_by.name, number=proposal.loan.number)],
    )
    form = ConfirmationForm(request.POST or None)
    done = _("The proposal is dropped; nothing changed.")
    facts = {"on": today(), "by": request.user}
    return form_page(request, form, services.drop_write_off, proposal, page=page, done=done, **facts)


@require(Permission.LOAN_REPAY)
def recover(request, pk):
    loan = found(request, pk)

    def page():
        left = [(_("Still claimed"), format_rupiah(queries.claim(loan).left))] if loan.written_off_on else ()
        return FormPage(
            title=_("Receive a payment"),
            action=_("Receive the payment"),
            crumbs=crumbs(request, loan),
            lead=_(
                "From {name} for loan {number}, which is written off: it is income, and the claim is smaller by it."
            ).format(name=loan.member.name, number=loan.number),
            facts=left,
        )

    form = RecoveryForm(request.POST or None)
    return form_page(request, form, services.recover, loan, by=request.user, page=page, done=received)


@require(Permission.LOAN_REVERSE)
def reverse_recovery(request, pk):
    rows = Recovery.objects.visible_to(request.user).filter(receipt__isnull=False)
    rows = rows.select_related("loan__member", "receipt")
    recovery = get_object_or_404(rows, pk=pk)
    page = FormPage(
        title=_("Reverse a payment"),
        action=_("Reverse the payment"),
        crumbs=crumbs(request, recovery.loan),
        amount=recovery.amount,
        consequences=[
            _("Received from {name} on {day}, receipt {number}.").format(
                name=recovery.loan.member.name,
                day=date_format(recovery.received_on, "j F Y"),
                number=recovery.receipt.number,
            ),
            _("The claim is back as if it had not come; both entries stay in the journal."),
        ],
        danger=True,
    )
    form = ReversalForm(request.POST or None)
    done = _("The payment is reversed. Both entries stay in the journal.")
    return form_page(request, form, services.reverse_recovery, recovery, by=request.user, page=page, done=done)


def _proposal(request, pk):
    rows = WriteOff.objects.filter(loan__in=Loan.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("loan__member", "loan__rules", "decision", "proposed_by"), pk=pk)


def _position(loan):
    return queries.position(loan, as_of=today())
