"""What a workshop has promised, and what it can still carry."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from core import sql
from members.models import Business, Member
from orders import workload
from orders.models import NONE, Order


def spans(business: Business | None) -> list[workload.Span]:
    if business is None:
        return []
    return [workload.Span(*row) for row in business.capacities.order_by("from_on").values_list("from_on", "per_week")]


def jobs(member: Member, *, as_of: datetime.date) -> list:
    """What the workshop has promised: `order_id`, `claim_id` (None for an own order), `due_on`, `quantity`."""
    return sql.rows("orders/sql/jobs.sql", member=member.pk, as_of=as_of)


def calendar(member: Member, *, as_of: datetime.date, weeks: int = 8) -> list[workload.Week]:
    """The coming weeks of a member's workshop. Three queries, however much work there is."""
    business = Business.objects.filter(member=member).first()
    promised = [workload.Job(row.due_on, row.quantity) for row in jobs(member, as_of=as_of)]
    return workload.calendar(spans(business), promised, as_of=as_of, weeks=weeks)


@dataclass(frozen=True)
class Answer:
    """What capacity says about an order: how much is still to make here, how much of it fits, when it will be ready."""

    to_make: Decimal
    fits: Decimal
    ready_on: datetime.date | None
    is_known: bool

    @property
    def too_much(self) -> Decimal:
        return self.to_make - self.fits


def capacity_answer(order: Order, *, as_of: datetime.date) -> Answer:
    """Whether the workshop can make its own part of the order in time, beside all it has promised already."""
    business = Business.objects.filter(member=order.member_id).first()
    has, promised = spans(business), jobs(order.member, as_of=as_of)
    own = [row for row in promised if row.order_id == order.pk and row.claim_id is None]
    others = [workload.Job(row.due_on, row.quantity) for row in promised if row not in own]
    to_make = sum((row.quantity for row in own), NONE)
    if not has:
        return Answer(to_make, to_make, None, False)
    room = workload.free_until(has, others, due_on=max(order.due_on, as_of), as_of=as_of)
    before = sum((job.quantity for job in others if job.due_on <= order.due_on), NONE)
    ready = workload.ready_on(has, before + to_make, as_of=as_of)
    return Answer(to_make, min(room, to_make), ready, True)


def jobs_in_words(member: Member, *, as_of: datetime.date) -> list[tuple]:
    """What the workshop has promised, for its page: the order, the claim where it is a neighbour's, due, quantity."""
    rows = jobs(member, as_of=as_of)
    numbers = Order.objects.in_bulk([row.order_id for row in rows])
    return [(numbers[row.order_id], row.claim_id, row.due_on, row.quantity) for row in rows]
