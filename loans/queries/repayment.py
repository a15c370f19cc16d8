"""A loan as `loans.arithmetic.replay` sees it: the agreement, the lines in force, and the payments that count."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from loans.arithmetic import replay
from loans.arithmetic.allocation import Part
from loans.arithmetic.replay import Agreement, Line
from loans.arithmetic.schedule import Method
from loans.models import Instalment, Loan, Repayment, RepaymentPart
from loans.queries.position import agreement_of, daily_grounds
from loans.queries.schedule import plan


def agreement(loan: Loan) -> Agreement:
    """The agreement on a loan as it is now, with its first schedule."""
    grounds = daily_grounds([loan], as_of=datetime.date.max) if loan.rules.method == Method.DAILY else {}
    return agreement_of(loan, grounds.get(loan.pk), plan=plan(loan).rows)


@dataclass(frozen=True)
class Schedules:
    """Every schedule of a loan: the ground that no payment made, and those that payments made on it.

    A rescheduling is new ground; what came before it is not recalculated.
    """

    ground: int = 1
    rescheduled: int = 1
    rescheduled_on: datetime.date | None = None
    made_by: dict[int, int] = field(default_factory=dict)
    newest: int = 1
    starts: dict[int, datetime.date] = field(default_factory=dict)

    @property
    def can_remake(self) -> bool:
        """After a rescheduling its own terms hold, and what is paid ahead counts for the next instalments."""
        return self.rescheduled_on is None

    def after(self, before: Sequence[Repayment]) -> int:
        """The version in force when these payments have come."""
        return max([self.ground, *(self.made_by[paid.pk] for paid in before if paid.pk in self.made_by)])


def schedules(loan: Loan) -> Schedules:
    ground, rescheduled, rescheduled_on, made_by, starts = 1, 1, None, {}, {1: loan.disbursed_on}
    for version in loan.versions.order_by("version"):
        starts[version.version] = version.in_force_from
        if version.repayment_id:
            made_by[version.repayment_id] = version.version
            continue
        ground = version.version
        if version.restates is None:
            rescheduled, rescheduled_on = version.version, version.in_force_from
    return Schedules(ground, rescheduled, rescheduled_on, made_by, loan.schedule_version, starts)


def payments(loan: Loan, known: Schedules) -> list[Repayment]:
    """The payments that count since the last rescheduling, with their parts, by the days on which they were there."""
    live = loan.repayments.unreversed().annotate(root=Coalesce("replays_id", "pk"))
    if known.rescheduled > 1:
        live = live.filter(Exists(_parts_since(known.rescheduled)))
    return list(live.order_by("valued_on", "root").select_related("replays").prefetch_related("parts"))


def _parts_since(version: int):
    return RepaymentPart.objects.filter(repayment=OuterRef("pk"), instalment__version__gte=version)


def lines(loan: Loan, version: int, before: Sequence[Repayment], known: Schedules) -> list[Line]:
    """The instalments of a version with what these payments gave to them."""
    is_new_ground = version == known.rescheduled
    planned = {} if is_new_ground else {(row.number, row.due_on): row.start_on for row in plan(loan).rows}
    found, start_on = {}, None
    for row in Instalment.objects.filter(loan=loan, version=version).order_by("number"):
        if start_on is None:
            start_on = planned.get((row.number, row.due_on), known.starts[version])
        found[row.pk] = Line(row.number, start_on, row.due_on, row.principal, row.interest, row.fee, key=row.pk)
        start_on = row.due_on
    for paid in before:
        for part in paid.parts.all():
            if line := found.get(part.instalment_id):
                given = Part(line, part.penalty, part.interest, part.principal, part.fee)
                line.paid.append((paid.valued_on, given))
    return list(found.values())


def standing(loan: Loan) -> list[Line]:
    """The lines in force now, with all that was paid on them."""
    known = schedules(loan)
    paid = payments(loan, known)
    return lines(loan, known.after(paid), paid, known)


@dataclass(frozen=True)
class Closing:
    principal: int
    interest: int
    fee: int
    penalty: int
    spared: int

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fee + self.penalty


def to_close(loan: Loan, *, on: datetime.date) -> Closing:
    """What closes a running loan on `on`, and what is spared by closing it."""
    terms, now = agreement(loan), standing(loan)
    asked, full = replay.to_close(terms, now, on=on), replay.owed(terms, now, on=on)
    sums = {kind: sum(getattr(debt, kind) for debt in asked) for kind in ("principal", "interest", "fee", "penalty")}
    return Closing(**sums, spared=sum(debt.total for debt in full) - sum(sums.values()))


@dataclass(frozen=True)
class Ahead:
    """What becomes of money beyond what is due on a day: `running` is paid first, and then the rule holds."""

    rule: str
    running: int
    """what an instalment asks for that has begun and is not due yet; 0 where it is paid"""
    due_on: datetime.date | None
    limit: int
    """due and running together: up to here every rupiah pays an instalment"""


def ahead(loan: Loan, *, on: datetime.date) -> Ahead:
    terms, known = agreement(loan), schedules(loan)
    paid = payments(loan, known)
    debts = replay.owed(terms, lines(loan, known.after(paid), paid, known), on=on)
    due = sum(debt.total for debt in debts if debt.key.due_on <= on)
    running = [debt for debt in debts if debt.key.due_on > on and replay.has_begun(terms, debt.key, on) and debt.total]
    amount = sum(debt.total for debt in running)
    rule = replay.what_becomes(terms, can_remake=known.can_remake)
    return Ahead(rule, amount, running[0].key.due_on if running else None, due + amount)


def last_payment(loan: Loan) -> Repayment | None:
    return loan.repayments.unreversed().order_by("-paid_on", "-pk").first()
