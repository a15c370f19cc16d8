"""Telling all members: announcements of the board, and what came into force."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.notices import tell_all
from governance.errors import GovernanceRefused
from governance.models import Announcement
from members.models import Member


def tell_members(text: str, *, url: str, on: datetime.date) -> None:
    """Put a message into the inbox of everybody who is a member on the day and has a login."""
    members = Member.objects.entered(as_of=on).filter(user__is_active=True).select_related("user")
    tell_all((member.user, text, url) for member in members.order_by("pk"))


@transaction.atomic
def announce(*, title: str, text: str, on: datetime.date, by: User) -> Announcement:
    announcement = Announcement.objects.create(title=title.strip(), text=text.strip(), on=on, by=by)
    audit.record("announcement.made", announcement, by=by)
    page = reverse("governance:announcement", args=[announcement.pk])
    tell_members(_("The board announces: {title}").format(title=announcement.title), url=page, on=on)
    return announcement


@transaction.atomic
def mark_sent(announcement: Announcement, *, on: datetime.date, by: User) -> Announcement:
    """Say that the text went to the WhatsApp group."""
    announcement = Announcement.objects.select_for_update(no_key=True).get(pk=announcement.pk)
    if announcement.sent_on:
        raise GovernanceRefused(_("It is marked as sent already."))
    announcement.sent_on, announcement.sent_by = on, by
    announcement.save(update_fields=["sent_on", "sent_by"])
    audit.record("announcement.sent", announcement, by=by, on=on)
    return announcement
