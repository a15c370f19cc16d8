"""What a workshop has promised, and what it can still carry."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import sql
from members.models import Business, Member
from orders.arithmetic import capacity as workload
from orders.arithmetic.capacity import PIECES
from orders.models import Closure, Order, WorkEstimate
from orders.models.quantities import NONE
from pricing.models import Item
from pricing.steps import STEPS

HOURS = {
    "cutting": _("hours of cutting"),
    "sewing": _("hours of sewing"),
    "lasting": _("hours of lasting"),
    "finishing": _("hours of finishing"),
}


def workshop(business: Business | None) -> workload.Workshop:
    """How much a business makes when, for `orders.arithmetic.capacity`. Two queries."""
    if business is None:
        return workload.Workshop([])
    rates = business.capacities.order_by("from_on")
    return workload.Workshop(
        [workload.Span(rate.from_on, rate.per_week, rate.minutes) for rate in rates],
        [workload.Closed(one.from_on, one.until_on) for one in closures(business)],
    )


def closures(business: Business):
    """The closed days of a business, those of everybody included, the latest first."""
    return Closure.objects.filter(Q(business=business) | Q(business=None)).order_by("-from_on", "-pk")


def jobs(member: Member, *, as_of: datetime.date) -> list:
    """What the workshop has promised: order, claim (None for an own order), line, due day, quantity, and minutes."""
    return sql.rows("orders/sql/jobs.sql", member=member.pk, as_of=as_of)


def _job(row) -> workload.Job:
    return workload.Job(row.due_on, row.quantity, {step: getattr(row, step) for step in STEPS})


def free(member: Member, *, item: Item, until: datetime.date, as_of: datetime.date) -> Decimal | None:
    """How many pieces of `item` the member can still take on until a day; None where no capacity is written down."""
    rows = sql.rows("orders/sql/free.sql", members=[member.pk], item=item.pk, until=until, as_of=as_of)
    return rows[0].free if rows else None


def free_of_all(*, item: Item, until: datetime.date, as_of: datetime.date) -> dict[int, Decimal | None]:
    """The same of every workshop, by the member's key. One query (`orders_free` in SQL), however many there are."""
    rows = sql.rows("orders/sql/free.sql", members=None, item=item.pk, until=until, as_of=as_of)
    return {row.member_id: row.free for row in rows}


@dataclass(frozen=True)
class Bar:
    """One week on a page: how full its narrowest limit is, and with `more` laid into it as well."""

    starts_on: datetime.date
    limit: str
    taken: Decimal
    capacity: Decimal
    percent: int
    more: int
    """Of the percent, what the wanted order adds."""
    is_late: bool
    closed_days: int

    @property
    def rest(self) -> int:
        """The percent without what the wanted order adds."""
        return self.percent - self.more

    @property
    def unit(self) -> str:
        """What the figures count: nothing to say for pieces, hours of the narrowest step otherwise."""
        return HOURS.get(self.limit, "")


def calendar(member: Member, *, as_of: datetime.date, weeks: int = 8, wanted: Sequence[workload.Job] = ()) -> list[Bar]:
    """The coming weeks of a workshop, with `wanted` laid in on top. Four queries, however much work there is."""
    has = workshop_of(member)
    promised = [_job(row) for row in jobs(member, as_of=as_of)]
    now = workload.calendar(has, promised, as_of=as_of, weeks=weeks)
    then = workload.calendar(has, [*promised, *wanted], as_of=as_of, weeks=weeks) if wanted else now
    return [_bar(before, after) for before, after in zip(now, then, strict=True)]


def _bar(before: workload.Week, after: workload.Week) -> Bar:
    limit = after.narrowest
    scale = 1 if limit == PIECES else 60  # steps are shown in hours
    return Bar(
        after.starts_on,
        limit,
        after.taken[limit] / scale,
        after.capacity[limit] / scale,
        after.percent,
        max(after.percent - before.percent_of(limit), 0),
        after.late > 0,
        after.closed_days,
    )


@dataclass(frozen=True)
class Answer:
    """What capacity says about an order: how much is still to make here, how much of it fits, when it will be ready.

    `fits_of` says it for each line, in the order of the lines; an order already taken has its lines' keys.
    """

    to_make: Decimal
    fits: Decimal
    ready_on: datetime.date | None
    is_known: bool
    fits_of: dict

    @property
    def too_much(self) -> Decimal:
        return self.to_make - self.fits


