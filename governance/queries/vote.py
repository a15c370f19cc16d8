"""What can be voted, and who has."""

from governance.models import AgendaItem, Meeting, Vote
from members.models import Member


def choices(item: AgendaItem) -> list[str]:
    """The answers on the ballot, in their fixed order: the candidates of an election, or in favour; then the others."""
    first = [str(pk) for pk in item.candidates.order_by("pk").values_list("pk", flat=True)]
    return [*(first if item.is_election else [Vote.Choice.FOR]), Vote.Choice.AGAINST, Vote.Choice.ABSTAIN]


def running(meeting: Meeting) -> AgendaItem | None:
    """The item that is being voted on."""
    return meeting.items.filter(state=AgendaItem.State.VOTING).first()


def has_voted(item: AgendaItem, member: Member) -> bool:
    return item.votes.filter(attendance__member=member).exists()
