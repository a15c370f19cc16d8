"""The minutes: written while the meeting runs, version by version, and signed when the next meeting approved them."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Role
from governance.errors import GovernanceRefused
from governance.models import Meeting, Minutes
from governance.services.meeting import locked, next_version

WRITABLE = (Meeting.State.OPEN, Meeting.State.CLOSED)


@transaction.atomic
def write_minutes(meeting: Meeting, *, text: str, number: int, on: datetime.date, by: User) -> Minutes:
    """Write the next version of the minutes; `number` is that of the version the page showed, 0 for none.

    Every version stays, with its text in the audit trail. Raises GovernanceRefused when somebody else wrote meanwhile.
    """
    meeting = locked(meeting)
    if meeting.state not in WRITABLE:
        raise GovernanceRefused(
            _("Minutes are written from the opening of the meeting until the next one has approved them.")
        )
    text = text.strip()
    last = meeting.minutes.first()
    if number != (last.number if last else 0):
        raise _stale()
    if last and last.text == text:
        return last
    try:
        with transaction.atomic():
            written = Minutes.objects.create(meeting=meeting, number=number + 1, text=text, on=on, by=by)
    except IntegrityError as error:
        raise _stale() from error
    audit.record("meeting.minuted", meeting, by=by, number=written.number, text=text)
    return written


@transaction.atomic
def sign_minutes(meeting: Meeting, *, on: datetime.date, by: User) -> Meeting:
    """Sign approved minutes: the secretary as such, every other officer for the chair. With both they are locked."""
    meeting = locked(meeting)
    if meeting.state != Meeting.State.APPROVED:
        raise GovernanceRefused(_("Minutes are signed once the next meeting has approved them."))
    office = "secretary" if by.role == Role.SECRETARY else "chair"
    if getattr(meeting, f"{office}_signed_by_id"):
        raise GovernanceRefused(_("This signature is given already. The other one is missing."))
    setattr(meeting, f"{office}_signed_by", by)
    setattr(meeting, f"{office}_signed_on", on)
    next_version(meeting, f"{office}_signed_by", f"{office}_signed_on")
    audit.record("minutes.signed", meeting, by=by, on=on)
    if meeting.chair_signed_by_id and meeting.secretary_signed_by_id:
        meeting.state = Meeting.State.LOCKED
        next_version(meeting, "state")
        audit.record("minutes.locked", meeting, by=by)
    return meeting


def _stale() -> GovernanceRefused:
    return GovernanceRefused(
        _("Somebody else has changed this since you opened the page. Reload it and enter your changes again.")
    )
