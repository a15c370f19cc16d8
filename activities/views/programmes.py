"""Programmes and aid in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from activities import services
from activities.forms import AidForm, CancelForm, ExpenseForm, HoldForm, ProgrammeFilter, ProgrammeForm
from activities.models import Aid, Programme
from core import audit
from core.dates import today
from core.forms import Form
from core.http import export, page_of, require, submit
from core.money import format_rupiah
from core.permissions import Permission
from core.workbook import Column, Sheet
from members.models import Member


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
            Column(_("What came of it"), width=44),
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
    context = {
        "programme": found,
        "participants": participants,
        "own": own,
        "is_in": any(participant.member == own for participant in participants),
        "is_full": found.places is not None and len(participants) >= found.places,
        "expenses": expenses,
        "spent": sum(expense.amount for expense in expenses),
        "form": Form(),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "activities/programme.html", context)


@require(Permission.PROGRAMME_PLAN)
def plan_programme(request):
    form = ProgrammeForm(request.POST or None)
    if form.is_valid() and (made := submit(form, services.plan_programme, on=today(), by=request.user, **form.facts)):
        messages.success(request, _("The programme is planned, and the members are told."))
        return redirect("activities:programme", made.pk)
    return render(request, "activities/plan_programme.html", {"form": form})


@require(Permission.PROGRAMME_JOIN)
def join_programme(request, pk):
    return _sign(request, pk, services.join_programme, _("You are signed up."))


@require(Permission.PROGRAMME_JOIN)
def step_back(request, pk):
    return _sign(request, pk, services.step_back, _("You are off the list."))


def _sign(request, pk, service, done):
    """A member's own yes or no, as one button on the page of the programme."""
    found = _found(request, pk)
    own = get_object_or_404(Member, user=request.user)
    form = Form(request.POST or None)
    if form.is_valid():
        submit(form, service, found, own, on=today(), by=request.user)
        refusal = " ".join(form.non_field_errors())
        if refusal:
            messages.error(request, refusal)
        else:
            messages.success(request, done)
    return redirect("activities:programme", pk)


@require(Permission.PROGRAMME_PLAN)
def hold_programme(request, pk):
    found = _found(request, pk)
    form = HoldForm(request.POST or None, programme=found, as_of=today())
    if form.is_valid() and submit(form, services.hold_programme, found, by=request.user, **form.facts):
        messages.success(request, _("It is written down what came of it."))
        return redirect("activities:programme", pk)
    return render(request, "activities/hold_programme.html", {"programme": found, "form": form})


@require(Permission.PROGRAMME_PLAN)
def cancel_programme(request, pk):
    found = _found(request, pk)
    form = CancelForm(request.POST or None)
    if form.is_valid() and submit(form, services.cancel_programme, found, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The programme is called off. Those who signed up are told."))
        return redirect("activities:programme", pk)
    return render(request, "activities/cancel_programme.html", {"programme": found, "form": form})


@require(Permission.PROGRAMME_PAY)
def pay_expense(request, pk):
    found = _found(request, pk)
    form = ExpenseForm(request.POST or None)
    if form.is_valid() and (paid := submit(form, services.pay_expense, found, by=request.user, **form.facts)):
        messages.success(request, _("{amount} paid.").format(amount=format_rupiah(paid.amount)))
        return redirect("activities:programme", pk)
    return render(request, "activities/pay_expense.html", {"programme": found, "form": form})


# -- aid -------------------------------------------------------------------------------------------------------------


@require(Permission.PROGRAMME_LIST)
def aid(request):
    rows = Aid.objects.visible_to(request.user).select_related("member", "receipt").order_by("-on", "-pk")
    return render(request, "activities/aid.html", {"page": page_of(request, rows), "today": today()})


@require(Permission.AID_GIVE)
def give_aid(request):
    form = AidForm(request.POST or None, as_of=today())
    if form.is_valid():
        facts = form.facts
        if submit(form, services.give_aid, facts.pop("member"), by=request.user, **facts):
            messages.success(request, _("The aid is written down."))
            return redirect("activities:aid")
    return render(request, "activities/give_aid.html", {"form": form})


@require(Permission.AID_GIVE)
def take_back(request, pk):
    found = get_object_or_404(Aid.objects.visible_to(request.user).select_related("member"), pk=pk)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.take_back, found, on=today(), by=request.user):
        messages.success(request, _("It is written down that it came back."))
        return redirect("activities:aid")
    context = {"aid": found, "form": form, "consequences": [_("The tool is with the cooperative again.")]}
    return render(request, "activities/take_back.html", context)


def _found(request, pk) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.user).select_related("skill", "planned_by"), pk=pk)
