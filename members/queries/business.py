"""Businesses as at a date: their size and workers."""

import datetime

from django.db.models import F, OuterRef, Subquery

from members.models import Business, SizeClass, WorkerCount


def size_class(business: Business, *, as_of: datetime.date) -> SizeClass | None:
    """Micro 1-4, small 5-19 workers by the latest count on or before `as_of`; None before the first count (BPS)."""
    count = business.worker_counts.filter(counted_on__lte=as_of).order_by("counted_on").last()
    return count.size_class if count else None


def with_workers(members, *, as_of: datetime.date):
    """`members` annotated with `workers`, the head count of their business on `as_of`; None where never counted."""
    latest = (
        WorkerCount.objects.filter(business__member=OuterRef("pk"), counted_on__lte=as_of)
        .order_by("-counted_on")
        .values(total=F("family") + F("hired"))
    )
    return members.annotate(workers=Subquery(latest[:1]))
