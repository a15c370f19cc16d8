"""Payments recorded, and those after them recalculated. The caller holds the loan locked."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Entry, Unit
from ledger.services import credit, debit
from loans import queries
from loans.arithmetic import replay
from loans.arithmetic.allocation import Part
from loans.arithmetic.replay import Agreement, Line, MoreThanOwed, Outcome
from loans.models import Instalment, Loan, Repayment, RepaymentPart
from loans.services.common import LoanRefused
from loans.services.schedule import store_version

ACCOUNTS = {
    "principal": chart.LOANS_RECEIVABLE,
    "interest": chart.LOAN_INTEREST,
    "fee": chart.ADMINISTRATION_FEES,
    "penalty": chart.PENALTIES,
}


def sums(parts: Sequence[Part | RepaymentPart]) -> dict[str, int]:
    return {kind: sum(getattr(part, kind) for part in parts) for kind in ACCOUNTS}


def of_loans(kind: str, amount: int, loan: Loan):
    """A credit to the account of a kind of debt, or a debit where it is less than nothing."""
    side = credit if amount > 0 else debit
    member = {"member": loan.member} if kind == "principal" else {}
    return side(ACCOUNTS[kind], abs(amount), **member)


def keep(loan: Loan, repayment: Repayment, outcome: Outcome, *, by: User) -> None:
    """The parts of a payment and the schedule that it made, if any."""
    if outcome.lines is not None and outcome.lines:
        version = store_version(loan, outcome.lines, on=repayment.paid_on, by=by, repayment=repayment)
        name_lines(outcome.lines, loan, version.version)
    RepaymentPart.objects.bulk_create(
        RepaymentPart(
            repayment=repayment,
            instalment_id=part.key.key,
            principal=part.principal,
            interest=part.interest,
            fee=part.fee,
            penalty=part.penalty,
        )
        for part in outcome.parts
    )


def name_lines(lines: Sequence[Line], loan: Loan, version: int) -> None:
    """Tell lines that were just stored which rows they are."""
    rows = dict(Instalment.objects.filter(loan=loan, version=version).values_list("number", "pk"))
    for line in lines:
        line.key = rows[line.number]


def rework(
    loan: Loan,
    terms: Agreement,
    lines: Sequence[Line],
    rows: Sequence[Repayment],
    *,
    known: queries.Schedules,
    since: datetime.date,
    by: User,
) -> tuple[Outcome | None, datetime.date | None]:
    """Work out `rows` once more on `lines`, in their order; in the books from `since` on, or from their own day.

    A row whose parts stay as they were is left alone. Otherwise another row takes its place, and where the split
    between principal, interest and penalty changes, an entry moves the difference: the receipt stays what it is.
    Returns the last outcome and the day it counts from.
    """
    outcome, effective, changed = None, None, 0
    for row in rows:
        try:
            outcome = replay.receive(
                terms,
                lines,
                row.amount,
                on=row.valued_on,
                can_remake=known.can_remake,
                is_new=False,
                makes_schedule=row.pk in known.made_by,
            )
        except MoreThanOwed as error:
            raise LoanRefused(
                _(
                    "With this the payment of {day} would be more than was owed then. Reverse that one first and write "
                    "down what was really paid."
                ).format(day=date_format(row.valued_on, "j F Y"))
            ) from error
        lines = lines if outcome.lines is None else outcome.lines
        effective = row.paid_on
        if _is_same(row, outcome, known):
            continue
        effective = max(row.paid_on, since)
        _supersede(loan, row, outcome, on=effective, by=by)
        changed += 1
    if changed:
        audit.record("loan.payments_replayed", loan, by=by, count=changed, on=since)
    return outcome, effective


def _is_same(row: Repayment, outcome: Outcome, known: queries.Schedules) -> bool:
    if outcome.lines is not None or row.pk in known.made_by:
        return False
    before = {part.instalment_id: (part.principal, part.interest, part.fee, part.penalty) for part in row.parts.all()}
    after = {part.key.key: (part.principal, part.interest, part.fee, part.penalty) for part in outcome.parts}
    return before == after


def _supersede(loan: Loan, row: Repayment, outcome: Outcome, *, on: datetime.date, by: User) -> Repayment:
    root = row.replays or row
    row.reversed_on, row.reversed_by, row.is_superseded = on, by, True
    row.reversal_reason = _("recalculated")
    row.save(update_fields=["reversed_on", "reversed_by", "reversal_reason", "is_superseded"])
    pk = sql.next_pk(Repayment)
    again = Repayment.objects.create(
        pk=pk,
        loan=loan,
        paid_on=on,
        valued_on=row.valued_on,
        replays=root,
        amount=row.amount,
        through=row.through,
        received_by=row.received_by,
        entry=_difference(loan, pk, row, outcome, on=on, by=by),
    )
    keep(loan, again, outcome, by=by)
    return again


def _difference(loan: Loan, pk: int, row: Repayment, outcome: Outcome, *, on: datetime.date, by: User) -> Entry | None:
    before, after = sums(row.parts.all()), sums(outcome.parts)
    moved = [(kind, after[kind] - before[kind]) for kind in ACCOUNTS if after[kind] != before[kind]]
    if not moved:
        return None
    memo = _("Payment of {day} on loan {number} recalculated").format(
        day=date_format(row.valued_on, "j F Y"), number=loan.number
    )
    return ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"repayment:{pk}:replayed",
        memo=memo,
        lines=[of_loans(kind, amount, loan) for kind, amount in moved],
        by=by,
    )
