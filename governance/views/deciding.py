"""Decisions, offices and rules in the browser."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import page_of, require, show, submit
from core.permissions import Permission
from governance import queries, services
from governance.forms import DecisionFilter, DecisionForm, ElectionForm, EndTermForm, RulesForm
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
        "events": audit.trail(found),
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
    return render(request, "governance/offices.html", {"offices": queries.offices(as_of=today())})


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


@require(Permission.OFFICE_END)
def end_term(request, pk):
    office = get_object_or_404(Office.objects.select_related("member"), pk=pk)
    form = EndTermForm(request.POST or None, initial={"on": today()})
    if form.is_valid() and submit(form, services.end_term, office, by=request.user, **form.facts):
        messages.success(request, _("The term of {office} is ended.").format(office=office))
        return redirect("governance:offices")
    return render(request, "governance/end_term.html", {"form": form, "office": office})


# -- rules -----------------------------------------------------------------------------------------------------------


@require(Permission.RULES_VIEW)
def rules(request):
    return render(request, "governance/rules.html", {"overview": queries.overview(as_of=today())})


@require(Permission.RULES_VIEW)
def rules_history(request, kind):
    model = _kind_or_404(kind)
    context = {"key": kind, "name": model._meta.verbose_name, "found": queries.rules(model, as_of=today())}
    return render(request, "governance/rules_history.html", context)


@require(Permission.RULES_SET)
def put_in_force(request, kind):
    """The new values beside those in force first; carried out when that comparison is confirmed."""
    model = _kind_or_404(kind)
    current = model.objects.filter(in_force_from__lte=today()).order_by("-in_force_from").first()
    names = [*model.scope(), *(column.name for column in queries.term_fields(model))]
    initial = {name: getattr(current, name) for name in names} if current else {}
    form = RulesForm(request.POST or None, kind=model, initial=initial)
    comparison = None
    if form.is_valid():
        if form.cleaned_data["confirmed"]:
            version = submit(form, services.put_in_force, model, on=today(), by=request.user, **form.facts)
            if version:
                messages.success(request, _("{rules} is put in force.").format(rules=version))
                return redirect("governance:rules-history", kind)
        elif "back" not in request.POST:
            comparison = _comparison(model, form.facts)
    context = {"key": kind, "name": model._meta.verbose_name, "form": form, "comparison": comparison}
    return render(request, "governance/put_in_force.html", context)


def _comparison(model, facts):
    """The proposed version's terms beside the version it would follow."""
    proposed = model(**facts)
    of = {name: facts[name] for name in model.scope()}
    earlier = model.objects.filter(in_force_from__lte=proposed.in_force_from, **of).order_by("-in_force_from").first()
    return queries.terms(proposed, earlier)


def _kind_or_404(key):
    kind = queries.kind_named(key)
    if kind is None:
        raise Http404
    return kind
