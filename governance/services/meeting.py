"""Meetings and their minutes."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from governance.errors import GovernanceRefused
from governance.models import Meeting


@transaction.atomic
def hold_meeting(
    *, on: datetime.date, by: User, kind: str = Meeting.Kind.MONTHLY, place: str = "", minutes: str = ""
) -> Meeting:
    """Write down that the members met. One meeting a day."""
    if Meeting.objects.filter(on=on).exists():
        raise _second_meeting(on)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(on=on, kind=kind, place=place, minutes=minutes)
    except IntegrityError as error:
        raise _second_meeting(on) from error
    audit.record("meeting.held", meeting, by=by, on=on, kind=kind)
    return meeting


@transaction.atomic
def write_minutes(meeting: Meeting, *, minutes: str, place: str, version: int, by: User) -> Meeting:
    """Write or correct the minutes. Raises GovernanceRefused when somebody else wrote since the page was opened."""
    meeting = locked(meeting, version)
    meeting.minutes, meeting.place = minutes, place
    next_version(meeting, "minutes", "place")
    audit.record("meeting.minuted", meeting, by=by)
    return meeting


def locked(meeting: Meeting, version: int | None) -> Meeting:
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if version is not None and version != meeting.version:
        raise GovernanceRefused(
            _("Somebody else has changed this since you opened the page. Reload it and enter your changes again.")
        )
    return meeting


def next_version(meeting: Meeting, *changed: str) -> None:
    meeting.version += 1
    meeting.save(update_fields=["version", *changed])


def _second_meeting(on: datetime.date) -> GovernanceRefused:
    return GovernanceRefused(
        _("A meeting on {day} is recorded already. Open that one.").format(day=date_format(on, "j F Y")), field="on"
    )
