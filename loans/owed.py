"""What the ladder of reminders asks about loans: which instalments are unpaid, since when, and how much of them."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from core.money import format_rupiah
from governance.arrears import Due
from loans import queries


def owed(*, as_of: datetime.date, until: datetime.date) -> Iterator[Due]:
    """Every loan with an instalment late on `as_of` or due by `until`. Two queries; penalties are not counted."""
    late = {row.loan_id: row for row in queries.arrears(as_of=as_of)}
    # What is unpaid and due until `until` counts as late on the day after it.
    due = {row.loan_id: row for row in queries.arrears(as_of=until + datetime.timedelta(days=1))} | late
    for row in due.values():
        yield Due(
            member_id=row.member_id,
            subject=f"loan:{row.loan_id}",
            title=_("Instalment on loan {number}").format(number=row.number),
            amount=format_rupiah(row.overdue),
            due_on=row.first_due_on,
            url=reverse("loans:detail", args=[row.loan_id]),
            rupiah=row.overdue,
        )
