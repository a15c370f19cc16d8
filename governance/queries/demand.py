"""How far a demand for a meeting has come."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from governance.models import Demand, MeetingRules
from members.models import Member


@dataclass(frozen=True)
class Support:
    """How many members support a demand, and how many must."""

    count: int
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.count >= self.needed


def support(demand: Demand, *, as_of: datetime.date) -> Support:
    """Those who are members on the day count, out of the members on the day."""
    members = Member.objects.entered(as_of=as_of)
    part = MeetingRules.objects.current(as_of).demand_bp
    count = demand.supports.filter(member__in=members).count()
    return Support(count, max(1, -(-members.count() * part // 10_000)))


def demands(*, as_of: datetime.date, member: Member | None):
    """Every demand with its support, the newest first; whether `member` supports it. Three queries."""
    members = Member.objects.entered(as_of=as_of)
    needed = max(1, -(-members.count() * MeetingRules.objects.current(as_of).demand_bp // 10_000))
    rows = Demand.objects.select_related("member", "meeting").order_by("-pk")
    rows = rows.annotate(
        count=Count("supports", filter=Q(supports__member__in=members)),
        is_mine=Count("supports", filter=Q(supports__member=member)),
    )
    return [(row, Support(row.count, needed)) for row in rows]
