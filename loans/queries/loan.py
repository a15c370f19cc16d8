"""Lists of loans and what a member has of them."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, Count, F, OuterRef, Subquery, Sum, When
from django.db.models.functions import Coalesce

from core.fields import RupiahField
from loans.models import Loan, RepaymentPart, Restructuring
from loans.queries.position import position
from members.models import Member


@dataclass(frozen=True)
class NextDue:
    """What a member pays next on one loan."""

    loan: Loan
    due_on: datetime.date
    amount: int
    days_late: int
    outstanding: int
    instalment: int
    """The next instalment alone, as the schedule has it."""


def next_due(member: Member, *, as_of: datetime.date) -> list[NextDue]:
    """The next payment on every running loan of `member`: what is overdue and the instalment that follows."""
    found = []
    for loan in Loan.objects.running(as_of=as_of).filter(member=member).select_related("rules__product"):
        standing = position(loan, as_of=as_of)
        if standing.next_due:
            found.append(
                NextDue(
                    loan,
                    standing.next_due.due_on,
                    standing.due_now,
                    standing.days_late,
                    standing.principal,
                    standing.next_due.total,
                )
            )
    return sorted(found, key=lambda due: due.due_on)


def with_outstanding(loans, *, as_of: datetime.date):
    """`loans` annotated with `outstanding`, the principal owed on `as_of`: 0 before disbursement."""
    paid = (
        RepaymentPart.objects.filter(repayment__loan=OuterRef("pk"), repayment__paid_on__lte=as_of)
        .exclude(repayment__reversed_on__lte=as_of)
        .values("repayment__loan")
        .annotate(principal=Sum("principal"))
        .values("principal")
    )
    grown = (
        Restructuring.objects.filter(loan=OuterRef("pk"), done_on__lte=as_of)
        .values("loan")
        .annotate(amount=Sum(F("interest_carried") + F("added")))
        .values("amount")
    )
    owed = F("principal") + Coalesce(Subquery(grown), 0) - Coalesce(Subquery(paid), 0)
    gone = When(written_off_on__lte=as_of, then=0)
    before = When(disbursed_on__lte=as_of, then=owed)
    kept = When(unpaid__known_on__lte=as_of, then=F("unpaid__outstanding"))
    return loans.annotate(outstanding=Case(gone, kept, before, default=0, output_field=RupiahField()))


def totals(loans) -> dict:
    """Number, principal and what is outstanding of `with_outstanding` loans, for the foot of a list."""
    return loans.aggregate(count=Count("pk"), lent=Sum("principal", default=0), owed=Sum("outstanding", default=0))


def open_loans(member: Member, *, without: Loan | None = None) -> int:
    """How many loans of the member are applied for, approved or running, `without` not counted."""
    return Loan.objects.filter(member=member).open().exclude(pk=without and without.pk).count()
