"""A new password for an officer: asked for by one other officer, confirmed by a second."""

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from core import audit, dates
from core.errors import Refused
from core.models import Renewal, User
from core.notices import tell
from core.permissions import GRANTED, Permission, Role
from core.reversal import given_reason
from core.services.second_factor import LETTERS, remove_second_factor


class RenewalRefused(Refused):
    """A password that is not renewed now; the sentence says who can."""


def temporary_password() -> str:
    return get_random_string(12, LETTERS)


@transaction.atomic
def ask_for_renewal(*, user: User, reason: str, by: User) -> Renewal:
    """Say that an officer cannot log in any more. The other officers are told."""
    if user == by:
        raise RenewalRefused(_("You can log in: change your own password on the page of your account."), field="user")
    if user.role == Role.MEMBER or not user.is_active:
        raise RenewalRefused(_("This is no officer's login. The secretary gives members a new password."), field="user")
    reason = given_reason(reason, RenewalRefused)
    try:
        with transaction.atomic():
            renewal = Renewal.objects.create(user=user, reason=reason, asked_at=dates.now(), asked_by=by)
    except IntegrityError as error:
        raise RenewalRefused(_("A new password for this login waits already."), field="user") from error
    audit.record("user.password_renewal_asked", user, by=by, reason=reason)
    text = _("{by} asks for a new password for {name}: {reason}").format(by=by.name, name=user.name, reason=reason)
    for officer in _others(user, by):
        tell(officer, text, url=reverse("renewals"))
    tell(user, text, url=reverse("account"))
    return renewal


@transaction.atomic
def confirm_renewal(renewal: Renewal, *, by: User) -> str:
    """Set a temporary password and return it, to be handed over in person. Every login of the officer ends.

    Raises RenewalRefused for whoever asked, for the officer, and where it was answered before.
    """
    renewal = _answer(renewal, Renewal.Answer.CONFIRMED, by=by)
    password, user = temporary_password(), User.objects.select_for_update(no_key=True).get(pk=renewal.user_id)
    user.password, user.must_change_password = make_password(password), True
    user.save(update_fields=["password", "must_change_password"])
    remove_second_factor(user, by=by)
    audit.record("user.password_renewed", user, by=by, asked_by=renewal.asked_by)
    text = _("{by} confirmed a new password for {name}.").format(by=by.name, name=user.name)
    for person in {renewal.asked_by, user}:
        tell(person, text, url=reverse("account"))
    return password


@transaction.atomic
def decline_renewal(renewal: Renewal, *, by: User) -> Renewal:
    """Leave the password as it is."""
    renewal = _answer(renewal, Renewal.Answer.DECLINED, by=by)
    audit.record("user.password_renewal_declined", renewal.user, by=by)
    text = _("{by} declined the new password for {name}.").format(by=by.name, name=renewal.user.name)
    tell(renewal.asked_by, text, url=reverse("renewals"))
    return renewal


def _answer(renewal: Renewal, answer: str, *, by: User) -> Renewal:
    renewal = (
        Renewal.objects.select_for_update(no_key=True, of=["self"])
        .select_related("user", "asked_by")
        .get(pk=renewal.pk)
    )
    if renewal.answer:
        raise RenewalRefused(_("This was answered already. Reload the page."))
    if by in (renewal.user, renewal.asked_by):
        raise RenewalRefused(_("Another officer answers: not the one who asked, and not the one it is for."))
    renewal.answer, renewal.answered_at, renewal.answered_by = answer, dates.now(), by
    renewal.save(update_fields=["answer", "answered_at", "answered_by"])
    return renewal


def _others(*apart: User):
    roles = [role for role, verbs in GRANTED.items() if Permission.LOGIN_RENEW in verbs]
    return User.objects.filter(role__in=roles, is_active=True).exclude(pk__in=[user.pk for user in apart])
