"""Accounts of the people who log in: made, their password, their e-mail address."""

import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, dates, notices
from core.errors import Refused
from core.models import AuditEvent, Topic, User


@transaction.atomic
def create_user(
    *, username: str, name: str, role: str, password: str, must_change_password: bool = True, by: User | None = None
) -> User:
    """Give a person a login. Without `by` it is the installation itself that does (the first chair, the demo)."""
    user = User(username=username.lower(), name=name, role=role, must_change_password=must_change_password)
    user.set_password(password)
    user.save()
    audit.record("user.created", user, by=by or user, role=role)
    return user


class PasswordRefused(Refused):
    """A password that cannot be set now; the sentence says what to do."""


@transaction.atomic
def change_password(user: User, *, password: str) -> None:
    """Raises PasswordRefused for the password as it is: somebody else may have seen that one."""
    if user.check_password(password):
        raise PasswordRefused(_("This is the password you have already. Choose another one."), field="new_password2")
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.record("user.password_changed", user, by=user)


# -- e-mail ----------------------------------------------------------------------------------------------------------

PROOF = "core.email"
PROOF_HOLDS = datetime.timedelta(days=1)
ASKED_A_DAY = 5
"""More letters a day go to nobody: the house writes to no stranger's address because somebody types it again."""


class EmailRefused(Refused):
    """An address that cannot be asked for or confirmed now; the sentence says what to do."""


@transaction.atomic
def ask_for_email(user: User, *, email: str, site: str) -> AuditEvent:
    """Send the link that proves that `email` is the user's. Nothing is kept before it is opened.

    `site` is where the house answers, such as https://kokkmas.example.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not settings.MAIL_IS_ON:
        raise EmailRefused(_("The cooperative sends no e-mail yet. News appears in your inbox here."))
    if email == user.email:
        raise EmailRefused(_("This is your address already. Nothing needs to be changed."), field="email")
    since = dates.now() - datetime.timedelta(days=1)
    if (
        AuditEvent.objects.filter(subject=audit.key(user), action="user.email_asked", at__gt=since).count()
        >= ASKED_A_DAY
    ):
        raise EmailRefused(_("Enough letters for today. Look into your mail, also under spam, or try again tomorrow."))
    event = audit.record("user.email_asked", user, by=user)
    link = site.rstrip("/") + reverse("email-confirm", args=[_proof(user, email)])
    text = _(
        "Hello {name},\n\nopen this link within a day to let the cooperative write to this address:\n\n{link}\n\n"
        "If you did not ask for it, do nothing: without the link nothing is kept."
    )
    lines = [text.format(name=user.name, link=link)]
    notices.send([notices.letter(email, subject=_("Is this your e-mail address?"), lines=lines)])
    return event


def proved_email(user: User, proof: str) -> str:
    """The address that a link proves for this login.

    Raises EmailRefused for a link of somebody else, too old, or from before the address was last changed.
    """
    try:
        facts = signing.loads(proof, salt=PROOF, max_age=PROOF_HOLDS)
    except signing.BadSignature:
        facts = {}
    if (facts.get("user"), facts.get("instead_of")) != (user.pk, user.email):
        raise EmailRefused(_("This link is too old or not yours. Ask for a new one on the page of your account."))
    return facts["email"]


@transaction.atomic
def confirm_email(user: User, *, proof: str) -> User:
    """Keep the address that the link proves; from now on what is told goes there as well."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return _keep(user, proved_email(user, proof))


@transaction.atomic
def remove_email(user: User) -> User:
    """Write no more e-mail; the inbox stays."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return _keep(user, "") if user.email else user


@transaction.atomic
def choose_topics(user: User, *, topics: list[str]) -> User:
    """Write e-mail about these topics only; all others stay in the inbox."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.topics_not_mailed = [topic for topic in Topic.values if topic not in topics]
    user.save(update_fields=["topics_not_mailed"])
    audit.record("user.topics_chosen", user, by=user, topics=len(topics))
    return user


def _proof(user: User, email: str) -> str:
    return signing.dumps({"user": user.pk, "email": email, "instead_of": user.email}, salt=PROOF, compress=True)


def _keep(user: User, email: str) -> User:
    """Save the address and notify the previous one, so that nobody who gets hold of a login can divert mail unseen."""
    before, user.email = user.email, email
    user.save(update_fields=["email"])
    audit.record("user.email_removed" if not email else "user.email_confirmed", user, by=user)
    if before and settings.MAIL_IS_ON:
        text = _(
            "Hello {name},\n\nthe cooperative writes no more to this address, as was asked on your account page. "
            "If it was not you who asked, tell the secretary at once."
        )
        lines = [text.format(name=user.name)]
        notices.send([notices.letter(before, subject=_("Your e-mail address was changed"), lines=lines)])
    return user
