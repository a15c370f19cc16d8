"""Who answers a resolution of the board, and how it stands."""

from core.models import User
from governance.models import Resolution
from governance.models.resolution import BOARD
from members.models import Member


def concerned(resolution: Resolution) -> int | None:
    """The login of the member it is about, directly or as whose loan, case or office it is."""
    thing = resolution.subject
    member = thing if isinstance(thing, Member) else getattr(thing, "member", None)
    return member.user_id if isinstance(member, Member) else None


def entitled(resolution: Resolution) -> list[User]:
    """The board members who answer: all that are in office but the one it concerns."""
    board = User.objects.filter(role__in=BOARD, is_active=True).exclude(pk=concerned(resolution) or 0)
    return list(board.order_by("pk"))


def may_answer(resolution: Resolution, user: User) -> bool:
    answered = resolution.answers.filter(by=user).exists()
    return not resolution.outcome and not answered and user in entitled(resolution)


def waiting_for(user: User):
    """The open resolutions that this board member has not answered."""
    if user.role not in BOARD:
        return Resolution.objects.none()
    return Resolution.objects.open().exclude(answers__by=user).order_by("proposed_on", "pk")
