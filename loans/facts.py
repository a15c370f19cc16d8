"""What eligibility asks of the rooms above: who comes to the meetings, what work is ahead.

Imports only go down, so the room that knows answers through `core.hooks`, and the loans ask here.
"""

from typing import TYPE_CHECKING, NamedTuple

from core import hooks

if TYPE_CHECKING:
    from members.models import Member


class Attended(NamedTuple):
    """The answer to `attendance`: how many meetings somebody came to, of how many that were held meanwhile."""

    came: int
    held: int

    def reaches(self, percent_bp: int) -> bool:
        """Whether it is at least that part of the meetings; where none was held, nobody can have missed one."""
        return self.came * 10_000 >= self.held * percent_bp


def ask(name: str, member: "Member", **facts):
    """What is known of one member; None where no room knows."""
    answer = hooks.answer("member_facts", name)
    return answer(member, **facts) if answer else None


def ask_everybody(name: str, **facts) -> dict:
    """{member id: answer} in one query, for the rules pages; empty where no room knows."""
    answer = hooks.answer("member_facts_of_everybody", name)
    return answer(**facts) if answer else {}
