"""The rules of the house: read by all, proposed, compared and put in force by the chair."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.http import require, submit
from core.permissions import Permission
from governance import effects, proposals, queries, services
from governance.forms.rules import ProposalForm, PutInForceForm, RejectionForm, WithdrawalForm, initial_of
from governance.models import RulesProposal


@require(Permission.RULES_VIEW)
def rules(request):
    return render(request, "governance/rules.html", {"overview": queries.overview(as_of=today())})


@require(Permission.RULES_VIEW)
def history(request, kind):
    model = _kind_or_404(kind)
    context = {
        "key": kind,
        "name": model._meta.verbose_name,
        "found": queries.rules(model, as_of=today()),
        "proposals": RulesProposal.objects.filter(kind=kind).select_related("proposed_by").order_by("-pk"),
    }
    return render(request, "governance/rules_history.html", context)


@require(Permission.RULES_SET)
def propose(request, kind):
    """The values in force, or those of another proposal, to be changed into what is proposed."""
    model = _kind_or_404(kind)
    start = _starting_point(request, model)
    parts = proposals.parts_of(start) if start else {}
    initial = initial_of(start, parts) if start else {}
    initial |= {name: request.GET[name] for name in model.scope() if name in request.GET}
    counts = {name: len(rows) for name, rows in parts.items()}
    form = ProposalForm(request.POST or None, kind=model, parts=counts, initial=initial)
    if form.is_valid() and (made := submit(form, services.propose, model, on=today(), by=request.user, **form.facts)):
        messages.success(request, _("The proposal is kept. Nothing changes until it is put in force."))
        return redirect("governance:proposal", made.pk)
    return render(request, "governance/propose.html", {"key": kind, "name": model._meta.verbose_name, "form": form})


@require(Permission.RULES_VIEW)
def proposal(request, pk):
    found = get_object_or_404(RulesProposal.objects.select_related("proposed_by"), pk=pk)
    return render(
        request, "governance/proposal.html", _shown(found) | {"events": audit.trail(found, reader=request.user)}
    )


@require(Permission.RULES_SET)
def put_in_force(request, pk):
    """The comparison once more, the decision and the day, one button."""
    found = get_object_or_404(RulesProposal, pk=pk)
    form = PutInForceForm(request.POST or None, initial={"in_force_from": today()})
    if form.is_valid() and (
        version := submit(form, services.put_proposal_in_force, found, on=today(), by=request.user, **form.facts)
    ):
        messages.success(request, _("{rules} is put in force.").format(rules=version))
        return redirect("governance:rules-history", found.kind)
    return render(request, "governance/put_in_force.html", _shown(found) | {"form": form})


@require(Permission.RULES_SET)
def reject(request, pk):
    """Not agreed to: put aside with the reason that everybody reads."""
    found = get_object_or_404(RulesProposal, pk=pk)
    form = RejectionForm(request.POST or None)
    if form.is_valid() and submit(form, services.reject_proposal, found, on=today(), by=request.user, **form.facts):
        messages.success(request, _("The proposal is put aside. It stays readable, with the reason."))
        return redirect("governance:proposal", found.pk)
    return render(request, "governance/reject_proposal.html", _shown(found) | {"form": form})


@require(Permission.RULES_SET)
def withdraw(request, pk):
    found = get_object_or_404(RulesProposal, pk=pk)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid() and submit(form, services.withdraw_proposal, found, on=today(), by=request.user):
        messages.success(request, _("The proposal is taken back. It stays readable."))
        return redirect("governance:proposal", found.pk)
    return render(request, "governance/withdraw_proposal.html", _shown(found) | {"form": form})


def _shown(found):
    """A proposal beside the version in force, and what it would change."""
    kind, values = proposals.values_of(found)
    proposed = proposals.drafted(kind, values)
    current = queries.in_force_beside(proposed, as_of=today())
    return {
        "proposal": found,
        "key": found.kind,
        "name": queries.name_of(proposed),
        "comparison": queries.terms(proposed, current),
        "current": current,
        "effects": effects.of(proposed, current, as_of=today()) if found.is_open else [],
    }


def _starting_point(request, model):
    """What the form begins with: another proposal, a version that is named, or the latest in force."""
    if request.GET.get("proposal", "").isdigit():
        found = get_object_or_404(RulesProposal, kind=model._meta.label_lower, pk=request.GET["proposal"])
        return proposals.drafted(*proposals.values_of(found))
    versions = model.objects.order_by("-in_force_from")
    if request.GET.get("version", "").isdigit():
        return get_object_or_404(versions, pk=request.GET["version"])
    return versions.filter(in_force_from__lte=today()).first() or model.built_in()


def _kind_or_404(key):
    kind = queries.kind_named(key)
    if kind is None:
        raise Http404
    return kind
