"""What is open between the cooperative and members whose goods it sold."""

import datetime

from django.db.models import QuerySet

from sales.models import Invoice
from sales.queries.invoice import invoices


def proceeds(rows: QuerySet[Invoice], *, as_of: datetime.date) -> QuerySet[Invoice]:
    """Invoices of the cooperative on which something is open between it and the member, the oldest first."""
    return invoices(rows, as_of=as_of).exclude(member_open=0).order_by("issued_on", "pk")
