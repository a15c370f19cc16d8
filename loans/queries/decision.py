"""What is looked at before a loan is decided on: what it would be paid from, and whose approval is missing."""

import datetime
from dataclasses import dataclass

from core.dates import add_months
from core.money import format_percent
from loans.models import Loan, LoanApproval
from loans.queries.loan import next_due
from loans.queries.member_facts import member_fact
from loans.queries.related_party import office_of
from loans.queries.schedule import plan
from members.models import Member
from savings import queries as savings
from savings.models import Movement

SAVINGS_MONTHS = 6


@dataclass(frozen=True)
class Ability:
    """Facts an officer would ask for, and nothing weighed: whole rupiah, a month where it says so."""

    saved: int
    saved_monthly: int
    mandatory_owed: int
    running_loans: int
    running_instalments: int
    instalment: int
    work_ahead: int | None

    @property
    def instalments(self) -> int:
        """What would be paid in a month, this loan included."""
        return self.running_instalments + self.instalment

    @property
    def of_savings(self) -> str:
        """The month's instalments as a part of what was put aside in a month."""
        return _part(self.instalments, self.saved_monthly)

    @property
    def of_work(self) -> str:
        """The month's instalments as a part of the orders at hand."""
        return _part(self.instalments, self.work_ahead or 0)


def ability(loan: Loan, *, as_of: datetime.date) -> Ability:
    """From savings history, running loans and orders of the borrower; the loan itself is not yet a running one."""
    member = loan.member
    due = [next for next in next_due(member, as_of=as_of) if next.loan.pk != loan.pk]
    return Ability(
        saved=savings.balances(member, as_of=as_of).total,
        saved_monthly=_put_aside(member, as_of) // SAVINGS_MONTHS,
        mandatory_owed=savings.mandatory_owed(member, as_of=as_of),
        running_loans=len(due),
        running_instalments=sum(next.instalment for next in due),
        instalment=plan(loan, on=as_of).rows[0].total,
        work_ahead=member_fact("work_ahead", member, as_of=as_of),
    )


def _part(part: int, whole: int) -> str:
    return format_percent(part * 100 // whole * 100) if whole else "–"


def _put_aside(member: Member, as_of: datetime.date) -> int:
    """Deposits of the last months that were not undone."""
    rows = Movement.objects.filter(
        member=member, on__gt=add_months(as_of, -SAVINGS_MONTHS), on__lte=as_of, reverses=None, reversed_by=None
    ).filter(direction=Movement.Direction.DEPOSIT, receipt__isnull=False)
    return sum(rows.values_list("amount", flat=True))


Organ = LoanApproval.Organ


def missing_approvals(loan: Loan, *, on: datetime.date) -> bool:
    """Whether the board (as many as the tier asks) or, for a related party, the supervisors have still to say yes."""
    given = list(loan.approvals.values_list("organ", flat=True))
    if given.count(Organ.BOARD) < loan.rules.approvals_needed(loan.principal):
        return True
    return office_of(loan.member, as_of=on) is not None and Organ.SUPERVISORS not in given
