"""What has to be ready for an annual meeting, and by when the law and the rules of the meetings want it."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from core import hooks
from governance.models import Meeting, MeetingRules


@dataclass(frozen=True)
class Deadline:
    title: str
    due_on: datetime.date
    is_done: bool
    url: str = ""


def deadlines(meeting: Meeting) -> list[Deadline]:
    """Of the meeting about the year before, by day. Other rooms answer `ready.<name>`: a function of the year that

    gives what must be ready with the annual report, whether it is, and the page where it is done.
    """
    rules, year = MeetingRules.objects.current(meeting.on), meeting.on.year - 1
    latest = datetime.date(year + 1, 6, 30)
    report_by = meeting.on - datetime.timedelta(days=rules.report_days)
    invite_by = meeting.on - datetime.timedelta(days=rules.notice(meeting.kind))
    found = [
        Deadline(title, report_by, done, url)
        for title, done, url in (answer(year) for answer in hooks.answers("ready").values())
    ]
    found += [
        Deadline(
            _("Invitations sent"),
            invite_by,
            meeting.state != Meeting.State.PLANNED,
            reverse("governance:evening", args=[meeting.pk]),
        ),
        Deadline(_("Held within six months of the year (UU 25/1992 art. 26)"), latest, meeting.on <= latest),
    ]
    return sorted(found, key=lambda row: row.due_on)