def capacity_answer(order: Order, *, as_of: datetime.date) -> Answer:
    """Whether the workshop can make its own part of the order in time, beside all it has promised already."""
    rows = jobs(order.member, as_of=as_of)
    own = {row.line_id: _job(row) for row in rows if row.order_id == order.pk and row.claim_id is None}
    others = [_job(row) for row in rows if row.order_id != order.pk or row.claim_id is not None]
    return _answer(workshop_of(order.member), own, others, due_on=order.due_on, as_of=as_of)


def too_much(member: Member, *, as_of: datetime.date) -> list[tuple[Order, Answer]]:
    """The member's open orders that do not fit into the weeks, the next due first. Four queries, however many."""
    rows, has = jobs(member, as_of=as_of), workshop_of(member)
    found = []
    for order in Order.objects.filter(member=member).open().select_related("partner").order_by("due_on", "pk"):
        own = {row.line_id: _job(row) for row in rows if row.order_id == order.pk and row.claim_id is None}
        others = [_job(row) for row in rows if row.order_id != order.pk or row.claim_id is not None]
        answer = _answer(has, own, others, due_on=order.due_on, as_of=as_of)
        if answer.too_much > 0:
            found.append((order, answer))
    return found


def workshop_of(member: Member) -> workload.Workshop:
    return workshop(Business.objects.filter(member=member).first())


def capacity_before(
    member: Member, lines: Sequence[tuple[Item, Decimal]], *, due_on: datetime.date, as_of: datetime.date
) -> Answer:
    """The same before the order is taken, for its lines as (item, base units); `fits_of` is by their place."""
    wanted = dict(enumerate(wanted_jobs(member, lines, due_on=due_on)))
    others = [_job(row) for row in jobs(member, as_of=as_of)]
    return _answer(workshop_of(member), wanted, others, due_on=due_on, as_of=as_of)


def wanted_jobs(member: Member, lines: Sequence[tuple[Item, Decimal]], *, due_on: datetime.date) -> list[workload.Job]:
    """The lines as jobs, each with the minutes measured for everybody, or else the workshop's own estimate."""
    own = estimates(member)
    return [workload.Job(due_on, quantity, minutes_of(item, own)) for item, quantity in lines]


def estimates(member: Member) -> dict[int, WorkEstimate]:
    """What the workshop itself reckons, by the item's key."""
    return {row.item_id: row for row in member.work_estimates.all()}


def minutes_of(item: Item, own: dict[int, WorkEstimate]) -> dict[str, int]:
    """The minutes of every step in one piece; the same rule as `orders_minutes` in SQL."""
    return item.minutes if item.is_measured or item.pk not in own else own[item.pk].minutes


def unmeasured(member: Member, items) -> list[tuple[Item, WorkEstimate | None]]:
    """Of these items those that nobody has measured for everybody, with the workshop's own estimate if it has one."""
    own = estimates(member)
    return [(item, own.get(item.pk)) for item in items if not item.is_measured]


def promised_items(member: Member, *, as_of: datetime.date):
    """The items of what the workshop has promised, by name."""
    return Item.objects.filter(pk__in={row.item_id for row in jobs(member, as_of=as_of)}).order_by("name")


def _answer(has: workload.Workshop, wanted: dict, others: list[workload.Job], *, due_on, as_of) -> Answer:
    to_make = sum((job.quantity for job in wanted.values()), NONE)
    if not has.spans:
        return Answer(to_make, to_make, None, False, {key: job.quantity for key, job in wanted.items()})
    fitting = dict(zip(wanted, workload.fits(has, others, list(wanted.values()), as_of=as_of), strict=True))
    first = [job for job in others if job.due_on <= due_on]
    ready = workload.ready_on(has, [*first, *wanted.values()], as_of=as_of)
    return Answer(to_make, sum(fitting.values(), NONE), ready, True, fitting)


def jobs_in_words(member: Member, *, as_of: datetime.date) -> list[tuple]:
    """What the workshop has promised, for its page: the order, the claim where it is a neighbour's, due, quantity."""
    rows = jobs(member, as_of=as_of)
    numbers = Order.objects.in_bulk([row.order_id for row in rows])
    return [(numbers[row.order_id], row.claim_id, row.due_on, row.quantity) for row in rows]
