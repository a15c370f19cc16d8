"""Resolutions of the board between meetings, in the browser."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.dates import today
from core.forms import ConfirmationForm
from core.http import page_of, require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance.forms.resolution import ResolutionAnswerForm, ResolutionForm
from governance.models import DecisionKind, Resolution
from governance.queries import resolution as queries
from governance.services import resolution as services


@require(Permission.RESOLUTION_LIST)
def resolutions(request):
    rows = Resolution.objects.select_related("proposed_by", "decision").order_by("-proposed_on", "-pk")
    return render(request, "governance/resolution/resolutions.html", {"page": page_of(request, rows)})


@require(Permission.RESOLUTION_LIST)
def resolution(request, pk):
    """What is asked, who has answered, and the form for one's own answer."""
    found = get_object_or_404(Resolution.objects.select_related("proposed_by", "decision"), pk=pk)
    may_answer = request.user.can(Permission.RESOLUTION_ANSWER) and queries.may_answer(found, request.user)
    if request.method == "POST" and not may_answer:
        raise Http404
    answers = {answer.by_id: answer for answer in found.answers.select_related("by")}
    context = {
        "resolution": found,
        "answers": [(officer, answers.get(officer.pk)) for officer in queries.entitled(found)]
        if not found.outcome
        else [(answer.by, answer) for answer in answers.values()],
        "events": audit.trail(found, reader=request.user),
    }
    if not may_answer:
        return render(request, "governance/resolution/resolution.html", context)
    return form_page(
        request,
        ResolutionAnswerForm(request.POST or None),
        services.answer_resolution,
        found,
        on=today(),
        by=request.user,
        done=_("Your answer is recorded."),
        to=reverse("governance:resolution", args=[found.pk]),
        page=FormPage(
            title=found.title,
            lead=_("Proposed by {name}. When everybody has answered, it is decided.").format(
                name=found.proposed_by.name
            ),
            action=_("Send the answer"),
            above="governance/resolution/_resolution.html",
            context=context,
            crumbs=_crumbs(),
        ),
    )


@require(Permission.RESOLUTION_ANSWER)
def propose_resolution(request):
    kind = request.GET.get("kind", DecisionKind.OTHER)
    if kind not in DecisionKind.values:
        raise Http404
    return form_page(
        request,
        ResolutionForm(request.POST or None, kind=kind, on=today(), initial={"about": request.GET.get("about")}),
        services.propose_resolution,
        on=today(),
        by=request.user,
        done=_("The board is asked. It is decided when everybody has answered."),
        to=lambda made: reverse("governance:resolution", args=[made.pk]),
        page=FormPage(
            title=_("Ask the board between meetings"),
            lead=_("For what cannot wait and what the statutes leave to the board. Every board member answers."),
            action=_("Ask every board member"),
            above="governance/_decision_kinds.html",
            context={"kinds": DecisionKind, "kind": kind},
            crumbs=_crumbs(),
        ),
    )


@require(Permission.RESOLUTION_ANSWER)
def withdraw_resolution(request, pk):
    found = get_object_or_404(Resolution, pk=pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_resolution,
        found,
        on=today(),
        by=request.user,
        done=_("It is withdrawn."),
        page=FormPage(
            title=_("Withdraw: {title}").format(title=found.title),
            action=_("Take back"),
            danger=True,
            crumbs=_crumbs((found.title, "governance:resolution", found.pk)),
        ),
    )


def _crumbs(*more):
    return crumbs((_("Decisions of the board"), "governance:resolutions"), *more)
