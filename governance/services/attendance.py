"""Saying who came to a meeting."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from governance.errors import GovernanceRefused
from governance.models import Attendance, Meeting
from governance.services.meeting import locked, next_version
from members.models import Member


@transaction.atomic
def record_attendance(meeting: Meeting, *, members: Iterable[Member], by: User, version: int | None = None) -> Meeting:
    """Say who came: exactly `members`, whoever was recorded before. `version` is that of the page.

    Raises GovernanceRefused for a stale page and for somebody who was no member that day.
    """
    meeting = locked(meeting, version)
    present = {member.pk for member in members}
    strangers = Member.objects.filter(pk__in=present).exclude(
        pk__in=Member.objects.entered(as_of=meeting.on).values("pk")
    )
    if stranger := strangers.first():
        raise GovernanceRefused(
            _("{name} was not a member on {day}.").format(name=stranger.name, day=date_format(meeting.on, "j F Y"))
        )
    before = set(meeting.attendances.values_list("member_id", flat=True))
    meeting.attendances.filter(member__in=before - present).delete()
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member_id=pk) for pk in sorted(present - before))
    if present != before:
        next_version(meeting)
        audit.record("meeting.attended", meeting, by=by, count=len(present), before=len(before))
    return meeting
