"""Decisions in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import page_of, require, show
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance import queries, services
from governance.forms.decision import DecisionFilter, DecisionForm
from governance.models import Decision


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
    """The signed paper, which every member may read."""
    found = get_object_or_404(Decision.objects.select_related("paper"), pk=pk, paper__isnull=False)
    return show(found.paper)


@require(Permission.DECISION_RECORD)
def record_decision(request):
    return form_page(
        request,
        DecisionForm(request.POST or None, request.FILES or None),
        services.record_decision,
        by=request.user,
        done=lambda decision: _("Decision {number} is recorded.").format(number=decision.number),
        to=lambda decision: reverse("governance:decision", args=[decision.pk]),
        page=FormPage(
            title=_("Record a decision"),
            lead=_("Read it once more before you save it: a decision is never edited afterwards."),
            action=_("Save the decision"),
            crumbs=crumbs((_("Decisions"), "governance:decisions")),
        ),
    )
