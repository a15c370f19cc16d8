"""The journal."""

import datetime

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Sum

from core import sql
from ledger.models import Entry, Line


def journal() -> QuerySet[Entry]:
    """Every entry, newest first, with its lines and its amount (the sum of one side)."""
    amount = Line.objects.filter(entry=OuterRef("pk")).values("entry").annotate(sum=Sum("debit")).values("sum")
    lines = Line.objects.select_related("account").order_by("pk")
    return (
        Entry.objects.annotate(amount=Subquery(amount))
        .prefetch_related(Prefetch("lines", lines))
        .order_by("-date", "-pk")
    )


def entry_amount(entry: Entry) -> int:
    return entry.lines.aggregate(sum=Sum("debit"))["sum"] or 0


def largest(of: str, *, since: datetime.date) -> int | None:
    """The largest sum booked since a day under references like `of` (`visit:%`); None where there is none."""
    return sql.value("ledger/sql/largest.sql", of=of, since=since)
