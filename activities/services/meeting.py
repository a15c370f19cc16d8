"""Meetings, who came, and the minutes."""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import Attendance, Meeting
from core import audit
from core.models import User
from members.models import Member


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
def record_attendance(meeting: Meeting, *, members: Iterable[Member], by: User, version: int | None = None) -> Meeting:
    """Say who came: exactly `members`, whoever was recorded before. `version` is that of the page.

    Raises ActivityRefused for a stale page and for somebody who was no member that day.
    """
    meeting = _locked(meeting, version)
    present = {member.pk for member in members}
    strangers = Member.objects.filter(pk__in=present).exclude(
        pk__in=Member.objects.entered(as_of=meeting.on).values("pk")
    )
    if stranger := strangers.first():
        raise ActivityRefused(
            _("{name} was not a member on {day}.").format(name=stranger.name, day=date_format(meeting.on, "j F Y"))
        )
    before = set(meeting.attendances.values_list("member_id", flat=True))
    meeting.attendances.filter(member__in=before - present).delete()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member_id=pk) for pk in sorted(present - before))
    if present != before:
        _next_version(meeting)
        audit.record("meeting.attended", meeting, by=by, count=len(present), before=len(before))
    return meeting


@transaction.atomic
def write_minutes(meeting: Meeting, *, minutes: str, place: str, version: int, by: User) -> Meeting:
    """Write or correct the minutes. Raises ActivityRefused when somebody else wrote since the page was opened."""
    meeting = _locked(meeting, version)
    meeting.minutes, meeting.place = minutes, place
    _next_version(meeting, "minutes", "place")
    audit.record("meeting.minuted", meeting, by=by)
    return meeting


def _locked(meeting: Meeting, version: int | None) -> Meeting:
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if version is not None and version != meeting.version:
        raise ActivityRefused(
            _("Somebody else has changed this since you opened the page. Reload it and enter your changes again.")
        )
    return meeting


def _next_version(meeting: Meeting, *changed: str) -> None:
    meeting.version += 1
    meeting.save(update_fields=["version", *changed])


def _second_meeting(on: datetime.date) -> ActivityRefused:
    return ActivityRefused(
        _("A meeting on {day} is recorded already. Open that one.").format(day=date_format(on, "j F Y")), field="on"
    )
