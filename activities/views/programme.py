"""Programmes in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import queries, services
from activities.forms.programme import ExpenseForm, HoldForm, ProgrammeFilter, ProgrammeForm
from activities.models import Programme, ProgrammeExpense
from activities.views.common import reversing_page
from core import audit
from core.dates import long_date, today
from core.forms import ConfirmationForm, ReasonForm
from core.http import export, page_of, require, submit
from core.money import format_rupiah
from core.pages import FormPage, form_page
from core.permissions import Permission
from core.workbook import Column, Sheet
from members.models import Member
from treasury.views.common import paid_or_waits


def crumbs(programme: Programme | None = None) -> list[tuple[str, str]]:
    found = [(_("Home"), reverse("home")), (_("Programmes"), reverse("activities:programmes"))]
    return [*found, (programme.title, reverse("activities:programme", args=[programme.pk]))] if programme else found


@require(Permission.PROGRAMME_LIST)
def programmes(request):
    rows = Programme.objects.visible_to(request.user).counted()
    found = ProgrammeFilter(request.GET, queryset=rows.order_by("-planned_on", "-pk"))
    context = {
        "filter": found,
        "page": page_of(request, found.qs),
        "coming": Programme.objects.coming(as_of=today()).counted().order_by("planned_on", "pk"),
    }
    return render(request, "activities/programmes.html", context)


@require(Permission.REPORT_VIEW)
def programmes_export(request):
    rows = Programme.objects.counted().select_related("skill").order_by("planned_on", "pk")
    sheet = Sheet(
        _("Programmes"),
        columns=[
            Column(_("Planned for"), "date"),
            Column(_("Held on"), "date"),
            Column(_("Kind")),
            Column(_("Title"), width=36),
            Column(_("Goal"), width=44),
            Column(_("Signed up"), "number"),
            Column(_("Came"), "number"),
            Column(_("Outcome"), width=44),
            Column(_("Budget"), "rupiah"),
            Column(_("Spent"), "rupiah"),
        ],
        rows=[
            (
                row.planned_on,
                row.held_on,
                row.get_kind_display(),
                row.title,
                row.goal,
                row.joined,
                row.came,
                row.result or row.cancel_reason,
                row.budget,
                row.spent,
            )
            for row in rows
        ],
    )
    return export(_("programmes"), sheet, on=today())


@require(Permission.PROGRAMME_LIST)
def programme(request, pk):
    found = _found(request, pk)
    participants = list(found.participants.select_related("member").order_by("member__name"))
    own = Member.objects.entered(as_of=today()).filter(user=request.user).first()
    expenses = list(found.expenses.select_related("receipt").order_by("on", "pk"))
    for expense in expenses:
        expense.is_reversible = expense.may_be_reversed_by(request.user)
    context = {
        "programme": found,
        "participants": participants,
        "signing_up": queries.signing_up(found, own, participants),
        "expenses": expenses,
        "spent": sum(expense.amount for expense in expenses if not expense.is_reversed),
        "form": ConfirmationForm(),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "activities/programme.html", context)


@require(Permission.PROGRAMME_PLAN)
def plan_programme(request):
    page = FormPage(
        title=_("Plan a programme"),
        action=_("Plan and notify the members"),
        lead=_("Every member with a login is notified and can sign up."),
        crumbs=crumbs(),
    )
    return form_page(
        request,
        ProgrammeForm(request.POST or None),
        services.plan_programme,
        on=today(),
        by=request.user,
        page=page,
        done=_("The programme is planned, and the members are notified."),
        to=lambda made: reverse("activities:programme", args=[made.pk]),
    )


@require(Permission.PROGRAMME_JOIN)
def join_programme(request, pk):
    return _sign(request, pk, services.join_programme, _("You are signed up."))


@require(Permission.PROGRAMME_JOIN)
def step_back(request, pk):
    return _sign(request, pk, services.step_back, _("You are no longer signed up."))


def _sign(request, pk, service, done):
    """A member's own yes or no, as one button on the page of the programme."""
    found = _found(request, pk)
    own = get_object_or_404(Member, user=request.user)
    form = ConfirmationForm(request.POST or None)
    if form.is_valid():
        submit(form, service, found, own, on=today(), by=request.user)
        if refusal := " ".join(form.non_field_errors()):
            messages.error(request, refusal)
        else:
            messages.success(request, done)
    return redirect("activities:programme", pk)


@require(Permission.PROGRAMME_PLAN)
def hold_programme(request, pk):
    found = _found(request, pk)
    page = FormPage(title=_("Outcome"), action=_("Record"), lead=f"{found.title}: {found.goal}", crumbs=crumbs(found))
    form = HoldForm(request.POST or None, programme=found, as_of=today())
    done = _("The outcome is recorded.")
    return form_page(request, form, services.hold_programme, found, by=request.user, page=page, done=done)


@require(Permission.PROGRAMME_PLAN)
def cancel_programme(request, pk):
    found = _found(request, pk)
    page = FormPage(
        title=_("Cancel the programme"),
        lead=_("Those who signed up can read the reason."),
        crumbs=crumbs(found),
        danger=True,
    )
    form = ReasonForm(request.POST or None)
    facts = {"on": today(), "by": request.user}
    done = _("The programme is cancelled. Those who signed up are notified.")
    return form_page(request, form, services.cancel_programme, found, page=page, done=done, **facts)


@require(Permission.PROGRAMME_PAY)
def pay_expense(request, pk):
    found = _found(request, pk)
    lead = _(
        "For {title}, against a receipt to be signed. Running expenses are of the general unit; the education fund "
        "comes from the SHU and from dues."
    )
    page = FormPage(
        title=_("Pay an expense"),
        action=_("Pay out"),
        lead=lead.format(title=found.title),
        crumbs=crumbs(found),
    )
    return form_page(
        request,
        ExpenseForm(request.POST or None),
        services.pay_expense,
        found,
        by=request.user,
        page=page,
        **paid_or_waits(
            done=lambda paid: _("{amount} paid.").format(amount=format_rupiah(paid.amount)),
            to=lambda _paid: reverse("activities:programme", args=[pk]),
        ),
    )


@require(Permission.ENTRY_REVERSE)
def reverse_expense(request, pk):
    found = get_object_or_404(ProgrammeExpense.objects.select_related("programme", "receipt"), pk=pk)
    return reversing_page(
        request,
        services.reverse_expense,
        found,
        title=_("Reverse the expense"),
        amount=found.amount,
        facts=[(_("For what"), found.what), (_("Paid to"), found.to), (_("Paid on"), long_date(found.on))],
        crumbs=crumbs(found.programme),
        done=_("The expense is reversed."),
    )


def _found(request, pk) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.user).select_related("skill", "planned_by"), pk=pk)
