"""What a loan is on a day: every instalment with what is paid and owed of it, penalties included."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from core import sql
from loans.arithmetic import daily
from loans.arithmetic.allocation import Owed
from loans.arithmetic.penalty import PenaltyBase, days_late, penalty
from loans.arithmetic.schedule import Method, Terms
from loans.models import Loan, Restructuring


@dataclass(frozen=True)
class InstalmentPosition:
    """One instalment as it stands on a day; whole rupiah. `penalty` is what has grown and is not paid."""

    id: int
    number: int
    due_on: datetime.date
    principal: int
    interest: int
    fee: int
    paid_principal: int
    paid_interest: int
    paid_fee: int
    paid_penalty: int
    penalty: int
    days_late: int

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fee

    @property
    def paid(self) -> int:
        return self.paid_principal + self.paid_interest + self.paid_fee + self.paid_penalty

    @property
    def owed_principal(self) -> int:
        return self.principal - self.paid_principal

    @property
    def owed_interest(self) -> int:
        return self.interest - self.paid_interest

    @property
    def owed_fee(self) -> int:
        return self.fee - self.paid_fee

    @property
    def owed(self) -> int:
        return self.owed_principal + self.owed_interest + self.owed_fee + self.penalty


@dataclass(frozen=True)
class Position:
    """A loan on a day."""

    loan: Loan
    as_of: datetime.date
    rows: list[InstalmentPosition]

    @cached_property
    def principal(self) -> int:
        return sum(row.owed_principal for row in self.rows)

    @cached_property
    def interest(self) -> int:
        return sum(row.owed_interest for row in self.rows)

    @cached_property
    def fee(self) -> int:
        return sum(row.owed_fee for row in self.rows)

    @property
    def scheduled(self) -> int:
        """The principal that the schedule in force repays."""
        return sum(row.principal for row in self.rows)

    @cached_property
    def penalty(self) -> int:
        return sum(row.penalty for row in self.rows)

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fee + self.penalty

    @cached_property
    def paid(self) -> int:
        return sum(row.paid for row in self.rows)

    @cached_property
    def late(self) -> list[InstalmentPosition]:
        """Instalments past their due date with something unpaid."""
        return [row for row in self.rows if row.due_on < self.as_of and row.owed]

    @property
    def overdue(self) -> int:
        return sum(row.owed for row in self.late)

    @property
    def days_late(self) -> int:
        return (self.as_of - self.late[0].due_on).days if self.late else 0

    @property
    def next_due(self) -> InstalmentPosition | None:
        """The oldest instalment with something unpaid."""
        return next((row for row in self.rows if row.owed), None)

    @property
    def due_now(self) -> int:
        """What is late and what falls due on the day or as the next instalment: what one would pay at the counter."""
        upcoming = next((row for row in self.rows if row.due_on >= self.as_of and row.owed), None)
        return self.overdue + (upcoming.owed if upcoming else 0)

    @property
    def debts(self) -> list[Owed]:
        """For `loans.arithmetic.allocation`, oldest first."""
        return [
            Owed(row.id, row.penalty, row.owed_interest, row.owed_principal, row.owed_fee)
            for row in self.rows
            if row.owed
        ]


def position(loan: Loan, *, as_of: datetime.date) -> Position:
    """Every instalment with what is paid and owed on `as_of`, penalties included. One query."""
    return positions([loan], as_of=as_of)[loan.pk]


def positions(loans: Sequence[Loan], *, as_of: datetime.date) -> dict[int, Position]:
    """The same for many loans (with their rules), by their id; one query for all."""
    stored = defaultdict(list)
    for row in sql.rows("loans/sql/position.sql", loans=[loan.pk for loan in loans], as_of=as_of):
        stored[row.loan_id].append(row)
    grounds = daily_grounds([loan for loan in loans if loan.rules.method == Method.DAILY], as_of=as_of)
    return {
        loan.pk: Position(loan, as_of, _instalments(loan, stored[loan.pk], grounds.get(loan.pk), as_of))
        for loan in loans
    }


@dataclass(frozen=True)
class Ground:
    """From where interest by the day counts: the payout, or the day of the last new terms with what is owed then."""

    terms: Terms
    start_on: datetime.date
    carried: int = 0
    """Interest from before that falls due with the first instalment and earns nothing."""


def daily_grounds(loans: Sequence[Loan], *, as_of: datetime.date) -> dict[int, Ground]:
    """The ground of loans with interest by the day, by their id; one query for all, none where there are none."""
    if not loans:
        return {}
    found = {
        loan.pk: Ground(loan.rules.terms(principal=loan.principal, instalments=loan.instalments), loan.disbursed_on)
        for loan in loans
    }
    later = Restructuring.objects.filter(loan__in=[loan.pk for loan in loans], done_on__lte=as_of)
    for new in later.order_by("version__version"):
        terms = replace(
            found[new.loan_id].terms,
            principal=new.principal_after,
            instalments=new.instalments,
            rate=Fraction(new.rate_bp, 10_000),
            principal_grace=new.principal_grace,
        )
        found[new.loan_id] = Ground(terms, new.done_on, new.interest_open - new.interest_carried)
    return found


def _instalments(loan, stored, ground, as_of) -> list[InstalmentPosition]:
    terms, on_principal = loan.rules.penalty_terms, loan.rules.penalty_base == PenaltyBase.PRINCIPAL
    found = []
    for row, interest in zip(stored, _interest(stored, ground, as_of), strict=True):
        grown = penalty(
            terms,
            due_on=row.due_on,
            overdue=row.principal if on_principal else row.principal + interest + row.fee,
            on=as_of,
            payments=list(zip(row.paid_days, row.paid_principals if on_principal else row.paid_amounts, strict=True)),
        )
        found.append(
            InstalmentPosition(
                id=row.id,
                number=row.number,
                due_on=row.due_on,
                principal=row.principal,
                interest=interest,
                fee=row.fee,
                paid_principal=row.paid_principal,
                paid_interest=row.paid_interest,
                paid_fee=row.paid_fee,
                paid_penalty=row.paid_penalty,
                penalty=max(0, grown - row.paid_penalty),
                days_late=days_late(row.due_on, as_of, counts_due_day=terms.counts_due_day),
            )
        )
    return found


def _interest(stored, ground, as_of) -> list[int]:
    """What every instalment asks for: as planned, or by the daily method as it has grown on what was really owed."""
    if ground is None or not stored:
        return [row.interest for row in stored]
    return daily.by_instalment(
        ground.terms,
        [paid for row in stored for paid in zip(row.paid_days, row.paid_principals, strict=True)],
        disbursed_on=ground.start_on,
        due=[row.due_on for row in stored],
        on=as_of,
        carried=ground.carried,
    )


def outstanding(loan: Loan, *, as_of: datetime.date) -> int:
    """The principal that is still owed; 0 before disbursement."""
    return position(loan, as_of=as_of).principal
