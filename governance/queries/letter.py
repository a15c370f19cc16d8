"""The letters that wait, and what follows one."""

import datetime

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
