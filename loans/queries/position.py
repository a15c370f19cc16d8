"""What a loan is on a day: every instalment with what is paid and owed of it, penalties included.

What is owed is worked out in one place, `loans.arithmetic.replay.owed`, and for lists by the database, in the functions
`loans_unpaid_by` and `loans_penalty`; a test holds them together.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from core import sql
from loans.arithmetic.allocation import Owed, Part
from loans.arithmetic.penalty import PenaltyBase, days_late
from loans.arithmetic.replay import Agreement, Line, owed
from loans.arithmetic.schedule import Method, Row, Terms
from loans.models import Loan, Restructuring


@dataclass(frozen=True)
class InstalmentPosition:
    """One instalment as it stands on a day, in whole rupiah: the line with what it received, and what is owed of it."""

    line: Line
    debt: Owed
    days_late: int

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def due_on(self) -> datetime.date:
        return self.line.due_on

    @property
    def principal(self) -> int:
        return self.line.principal

    @property
    def interest(self) -> int:
        """As planned, or by the daily method as it has grown on what was really owed."""
        return self.debt.interest + self.paid_interest

    @property
    def fee(self) -> int:
        return self.line.fee

    @property
    def penalty(self) -> int:
        """What has grown and is not paid."""
        return self.debt.penalty

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fee

    @cached_property
    def paid_principal(self) -> int:
        return self.line.received("principal")

    @cached_property
    def paid_interest(self) -> int:
        return self.line.received("interest")

    @cached_property
    def paid_fee(self) -> int:
        return self.line.received("fee")

    @property
    def paid(self) -> int:
        return self.paid_principal + self.paid_interest + self.paid_fee + self.line.received("penalty")

    @property
    def owed_principal(self) -> int:
        return self.debt.principal

    @property
    def owed_interest(self) -> int:
        return self.debt.interest

    @property
    def owed_fee(self) -> int:
        return self.debt.fee

    @property
    def owed(self) -> int:
        return self.debt.total


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
    def due_rows(self) -> list[InstalmentPosition]:
        """Instalments with something unpaid whose due day has come."""
        return [row for row in self.rows if row.due_on <= self.as_of and row.owed]

    @property
    def due(self) -> int:
        """What the borrower is asked for on the day, penalties included: one figure on every page, paper and form."""
        return sum(row.owed for row in self.due_rows)

    @property
    def first_due_on(self) -> datetime.date | None:
        return self.due_rows[0].due_on if self.due_rows else None

    @property
    def late(self) -> list[InstalmentPosition]:
        """Those of them that were due before the day."""
        return [row for row in self.due_rows if row.due_on < self.as_of]

    @property
    def days_late(self) -> int:
        return (self.as_of - self.first_due_on).days if self.due_rows else 0

    @property
    def coming(self) -> InstalmentPosition | None:
        """The next instalment that is not due yet."""
        return next((row for row in self.rows if row.due_on > self.as_of and row.owed), None)


def position(loan: Loan, *, as_of: datetime.date) -> Position:
    """Every instalment with what is paid and owed on `as_of`, penalties included. One query."""
    return positions([loan], as_of=as_of)[loan.pk]


def positions(loans: Sequence[Loan], *, as_of: datetime.date) -> dict[int, Position]:
    """The same for many loans (with their rules), by their id; one query for all."""
    lines = defaultdict(list)
    for row in sql.rows("loans/sql/position.sql", loans=[loan.pk for loan in loans], as_of=as_of):
        parts = zip(row.penalties, row.interests, row.principals, row.fees, strict=True)
        line = Line(row.number, row.due_on, row.due_on, row.principal, row.interest, row.fee, key=row.id)
        line.paid = [(day, Part(line, *part)) for day, part in zip(row.days, parts, strict=True)]
        lines[row.loan_id].append(line)
    grounds = daily_grounds([loan for loan in loans if loan.rules.method == Method.DAILY], as_of=as_of)
    return {loan.pk: _position(loan, lines[loan.pk], grounds.get(loan.pk), as_of) for loan in loans}


def _position(loan, lines, ground, as_of) -> Position:
    agreed = agreement_of(loan, ground)
    counts_due_day = agreed.penalty.counts_due_day
    return Position(
        loan,
        as_of,
        [
            InstalmentPosition(debt.key, debt, days_late(debt.key.due_on, as_of, counts_due_day=counts_due_day))
            for debt in owed(agreed, lines, on=as_of)
        ],
    )


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


def agreement_of(loan: Loan, ground: Ground | None, *, plan: Sequence[Row] = ()) -> Agreement:
    """What the loan's own version of the rules says about payments, and from where interest by the day counts."""
    rules = loan.rules
    ground = ground or Ground(rules.terms(principal=loan.principal, instalments=loan.instalments), loan.disbursed_on)
    return Agreement(
        terms=ground.terms,
        disbursed_on=ground.start_on,
        carried=ground.carried,
        penalty=rules.penalty_terms,
        penalty_on_principal=rules.penalty_base == PenaltyBase.PRINCIPAL,
        order=rules.allocation_order,
        across=rules.allocation_across,
        over_payment=rules.over_payment,
        payoff=rules.payoff_terms,
        plan=plan,
    )


def outstanding(loan: Loan, *, as_of: datetime.date) -> int:
    """The principal that is still owed; 0 before disbursement."""
    return position(loan, as_of=as_of).principal
