"""What buyers still owe, by age."""

import datetime

from django.db.models import QuerySet

from sales.models import Invoice
from sales.queries.invoice import invoices

AGES = ((0, "due"), (30, "month"), (60, "two"), (90, "quarter"), (None, "older"))
"""How receivables are sorted by their age: not due, up to 30, 60, 90 days late, and older."""


def receivables(rows: QuerySet[Invoice], *, as_of: datetime.date) -> list[Invoice]:
    """What buyers still owe, the longest overdue first; each with `days_late` and its `age`. One query."""
    found = list(invoices(rows, as_of=as_of).filter(open__gt=0).order_by("due_on", "pk"))
    for invoice in found:
        invoice.days_late = max((as_of - invoice.due_on).days, 0)
        invoice.age = next(age for limit, age in AGES if limit is None or invoice.days_late <= limit)
    return found
