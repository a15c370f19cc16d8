"""What eligibility asks of the rooms above: what work is ahead.

Imports only go down, so the room that knows answers through `core.hooks`, and the loans ask here.
"""

from typing import TYPE_CHECKING

from core import hooks

if TYPE_CHECKING:
    from members.models import Member


def ask(name: str, member: "Member", **facts):
    """What is known of one member; None where no room knows."""
    answer = hooks.answer("member_facts", name)
    return answer(member, **facts) if answer else None
