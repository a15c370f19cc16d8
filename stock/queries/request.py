"""What neighbours ask each other for."""

import datetime

from django.db.models import QuerySet

from members.models import Member
from stock.models import StockAnswer, StockMovement, StockRequest


def requests(rows: QuerySet[StockRequest]) -> QuerySet[StockRequest]:
    """Requests with everything their rows show."""
    return rows.counted().select_related("member__user", "item__base_unit").order_by("until_on", "pk")


def asked_of(member: Member, *, as_of: datetime.date) -> QuerySet[StockRequest]:
    """What others ask for, `member` has had in the workshop, and has not answered yet. One query."""
    known = StockMovement.objects.filter(member=member).values("item")
    answered = StockAnswer.objects.filter(holder=member).values("request")
    rows = StockRequest.objects.open(as_of=as_of).filter(item__in=known).exclude(member=member)
    return requests(rows.exclude(pk__in=answered))


def own_requests(member: Member, *, as_of: datetime.date) -> QuerySet[StockRequest]:
    """What the member asked for and still waits for."""
    return requests(StockRequest.objects.open(as_of=as_of).filter(member=member))
