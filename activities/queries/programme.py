"""What a member may do about a programme."""

from collections.abc import Collection

from activities.models import Participant, Programme
from members.models import Member


def signing_up(programme: Programme, member: Member | None, participants: Collection[Participant]) -> str:
    """What is open to `member`: "join", "step back" or "full"; nothing once it is held or cancelled."""
    if member is None or not programme.is_open:
        return ""
    if any(participant.member_id == member.pk for participant in participants):
        return "step back"
    return "full" if programme.places is not None and len(participants) >= programme.places else "join"
