"""Which step is due for something that is owed: reminder, overdue notice, letters 1 to 3, case. Dates in, a step out.

    due day ── notice ── letter 1 ── (handed over) ── letter 2 ── (handed over) ── letter 3 ── (handed over) ── case

A step is never skipped, never taken twice, never before its interval; a letter counts from the day the member had it
in hand. Callers only ask about what is still owed.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    REMINDER = "reminder"
    NOTICE = "notice"
    LETTER_1 = "letter_1"
    LETTER_2 = "letter_2"
    LETTER_3 = "letter_3"
    CASE = "case"

    @property
    def letter(self) -> int:
        """1, 2 or 3 for a letter, else 0."""
        return LETTERS.index(self) + 1 if self in LETTERS else 0


LETTERS = (Step.LETTER_1, Step.LETTER_2, Step.LETTER_3)
CHAIN = (Step.NOTICE, *LETTERS, Step.CASE)
"""What follows the due day, in this order. The reminder comes before it, and is left out once the day is over."""


@dataclass(frozen=True)
class Intervals:
    """The days between the steps, as the rules say."""

    reminder: int
    notice: int
    letter_1: int
    between_letters: int
    case: int


Past = Mapping[Step, datetime.date | None]
"""What was done on which day; a letter on the day it was handed over, None while it is on its way."""


def next_step(intervals: Intervals, *, due_on: datetime.date, past: Past, on: datetime.date) -> Step | None:
    """The one step to take on `on` for something due on `due_on` that is still owed, if any."""
    if on <= due_on:
        day = due_on - datetime.timedelta(days=intervals.reminder)
        return Step.REMINDER if not past and on >= day else None
    step = following(past)
    if step is None:
        return None
    day = day_of(step, intervals, due_on=due_on, past=past)
    return step if day is not None and on >= day else None


def following(past: Past) -> Step | None:
    """The first step after the due day that was not taken; None after the case."""
    return next((step for step in CHAIN if step not in past), None)


def day_of(step: Step, intervals: Intervals, *, due_on: datetime.date, past: Past) -> datetime.date | None:
    """The first day on which `step` may be taken; None while the step before it waits or is on its way."""
    days = datetime.timedelta
    if step == Step.REMINDER:
        return due_on - days(days=intervals.reminder)
    if step == Step.NOTICE:
        return due_on + days(days=intervals.notice)
    before = past.get(CHAIN[CHAIN.index(step) - 1])
    if before is None:
        return None
    if step == Step.LETTER_1:  # also when the notice came late, the member has the days between the two
        return max(due_on + days(days=intervals.letter_1), before + days(days=intervals.letter_1 - intervals.notice))
    return before + days(days=intervals.case if step == Step.CASE else intervals.between_letters)
