"""Proposals of rules in the browser: written, compared, put in force, rejected or withdrawn."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import audit
from core.dates import today
from core.forms import ConfirmationForm
from core.http import require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance import effects, queries, services
from governance.forms.proposal import ProposalForm, PutInForceForm, RejectionForm, initial_of
from governance.models import RulesProposal
from governance.queries.proposal import drafted, parts_of, values_of
from governance.views.rules import kind_or_404


@require(Permission.RULES_SET)
def propose(request, kind):
    """The values in force, or those of another proposal, to be changed into what is proposed."""
    model = kind_or_404(kind)
    start = _starting_point(request, model)
    parts = parts_of(start) if start else {}
    initial = initial_of(start, parts) if start else {}
    initial |= {name: request.GET[name] for name in model.scope() if name in request.GET}
    counts = {name: len(rows) for name, rows in parts.items()}
    name = model._meta.verbose_name
    return form_page(
        request,
        ProposalForm(request.POST or None, kind=model, parts=counts, initial=initial),
        services.propose,
        model,
        on=today(),
        by=request.user,
        done=_("The proposal is saved. Nothing changes until it is put in force."),
        to=lambda made: reverse("governance:proposal", args=[made.pk]),
        page=FormPage(
            title=_("New version: {name}").format(name=name),
            lead=_("The values in force are filled in. Change what is proposed; nothing changes until it is decided."),
            action=_("Save the proposal and compare"),
            crumbs=_crumbs(kind, name),
        ),
    )


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
    shown = _shown(found)
    return form_page(
        request,
        PutInForceForm(request.POST or None, proposal=found, on=today(), initial={"in_force_from": today()}),
        services.put_proposal_in_force,
        found,
        on=today(),
        by=request.user,
        done=lambda version: _("{rules} is put in force.").format(rules=version),
        to=reverse("governance:rules-history", args=[found.kind]),
        page=FormPage(
            title=_("Put in force: {name}").format(name=shown["name"]),
            lead=_("This is what will apply from that day. Once put in force it is never edited."),
            action=_("Put in force from that day"),
            crumbs=_crumbs_of(found, shown["name"]),
            below="governance/_proposed.html",
            context=shown,
        ),
    )


@require(Permission.RULES_SET)
def reject(request, pk):
    found = get_object_or_404(RulesProposal, pk=pk)
    return form_page(
        request,
        RejectionForm(request.POST or None),
        services.reject_proposal,
        found,
        on=today(),
        by=request.user,
        done=_("The proposal is rejected. It stays readable, with the reason."),
        page=lambda: FormPage(
            title=_("Reject the proposal"),
            lead=_(
                "It was not agreed to. It can no longer be put in force; everybody can still read it, with your reason."
            ),
            action=pgettext("proposal", "Reject"),
            crumbs=_crumbs_of(found, _name(found)),
            danger=True,
        ),
    )


@require(Permission.RULES_SET)
def withdraw(request, pk):
    found = get_object_or_404(RulesProposal, pk=pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_proposal,
        found,
        on=today(),
        by=request.user,
        done=_("The proposal is withdrawn. It stays readable."),
        page=lambda: FormPage(
            title=_("Withdraw the proposal"),
            lead=_("It can no longer be put in force. Everybody can still read it, and you can propose it again."),
            action=_("Take back"),
            crumbs=_crumbs_of(found, _name(found)),
            danger=True,
        ),
    )


def _crumbs(kind, name, *more):
    return crumbs((_("Rules in force"), "governance:rules"), (capfirst(name), "governance:rules-history", kind), *more)


def _crumbs_of(found, name):
    return _crumbs(found.kind, name, (capfirst(found), "governance:proposal", found.pk))


def _name(found) -> str:
    return queries.name_of(drafted(*values_of(found)))


def _shown(found):
    """A proposal beside the version in force, and what it would change."""
    proposed = drafted(*values_of(found))
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
        return drafted(*values_of(found))
    if request.GET.get("version", "").isdigit():
        return get_object_or_404(model, pk=request.GET["version"])
    return model.objects.current(today())
