"""What the loans ask of the rooms above about a member: what work is ahead.

Imports only go down, so the room that knows answers through `core.hooks`.
"""

from core import hooks
from members.models import Member


def member_fact(name: str, member: Member, **facts):
    """What is known of one member; None where no room knows."""
    answer = hooks.answer("member_facts", name)
    return answer(member, **facts) if answer else None
