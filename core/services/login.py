"""Logins as they happen: kept with their device, told where the device is new, ended by their owner."""

from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, dates
from core.models import Login, User
from core.notices import tell


@transaction.atomic
def log_in(user: User, *, device: str, what: str, session_key: str) -> Login:
    """Keep that `user` has logged in. A device they never used before is told to them, in the inbox and by mail."""
    logins = Login.objects.filter(user=user)
    is_new = logins.exists() and not logins.filter(device=device).exists()
    login = Login.objects.create(user=user, at=dates.now(), device=device, what=what, session_key=session_key)
    if is_new:
        text = _(
            "Your login was used on a device for the first time: {what}, {at}. If it was not you, end that login "
            "on the page of your account and change your password."
        )
        tell(user, text.format(what=what, at=dates.moment(login.at)), url=reverse("account"))
    return login


@transaction.atomic
def end_login(login: Login, *, by: User) -> Login:
    """End a login of one's own, wherever it is open; its device is a stranger again."""
    Session.objects.filter(session_key=login.session_key).delete()
    if login.ended_at is None:
        ended_at = dates.now()
        Login.objects.filter(user=login.user, device=login.device, ended_at=None).update(ended_at=ended_at)
        audit.record("user.session_ended", login.user, by=by, device=login.what)
    return login
