"""What a workshop can carry: capacity by days, work by the day it is due. No database, no clock, no Django.

Work due earlier is made first. Room until a day is therefore what is left not only on that day but on every later
day that has work promised: new work due on Friday must not push Monday's promise over its day.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)
HORIZON = 520 * WEEK


@dataclass(frozen=True)
class Span:
    """So many a week from a day on, until the next span."""

    from_on: datetime.date
    per_week: int


@dataclass(frozen=True)
class Job:
    """Base units to be finished by a day."""

    due_on: datetime.date
    quantity: Decimal


@dataclass(frozen=True)
class Week:
    """One week of the calendar: from `starts_on`, seven days."""

    starts_on: datetime.date
    capacity: Decimal
    taken: Decimal
    late: Decimal
    """Of `taken`, what should have been ready before this week."""

    @property
    def free(self) -> Decimal:
        return self.capacity - self.taken

    @property
    def percent(self) -> int:
        return int(self.taken * 100 / self.capacity) if self.capacity else (100 if self.taken else 0)


def capacity(spans: Sequence[Span], *, after: datetime.date, until: datetime.date) -> Decimal:
    """Base units made on the days after `after` up to and including `until`, a seventh of the week's rate each day."""
    made = Decimal(0)
    ordered = sorted(spans, key=lambda span: span.from_on)
    for span, following in zip(ordered, [*ordered, None][1:], strict=True):
        first = max(span.from_on, after + DAY)
        last = min(following.from_on - DAY, until) if following else until
        if last >= first:
            made += Decimal(span.per_week) * ((last - first).days + 1)
    return made / 7


def free_until(spans: Sequence[Span], jobs: Sequence[Job], *, due_on: datetime.date, as_of: datetime.date) -> Decimal:
    """Whole base units that can be taken on for `due_on` without breaking a promise; never below zero."""
    promised = [Job(max(job.due_on, as_of), job.quantity) for job in jobs]
    deadlines = {due_on} | {job.due_on for job in promised if job.due_on > due_on}
    room = min(
        capacity(spans, after=as_of, until=deadline) - sum(job.quantity for job in promised if job.due_on <= deadline)
        for deadline in deadlines
    )
    return Decimal(max(int(room // 1), 0))


def ready_on(spans: Sequence[Span], quantity: Decimal, *, as_of: datetime.date) -> datetime.date | None:
    """The day `quantity` more base units are finished when work starts tomorrow; None within ten years not at all."""
    low, high = 0, HORIZON.days
    if capacity(spans, after=as_of, until=as_of + HORIZON) < quantity:
        return None
    while low < high:
        middle = (low + high) // 2
        if capacity(spans, after=as_of, until=as_of + middle * DAY) >= quantity:
            high = middle
        else:
            low = middle + 1
    return as_of + low * DAY


def calendar(spans: Sequence[Span], jobs: Sequence[Job], *, as_of: datetime.date, weeks: int) -> list[Week]:
    """The coming weeks with the work laid into them, earliest promise first; what does not fit moves to the next."""
    queue = [[job.due_on, job.quantity] for job in sorted(jobs, key=lambda job: job.due_on)]
    rows = []
    for number in range(weeks):
        starts_on = as_of + DAY + number * WEEK
        room = whole = capacity(spans, after=starts_on - DAY, until=starts_on + 6 * DAY)
        late = Decimal(0)
        while queue and room > 0:
            due_on, quantity = queue[0]
            done = min(room, quantity)
            room -= done
            late += done if due_on < starts_on else 0
            queue[0][1] -= done
            if not queue[0][1]:
                queue.pop(0)
        rows.append(Week(starts_on, whole, whole - room, late))
    return rows
