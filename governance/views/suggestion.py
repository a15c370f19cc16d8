"""Suggestions in the browser: a member's own, all of them for the board."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.http import page_of, require
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance.forms.suggestion import SuggestionAnswerForm, SuggestionForm
from governance.models import Suggestion
from governance.services import suggestion as services


@require(Permission.SUGGESTION_MAKE)
def suggestions(request):
    rows = Suggestion.objects.visible_to(request.user).select_related("member").order_by("-on", "-pk")
    return render(request, "governance/suggestion/suggestions.html", {"page": page_of(request, rows)})


@require(Permission.SUGGESTION_MAKE)
def suggestion(request, pk):
    found = _found(request, pk)
    can_answer = found.answered_on is None and found.member.user_id != request.user.pk
    return render(request, "governance/suggestion/suggestion.html", {"suggestion": found, "can_answer": can_answer})


@require(Permission.SUGGESTION_MAKE)
def suggest(request):
    return form_page(
        request,
        SuggestionForm(request.POST or None),
        services.suggest,
        on=today(),
        by=request.user,
        done=_("Thank you. The board reads it and answers."),
        to=lambda made: reverse("governance:suggestion", args=[made.pk]),
        page=FormPage(
            title=_("Write to the board"), action=_("Send to the board"), crumbs=_crumbs(), draft="suggestion"
        ),
    )


@require(Permission.SUGGESTION_ANSWER)
def answer_suggestion(request, pk):
    found = _found(request, pk)
    return form_page(
        request,
        SuggestionAnswerForm(request.POST or None),
        services.answer_suggestion,
        found,
        on=today(),
        by=request.user,
        done=_("The answer is sent."),
        page=FormPage(
            title=_("Answer {name}").format(name=found.member.name),
            lead=found.text,
            action=_("Send the answer"),
            crumbs=_crumbs((str(found), "governance:suggestion", found.pk)),
        ),
    )


def _found(request, pk) -> Suggestion:
    rows = Suggestion.objects.visible_to(request.user).select_related("member__user", "answered_by")
    return get_object_or_404(rows, pk=pk)


def _crumbs(*more):
    return crumbs((_("Suggestions"), "governance:suggestions"), *more)
