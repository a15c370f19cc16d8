"""What a workshop can carry: capacity by days, work by the day it is due. No database, no clock, no Django.

A workshop has limits: so many pieces a week, and, where it is written down who does what, so many minutes a week at
each step. Every piece takes one of the pieces and its minutes of every step. All limits hold at once, so the narrowest
one decides; a step nobody wrote down does not limit, and an item nobody measured counts as a piece only.

Work due earlier is made first. Room until a day is therefore what is left not only on that day but on every later
day that has work promised: new work due on Friday must not push Monday's promise over its day.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pricing.steps import STEPS

DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(days=7)
HORIZON = 520 * WEEK
NONE = Decimal(0)
ENDLESS = Decimal("Infinity")
PIECES = "pieces"
LIMITS = (PIECES, *STEPS)


@dataclass(frozen=True)
class Span:
    """So many pieces a week from a day on, until the next span, and minutes a week at the steps that are known."""

    from_on: datetime.date
    per_week: int
    minutes: Mapping[str, Decimal] = field(default_factory=dict)

    def weekly(self, limit: str) -> Decimal:
        return Decimal(self.per_week) if limit == PIECES else self.minutes.get(limit, ENDLESS)


@dataclass(frozen=True)
class Closed:
    """Days on which nothing is made, the first and the last included."""

    from_on: datetime.date
    until_on: datetime.date


@dataclass(frozen=True)
class Workshop:
    """How much is made when; closed days may overlap."""

    spans: Sequence[Span]
    closed: Sequence[Closed] = ()


@dataclass(frozen=True)
class Job:
    """Base units to be finished by a day, and the minutes each takes at every step."""

    due_on: datetime.date
    quantity: Decimal
    minutes: Mapping[str, int] = field(default_factory=dict)

    def each(self, limit: str) -> int:
        return 1 if limit == PIECES else self.minutes.get(limit, 0)


@dataclass(frozen=True)
class Week:
    """One week of the calendar: from `starts_on`, seven days; what there is and what is taken of every limit."""

    starts_on: datetime.date
    capacity: Mapping[str, Decimal]
    taken: Mapping[str, Decimal]
    late: Decimal
    """Of the pieces taken, what should have been ready before this week."""
    closed_days: int = 0

    @property
    def narrowest(self) -> str:
        """The limit that is fullest; pieces where two are."""
        return max(LIMITS, key=self.percent_of)

    @property
    def percent(self) -> int:
        return self.percent_of(self.narrowest)

    def percent_of(self, limit: str) -> int:
        taken, capacity = self.taken[limit], self.capacity[limit]
        return int(taken * 100 / capacity) if capacity else (100 if taken else 0)


def capacity(workshop: Workshop, *, after: datetime.date, until: datetime.date) -> dict[str, Decimal]:
    """What can be made on the days after `after` up to and including `until`, a seventh of the week's rate each day."""
    made = dict.fromkeys(LIMITS, NONE)
    ordered = sorted(workshop.spans, key=lambda span: span.from_on)
    for span, following in zip(ordered, [*ordered, None][1:], strict=True):
        first = max(span.from_on, after + DAY)
        last = min(following.from_on - DAY, until) if following else until
        days = (last - first).days + 1 - closed_days(workshop.closed, first, last)
        if days > 0:
            for limit in LIMITS:
                made[limit] += span.weekly(limit) * days
    return {limit: amount / 7 for limit, amount in made.items()}


def closed_days(closed: Sequence[Closed], first: datetime.date, last: datetime.date) -> int:
    """How many of the days from `first` to `last` are closed; a day in two of them counts once."""
    days, counted_until = 0, first - DAY
    for one in sorted(closed, key=lambda one: one.from_on):
        begin, end = max(one.from_on, counted_until + DAY), min(one.until_on, last)
        if end >= begin:
            days += (end - begin).days + 1
            counted_until = end
    return days


def free_until(workshop: Workshop, jobs: Sequence[Job], *, item: Job, as_of: datetime.date) -> Decimal:
    """Whole pieces like `item` that can be taken on for its day without breaking a promise; never below zero."""
    due_on = max(item.due_on, as_of)
    needed, later = dict.fromkeys(LIMITS, NONE), {due_on: []}
    for job in jobs:
        if job.due_on <= due_on:
            add(needed, job)
        else:
            later.setdefault(job.due_on, []).append(job)
    room = ENDLESS
    for deadline in sorted(later):
        for job in later[deadline]:
            add(needed, job)
        there_is = capacity(workshop, after=as_of, until=deadline)
        room = min(
            room,
            *((there_is[limit] - needed[limit]) / item.each(limit) for limit in LIMITS if item.each(limit)),
        )
    return Decimal(max(int(room // 1), 0))


def fits(workshop: Workshop, jobs: Sequence[Job], wanted: Sequence[Job], *, as_of: datetime.date) -> list[Decimal]:
    """How much of each wanted job fits beside what is promised and beside the wanted ones before it."""
    promised, found = list(jobs), []
    for job in wanted:
        room = free_until(workshop, promised, item=job, as_of=as_of)
        found.append(min(room, job.quantity))
        promised.append(Job(job.due_on, found[-1], job.minutes))
    return found


def add(needed: dict[str, Decimal], job: Job) -> None:
    """Add what the job takes of every limit."""
    for limit in LIMITS:
        if each := job.each(limit):
            needed[limit] += job.quantity * each


def ready_on(workshop: Workshop, jobs: Sequence[Job], *, as_of: datetime.date) -> datetime.date | None:
    """The day all these jobs are finished when work starts tomorrow; None within ten years not at all."""
    needed = dict.fromkeys(LIMITS, NONE)
    for job in jobs:
        add(needed, job)

    def is_ready(day):
        made = capacity(workshop, after=as_of, until=day)
        return all(made[limit] >= needed[limit] for limit in LIMITS if needed[limit])

    if not is_ready(as_of + HORIZON):
        return None
    low, high = 0, HORIZON.days
    while low < high:
        middle = (low + high) // 2
        if is_ready(as_of + middle * DAY):
            high = middle
        else:
            low = middle + 1
    return as_of + low * DAY


def calendar(workshop: Workshop, jobs: Sequence[Job], *, as_of: datetime.date, weeks: int) -> list[Week]:
    """The coming weeks with the work laid into them, earliest promise first; what does not fit moves to the next."""
    queue = [[job, job.quantity] for job in sorted(jobs, key=lambda job: job.due_on)]
    rows = []
    for number in range(weeks):
        starts_on = as_of + DAY + number * WEEK
        ends_on = starts_on + 6 * DAY
        whole = capacity(workshop, after=starts_on - DAY, until=ends_on)
        room, late = dict(whole), NONE
        for entry in queue:
            job, quantity = entry
            done = min([quantity, *(room[limit] / job.each(limit) for limit in LIMITS if job.each(limit))])
            entry[1] -= done
            late += done if job.due_on < starts_on else NONE
            for limit in LIMITS:
                if each := job.each(limit):
                    room[limit] = max(room[limit] - done * each, NONE)
        queue = [entry for entry in queue if entry[1] > 0]
        taken = {limit: NONE if whole[limit] == ENDLESS else whole[limit] - room[limit] for limit in LIMITS}
        rows.append(Week(starts_on, whole, taken, late, closed_days(workshop.closed, starts_on, ends_on)))
    return rows
