"""What payments do to a loan, one after the other in the order of their days: pure, without database or clock.

A payment is worked out from what stood before it and nothing else. So a payment that is recorded late, or taken
away, is put right by working out those after it once more, and the end is as if all had been written in order.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loans.arithmetic import daily, payoff
from loans.arithmetic.allocation import Owed, Part, allocate
from loans.arithmetic.overpayment import OverPayment, remade
from loans.arithmetic.payoff import PayoffTerms
from loans.arithmetic.penalty import PenaltyTerms, penalty
from loans.arithmetic.schedule import Method, Row, Terms


class Unacceptable(ValueError):
    """A payment that the rules do not take; `most` is what they would."""

    def __init__(self, most: int):
        super().__init__(most)
        self.most = most


class MoreThanOwed(Unacceptable):
    """More than closes the loan, or enough for all principal and not for what closing costs."""


class NotBeforeItIsDue(Unacceptable):
    """More than is due, under rules that take nothing ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What borrower and cooperative agreed on, as far as payments follow from it. `plan` is the first schedule."""

    terms: Terms
    disbursed_on: datetime.date
    penalty: PenaltyTerms
    penalty_on_principal: bool
    order: str
    across: str
    over_payment: str
    payoff: PayoffTerms
    plan: Sequence[Row] = ()
    carried: int = 0
    """interest by the day from before new terms, due with their first instalment"""

    @property
    def by_days(self) -> bool:
        return self.terms.method == Method.DAILY


@dataclass(slots=True, eq=False)
class Line:
    """An instalment in force, with the parts it received and their days. `key` is how the caller knows it."""

    number: int
    start_on: datetime.date
    due_on: datetime.date
    principal: int
    interest: int
    fee: int = 0
    key: object = None
    paid: list[tuple[datetime.date, Part]] = field(default_factory=list)

    def received(self, kind: str) -> int:
        return sum(getattr(part, kind) for _day, part in self.paid)


@dataclass(slots=True)
class Outcome:
    """What a payment did: its parts (their key is the Line), and the lines that are in force after it, if others."""

    parts: list[Part]
    lines: list[Line] | None = None
    closes: bool = False


def lines_of(rows: Iterable[Row]) -> list[Line]:
    return [Line(row.number, row.start_on, row.due_on, row.principal, row.interest, row.fee) for row in rows]


def has_begun(agreement: Agreement, line: Line, on: datetime.date) -> bool:
    """Whether an instalment is running on a day: from the day after the one before it fell due, the first from the

    day of disbursement. Money before the due day pays it before anything else becomes of that money.
    """
    return line.start_on < on or line.start_on == on == agreement.disbursed_on


def what_becomes(agreement: Agreement, *, can_remake: bool) -> str:
    """The OverPayment that holds for a loan: by the day, and after new terms, money ahead only counts ahead."""
    return agreement.over_payment if can_remake and not agreement.by_days else OverPayment.NEXT


def owed(agreement: Agreement, lines: Sequence[Line], *, on: datetime.date) -> list[Owed]:
    """What is unpaid of every line on a day, penalties included; lines that are paid stand there with nothing."""
    found = []
    for line, interest in zip(lines, _interest(agreement, lines, on), strict=True):
        base = line.principal if agreement.penalty_on_principal else line.principal + interest + line.fee
        payments = [
            (day, part.principal if agreement.penalty_on_principal else part.principal + part.interest + part.fee)
            for day, part in line.paid
        ]
        grown = penalty(agreement.penalty, due_on=line.due_on, overdue=base, on=on, payments=payments)
        found.append(
            Owed(
                line,
                max(0, grown - line.received("penalty")),
                interest - line.received("interest"),
                line.principal - line.received("principal"),
                line.fee - line.received("fee"),
            )
        )
    return found


def _interest(agreement, lines, on) -> list[int]:
    if not agreement.by_days or not lines:
        return [line.interest for line in lines]
    return daily.by_instalment(
        agreement.terms,
        [(day, part.principal) for line in lines for day, part in line.paid],
        disbursed_on=agreement.disbursed_on,
        due=[line.due_on for line in lines],
        on=on,
        carried=agreement.carried,
    )


def to_close(agreement: Agreement, lines: Sequence[Line], *, on: datetime.date) -> list[Owed]:
    """What closes the loan on a day: by the early pay-off rule, never more than is owed. Lines may owe nothing."""
    debts = owed(agreement, lines, on=on)
    if agreement.by_days or not lines:
        return debts
    asked = payoff.asked(agreement.payoff, lines, disbursed_on=lines[0].start_on, on=on)
    return [
        Owed(
            debt.key,
            debt.penalty,
            max(0, part.interest - debt.key.received("interest")),
            debt.principal,
            max(0, part.fee - debt.key.received("fee")),
        )
        for debt, part in zip(debts, asked, strict=True)
    ]


def receive(
    agreement: Agreement,
    lines: Sequence[Line],
    amount: int,
    *,
    on: datetime.date,
    can_remake: bool = True,
    is_new: bool = True,
    makes_schedule: bool = False,
) -> Outcome:
    """What a payment of `amount` settles on `on`; the lines keep it. Raises Unacceptable for what the rules refuse.

    A payment that `is_new` can still be refused. One that was received long ago cannot: beyond what is due it counts
    for the next instalments, where the rules would have refused it. With `makes_schedule` a closing says what it asked
    for as a schedule of its own in any case.
    """
    closing = to_close(agreement, lines, on=on)
    price = sum(debt.total for debt in closing)
    if amount > price or not price:
        raise MoreThanOwed(price)
    if amount == price:
        return _close(agreement, lines, closing, on, makes_schedule=makes_schedule)
    debts = owed(agreement, lines, on=on)
    begun = [debt for debt in debts if has_begun(agreement, debt.key, on)]
    due = sum(debt.total for debt in begun)
    how = what_becomes(agreement, can_remake=can_remake)
    if amount <= due or how == OverPayment.NEXT or (how == OverPayment.REFUSE and not is_new):
        return _settle(agreement, debts, amount, on)
    if how == OverPayment.REFUSE:
        raise NotBeforeItIsDue(due)
    coming = [debt for debt in debts if not has_begun(agreement, debt.key, on)]
    if amount - due >= sum(debt.principal for debt in coming):
        if is_new:
            raise MoreThanOwed(price)
        return _settle(agreement, debts, amount, on)
    return _remake(agreement, begun, coming, amount - due, on, how)


def _settle(agreement, debts, amount, on, *, closes=False) -> Outcome:
    parts, _rest = allocate(amount, debts, order=agreement.order, across=agreement.across)
    _keep(parts, on)
    return Outcome(parts, closes=closes)


def _close(agreement, lines, closing, on, *, makes_schedule) -> Outcome:
    """Where closing asks for less than the schedule, the lines it asks less of become the last schedule.

    Those that are due ask for all they said and are settled where they stand, with the penalty that grew on them. By
    the day no schedule says what is asked, so no other one is needed.
    """
    if agreement.by_days:
        return _settle(agreement, closing, sum(debt.total for debt in closing), on, closes=True)
    spared = [
        debt
        for line, debt in zip(lines, closing, strict=True)
        if (line.received("interest") + debt.interest, line.received("fee") + debt.fee) != (line.interest, line.fee)
    ]
    owing = [debt for debt in closing if debt.total]
    anew = [debt for debt in spared if debt.total]
    if not anew and (spared or makes_schedule):
        anew = owing[-1:]
    last, parts = [], []
    for debt in owing:
        line = old = debt.key
        if debt in anew:
            line = Line(old.number, old.start_on, old.due_on, debt.principal, debt.interest, debt.fee)
            last.append(line)
        parts.append(Part(line, debt.penalty, debt.interest, debt.principal, debt.fee))
    _keep(parts, on)
    return Outcome(parts, lines=last or None, closes=True)


def _remake(agreement, begun, coming, extra, on, how) -> Outcome:
    """All that is due is paid; the rest lowers the principal, and the instalments to come are made anew."""
    parts = [Part(debt.key, debt.penalty, debt.interest, debt.principal, debt.fee) for debt in begun if debt.total]
    by_number = {row.number: row for row in agreement.plan}
    rows, opening = [], sum(debt.principal for debt in coming)
    balance = opening - extra
    for debt in coming:
        row = by_number[debt.key.number]
        rows.append(
            row._replace(
                opening=opening,
                principal=debt.principal,
                interest=debt.interest,
                balance=opening - debt.principal,
                fee=debt.fee,
            )
        )
        opening -= debt.principal
    for debt in coming:
        if extra and debt.principal:
            taken = min(extra, debt.principal)
            parts.append(Part(debt.key, principal=taken))
            extra -= taken
    _keep(parts, on)
    return Outcome(parts, lines=lines_of(remade(agreement.terms, rows, balance=balance, how=how)))


def _keep(parts, on):
    for part in parts:
        part.key.paid.append((on, part))


def replay(
    agreement: Agreement, lines: Sequence[Line], payments: Iterable[tuple[datetime.date, int]]
) -> tuple[list[Outcome], Sequence[Line]]:
    """All `payments` (day, amount) in the order of their days, none of them refused for being early."""
    outcomes = []
    for on, amount in sorted(payments, key=lambda payment: payment[0]):
        outcome = receive(agreement, lines, amount, on=on, is_new=False)
        lines = lines if outcome.lines is None else outcome.lines
        outcomes.append(outcome)
    return outcomes, lines
