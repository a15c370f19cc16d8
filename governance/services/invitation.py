"""A member's answer to an invitation."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from governance.errors import GovernanceRefused
from governance.models import Invitation, Meeting
from members.models import Member


@transaction.atomic
def decline(meeting: Meeting, member: Member, *, reason: str, on: datetime.date, by: User) -> Invitation:
    """Say that one cannot come, and why; saying it again replaces the reason."""
    invitation = _locked(meeting, member)
    if not reason.strip():
        raise GovernanceRefused(_("Say why in a few words."), field="reason")
    invitation.declined_on, invitation.reason = max(on, invitation.invited_on), reason.strip()
    invitation.save(update_fields=["declined_on", "reason"])
    audit.record("invitation.declined", meeting, by=by, member=member)
    return invitation


@transaction.atomic
def come_after_all(meeting: Meeting, member: Member, *, by: User) -> Invitation:
    """Take back that one cannot come."""
    invitation = _locked(meeting, member)
    invitation.declined_on, invitation.reason = None, ""
    invitation.save(update_fields=["declined_on", "reason"])
    audit.record("invitation.accepted", meeting, by=by, member=member)
    return invitation


def _locked(meeting: Meeting, member: Member) -> Invitation:
    meeting.refresh_from_db(fields=["state"])
    if not (meeting.state == Meeting.State.INVITED or meeting.is_open):
        raise GovernanceRefused(_("The meeting is over, or nobody has been invited yet."))
    invitation = Invitation.objects.select_for_update(no_key=True).filter(meeting=meeting, member=member).first()
    if invitation is None:
        raise GovernanceRefused(_("You became a member after the invitations were sent. Just come."))
    return invitation
