"""What new terms would make of a running loan: the question behind the proposal, its page and the service."""

import datetime
from dataclasses import replace
from fractions import Fraction

from loans.arithmetic.restructuring import Open, Renewed, opened, renewed
from loans.arithmetic.schedule import Method, Terms
from loans.models import Loan, Restructuring
from loans.queries.position import Position, outstanding, position
from loans.queries.schedule import plan

Kind = Restructuring.Kind


def times_restructured(loan: Loan) -> int:
    """How often the loan has got new terms."""
    return loan.restructurings.filter(done_on__isnull=False).count()


def open_on(loan: Loan, *, on: datetime.date) -> Open:
    """What is owed of a running loan on `on`, with the interest that has grown until then."""
    standing = position(loan, as_of=on)
    found = opened(
        standing.rows,
        start_on=_start(loan, standing),
        on=on,
        rounding=loan.rules.rounding,
        round_to=loan.rules.round_to,
    )
    return replace(found, interest=standing.interest) if loan.rules.method == Method.DAILY else found


def _start(loan: Loan, standing: Position) -> datetime.date:
    """The day from which the first instalment of the schedule in force runs."""
    first = standing.rows[0]
    later = loan.versions.filter(in_force_from__lte=standing.as_of).order_by("version").last()
    since = later.in_force_from if later else loan.disbursed_on
    is_new_ground = later is None or (later.repayment_id is None and later.restates is None)
    planned = {} if is_new_ground else {(row.number, row.due_on): row.start_on for row in plan(loan).rows}
    return min(planned.get((first.number, first.due_on), since), first.due_on - datetime.timedelta(days=1))


def terms_of(proposal: Restructuring) -> Terms:
    """The rules of the loan with what the proposal changes; the principal is not known before the day."""
    rules = proposal.loan.rules
    return replace(
        rules.terms(principal=1, instalments=proposal.instalments),
        rate=Fraction(proposal.rate_bp, 10_000),
        principal_grace=proposal.principal_grace,
    )


def restructured(proposal: Restructuring, *, on: datetime.date) -> tuple[Open, Renewed]:
    """What is carried over on `on`, and the new schedule. Raises as `renewed`."""
    owed = open_on(proposal.loan, on=on)
    return owed, renewed(
        terms_of(proposal),
        owed,
        on=on,
        first_due_on=proposal.first_due_on,
        capitalise=proposal.kind == Kind.RESTRUCTURING,
        added=proposal.added,
    )


def most_owed(proposal: Restructuring) -> int:
    """The principal of the new schedule where the terms are carried out on the last day they can be."""
    _owed, found = restructured(proposal, on=proposal.first_due_on - datetime.timedelta(days=1))
    return found.principal


def paid_back_bp(loan: Loan, *, on: datetime.date) -> int:
    """How much of all that was lent on the loan is paid back, in hundredths of a percent."""
    done = loan.restructurings.filter(done_on__lte=on).values_list("added", "interest_carried")
    lent = loan.principal + sum(added + carried for added, carried in done)
    return (lent - outstanding(loan, as_of=on)) * 10_000 // lent


def loan_rate(loan: Loan) -> int:
    """The rate of a loan now: that of its last new terms, else of its rules."""
    last = loan.restructurings.filter(done_on__isnull=False).order_by("version__version").last()
    return last.rate_bp if last else loan.rules.rate_bp
