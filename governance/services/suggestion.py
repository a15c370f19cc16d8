"""Suggestions and criticism of members, and the answers."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.notices import tell, tell_all
from core.permissions import GRANTED, Permission
from governance.errors import GovernanceRefused
from governance.models import Suggestion
from members.models import Member


@transaction.atomic
def suggest(*, text: str, on: datetime.date, by: User) -> Suggestion:
    """A member writes to the board. Raises GovernanceRefused for a login that belongs to no member."""
    member = Member.objects.filter(user=by).first()
    if member is None:
        raise GovernanceRefused(_("Only members make suggestions. This login belongs to no member."))
    suggestion = Suggestion.objects.create(member=member, text=text.strip(), on=on)
    audit.record("suggestion.made", suggestion, by=by)
    roles = [role for role, verbs in GRANTED.items() if Permission.SUGGESTION_ANSWER in verbs]
    officers = User.objects.filter(role__in=roles, is_active=True).exclude(pk=by.pk).order_by("pk")
    tell_all((officer, _("A member wrote to the board."), _page(suggestion)) for officer in officers)
    return suggestion


@transaction.atomic
def answer_suggestion(suggestion: Suggestion, *, answer: str, on: datetime.date, by: User) -> Suggestion:
    """The answer of an officer, given once and not to oneself."""
    rows = Suggestion.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user")
    suggestion = rows.get(pk=suggestion.pk)
    if suggestion.answered_on:
        raise GovernanceRefused(_("This was answered already."))
    if suggestion.member.user_id == by.pk:
        raise GovernanceRefused(_("You wrote this yourself. Another officer answers."))
    suggestion.answer, suggestion.answered_on, suggestion.answered_by = answer.strip(), on, by
    suggestion.save(update_fields=["answer", "answered_on", "answered_by"])
    audit.record("suggestion.answered", suggestion, by=by)
    tell(suggestion.member.user, _("The board has answered what you wrote."), url=_page(suggestion))
    return suggestion


def _page(suggestion: Suggestion) -> str:
    return reverse("governance:suggestion", args=[suggestion.pk])
