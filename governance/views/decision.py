"""Decisions in the browser."""

from django.http import Http404
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
from governance.models import Decision, DecisionKind
from governance.queries.decision import standing


@require(Permission.DECISION_LIST)
def decisions(request):
    rows = Decision.objects.order_by("-decided_on", "-pk")
    found = DecisionFilter(request.GET, queryset=rows)
    return render(request, "governance/decisions.html", {"filter": found, "page": page_of(request, found.qs)})


@require(Permission.DECISION_LIST)
def decision(request, pk):
    rows = Decision.objects.select_related("recorded_by", "paper", "article__statute", "revokes")
    found = get_object_or_404(rows, pk=pk)
    context = {
        "decision": found,
        "versions": queries.set_by(found, as_of=today()),
        "revoked_by": Decision.objects.filter(revokes=found).first(),
        "standing": standing(found, as_of=today()),
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
    """A paper from before the system; `?kind=` says about what, and links lead to the others."""
    kind = request.GET.get("kind", DecisionKind.RULES)
    if kind not in DecisionKind.values:
        raise Http404
    return form_page(
        request,
        DecisionForm(request.POST or None, request.FILES or None, kind=kind, on=today(), initial=_named(request)),
        services.record_decision,
        by=request.user,
        done=lambda decision: _("Decision {number} is recorded.").format(number=decision.number),
        to=lambda decision: reverse("governance:decision", args=[decision.pk]),
        page=FormPage(
            title=_("Record a decision"),
            lead=_(
                "A paper from before the system, or a law. What is decided now comes from the agenda of a meeting or "
                "from the answers of the board. It is never edited afterwards."
            ),
            action=_("Save the decision"),
            crumbs=crumbs((_("Decisions"), "governance:decisions")),
            above="governance/_decision_kinds.html",
            context={"kinds": DecisionKind, "kind": kind},
        ),
    )


def _named(request) -> dict:
    """The thing that the address names, from the page of that thing."""
    return {name: request.GET[name] for name in ("about", "detail") if name in request.GET}
