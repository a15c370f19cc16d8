"""Telling all members: announcements of the board, and what came into force."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.models import Topic, User
from core.notices import tell_all
from governance.errors import GovernanceRefused
from governance.models import Announcement
from members.models import Member


def tell_members(
    topic: Topic,
    text: str,
    *,
    title: str,
    url: str,
    on: datetime.date,
    by: User,
    members: Iterable[Member] | None = None,
) -> Announcement:
    """Put a message into the inbox of every member with a login, and on the list of what goes to the WhatsApp group.

    `members`, with their logins, where it is not everybody who is a member on the day.
    """
    announcement = Announcement.objects.create(topic=topic, title=title[:120], text=text, url=url, on=on, by=by)
    _tell(announcement, text, url=url, members=members)
    return announcement


def _tell(announcement: Announcement, text: str, *, url: str, members: Iterable[Member] | None = None) -> None:
    if members is None:
        members = Member.objects.entered(as_of=announcement.on).select_related("user").order_by("pk")
    reached = (member.user for member in members if member.user and member.user.is_active)
    tell_all(((user, text, url) for user in reached), topic=announcement.topic)


@transaction.atomic
def announce(*, title: str, text: str, on: datetime.date, by: User) -> Announcement:
    announcement = Announcement.objects.create(title=title.strip(), text=text.strip(), on=on, by=by)
    audit.record("announcement.made", announcement, by=by)
    page = reverse("governance:announcement", args=[announcement.pk])
    _tell(announcement, _("The board announces: {title}").format(title=announcement.title), url=page)
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
