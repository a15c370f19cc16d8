"""The letters that wait, and what follows one."""

import datetime

from core.models import User
from core.permissions import Permission
from governance.ladder import Step, day_of, following
from governance.models import Letter


def letters_waiting() -> int:
    """How many wait to be signed, or to be handed over."""
    return Letter.objects.to_send().count() + Letter.objects.on_their_way().count()


def coming_after(letter: Letter) -> tuple[Step, datetime.date] | None:
    """What follows this letter, and from which day; None while nobody has it in hand or something followed already."""
    ladder = letter.ladder
    past = ladder.past(ladder.letters.all())
    step = following(past)
    day = step and day_of(step, ladder.rules.intervals, due_on=letter.due_on, past=past)
    return (step, day) if day and not ladder.ended_on else None


def may(letter: Letter, user: User) -> dict[str, bool]:
    """What `user` may do next with the letter: for the buttons of its page. The services ask again."""
    is_mine = letter.member.user_id == user.pk
    officer = user.can(Permission.LETTER_SEND) and not is_mine
    return {
        "sign": officer and not letter.issued_on and not letter.withdrawn_on,
        "send": officer and letter.issued_on is not None,
        "deliver": officer and letter.issued_on is not None and letter.delivered_on is None,
        "answer": is_mine and letter.answered_on is None,
    }
