"""Decisions and offices in the browser."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import Form
from core.http import page_of, require, show, submit
from core.permissions import Permission
from governance import queries, services
from governance.forms import DecisionFilter, DecisionForm, ElectionForm, EndTermForm
from governance.models import Decision, Office

# -- decisions -------------------------------------------------------------------------------------------------------


@require(Permission.DECISION_LIST)
def decisions(request):
    rows = Decision.objects.order_by("-decided_on", "-pk")
    found = DecisionFilter(request.GET, queryset=rows)
    return render(request, "governance/decisions.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.DECISION_LIST)
def decision(request, pk):
    found = get_object_or_404(Decision.objects.select_related("recorded_by", "paper"), pk=pk)
    context = {
        "decision": found,
        "versions": queries.set_by(found, as_of=today()),
        "offices": found.offices.select_related("member").order_by("role"),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "governance/decision.html", context)


@require(Permission.DECISION_LIST)
def decision_paper(request, pk):
    """The signed paper: what was decided is everybody's to read."""
    found = get_object_or_404(Decision.objects.select_related("paper"), pk=pk, paper__isnull=False)
    return show(found.paper)


@require(Permission.DECISION_RECORD)
def record_decision(request):
    form = DecisionForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (made := submit(form, services.record_decision, by=request.user, **form.facts)):
        messages.success(request, _("Decision {number} is recorded.").format(number=made.number))
        return redirect("governance:decision", made.pk)
    return render(request, "governance/record_decision.html", {"form": form})


# -- offices ---------------------------------------------------------------------------------------------------------


@require(Permission.OFFICE_LIST)
def offices(request):
    return render(request, "governance/offices.html", {"offices": queries.offices(as_of=today(), reader=request.user)})


@require(Permission.OFFICE_ELECT)
def elect(request):
    form = ElectionForm(request.POST or None, as_of=today())
    if form.is_valid():
        facts = form.facts
        office = submit(form, services.elect, facts.pop("member"), by=request.user, **facts)
        if office:
            messages.success(request, _("{office} is recorded.").format(office=office))
            return redirect("governance:offices")
    return render(request, "governance/elect.html", {"form": form})


@require(Permission.OFFICE_CONFIRM)
def confirm_election(request, pk):
    office = get_object_or_404(Office.objects.select_related("member__user", "recorded_by", "decided_in"), pk=pk)
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.confirm_election, office, on=today(), by=request.user):
        messages.success(request, _("The election of {office} is confirmed.").format(office=office))
        return redirect("governance:offices")
    context = {"form": form, "office": office, "begins": office.started_on > today()}
    return render(request, "governance/confirm_election.html", context)


@require(Permission.OFFICE_END)
def end_term(request, pk):
    office = get_object_or_404(Office.objects.select_related("member"), pk=pk)
    form = EndTermForm(request.POST or None, initial={"on": today()})
    if form.is_valid() and submit(form, services.end_term, office, by=request.user, as_of=today(), **form.facts):
        messages.success(request, _("The term of {office} is ended.").format(office=office))
        return redirect("governance:offices")
    return render(request, "governance/end_term.html", {"form": form, "office": office})
