"""The clock of the story: while it is told, the audit trail and the inbox carry the day on which things happen."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from core import dates


class Clock:
    """Shows a minute later at every look, so that what happens on one day keeps its order."""

    def __init__(self, day: datetime.date):
        self.set(day)

    def set(self, day: datetime.date) -> None:
        self.time = datetime.datetime.combine(day, datetime.time(8), tzinfo=timezone.get_default_timezone())

    def now(self) -> datetime.datetime:
        self.time += datetime.timedelta(seconds=20)
        return self.time


@contextmanager
def story_clock(day: datetime.date) -> Iterator[Clock]:
    """Put a clock of the story's own in the place of `core.dates.now` until the story is told."""
    real, clock = dates.now, Clock(day)
    dates.now = clock.now
    try:
        yield clock
    finally:
        dates.now = real
