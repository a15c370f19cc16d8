"""Lists of loans and what a member has of them."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Sum

from loans.models import Loan
from loans.queries.position import positions
from members.models import Member


@dataclass(frozen=True)
class NextDue:
    """What a member pays next on one loan: what is due, and where nothing is, the instalment that comes."""

    loan: Loan
    due_on: datetime.date
    amount: int
    is_due: bool
    days_late: int
    outstanding: int
    instalment: int
    """One instalment alone, as the schedule has it."""


def next_due(member: Member, *, as_of: datetime.date) -> list[NextDue]:
    """The next payment on every running loan of `member`, the oldest due day first. Two queries."""
    found = []
    loans = Loan.objects.running(as_of=as_of).filter(member=member).select_related("rules__product")
    for standing in positions(loans, as_of=as_of).values():
        row = standing.due_rows[0] if standing.due_rows else standing.coming
        if row:
            found.append(
                NextDue(
                    standing.loan,
                    row.due_on,
                    standing.due or row.owed,
                    bool(standing.due),
                    standing.days_late,
                    standing.principal,
                    row.total,
                )
            )
    return sorted(found, key=lambda due: due.due_on)


def totals(loans) -> dict:
    """Number, principal and what is outstanding of loans `with_outstanding`, for the foot of a list."""
    return loans.aggregate(count=Count("pk"), lent=Sum("principal", default=0), owed=Sum("outstanding", default=0))


def open_loans(member: Member, *, without: Loan | None = None) -> int:
    """How many loans of the member are applied for, approved or running, `without` not counted."""
    return Loan.objects.filter(member=member).open().exclude(pk=without and without.pk).count()
