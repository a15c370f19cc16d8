"""What a loan is on a day: what is owed of it, what is late.

Who may have one is `loans.eligibility`, who stands for one `loans.guarantees`.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from django.db.models import Case, Count, F, OuterRef, Subquery, Sum, When
from django.db.models.functions import Coalesce
from phonenumber_field.phonenumber import PhoneNumber

from core import sql
from core.fields import RupiahField
from loans import daily
from loans.allocation import Owed
from loans.models import Loan, RepaymentPart, Restructuring
from loans.penalty import days_late, penalty
from loans.rules import LoanRules, PenaltyBase
from loans.schedule import Method, Schedule, Terms, schedule
from members.models import Member

# -- one loan --------------------------------------------------------------------------------------------------------


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
        """For `loans.allocation`, oldest first."""
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


def plan(loan: Loan, *, on: datetime.date | None = None) -> Schedule:
    """The schedule of the loan by its own rules: as it was made at disbursement, or as it would be on `on`."""
    return schedule(
        loan.rules.terms(principal=loan.principal, instalments=loan.instalments),
        disbursed_on=loan.disbursed_on or on,
        first_due_on=loan.first_due_on,
    )


# -- all loans -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LoanStanding:
    """A running loan on a day. `first_due_on` and `days` tell since when something is late, if anything is."""

    loan_id: int
    number: str
    loan_principal: int
    member_id: int
    member_number: int
    name: str
    phone_as_kept: str
    product: str
    first_due_on: datetime.date | None
    days: int
    instalments: int
    overdue_principal: int
    overdue_interest: int
    overdue_fee: int
    overdue: int
    outstanding: int

    @property
    def phone(self) -> PhoneNumber | str:
        """Read when it is shown: that takes longer than to find the loan."""
        return PhoneNumber.from_string(self.phone_as_kept) if self.phone_as_kept else ""


def arrears(
    *, as_of: datetime.date, member: Member | None = None, loans: Sequence[int] | None = None
) -> list[LoanStanding]:
    """Loans with an instalment past due on `as_of`, the longest overdue first: all, of a member, or among `loans`.

    One query; penalties not counted. A page of the list is `loans.arrears`.
    """
    return _standings(as_of=as_of, loans=_of(member, loans), only_late=True)


def standings(*, as_of: datetime.date) -> list[LoanStanding]:
    """Every running loan on `as_of` with what is outstanding and overdue. One query."""
    return _standings(as_of=as_of, loans=None, only_late=False)


def _of(member, loans) -> list[int] | None:
    if member is None:
        return None if loans is None else list(loans)
    return list(Loan.objects.filter(member=member).values_list("pk", flat=True))


def _standings(*, as_of, loans, only_late) -> list[LoanStanding]:
    found = sql.rows("loans/sql/arrears.sql", as_of=as_of, loans=loans, only_late=only_late)
    by_days = _standings_by_days([row.loan_id for row in found if row.method == Method.DAILY], as_of)
    standings = [
        LoanStanding(
            **{name: getattr(row, name) for name in row._fields if name not in ("method", "phone")}
            | {"phone_as_kept": row.phone, "days": row.days or 0}
            | by_days.get(row.loan_id, {})
        )
        for row in found
    ]
    if not by_days:
        return standings
    kept = [standing for standing in standings if standing.instalments or not only_late]
    return sorted(kept, key=lambda each: (each.first_due_on or datetime.date.max, each.name, each.number))


def _standings_by_days(loans: list[int], as_of) -> dict[int, dict]:
    """By the daily method the plan does not say what is owed: what does, for these loans, in two queries."""
    if not loans:
        return {}
    rows = Loan.objects.filter(pk__in=loans).select_related("rules")
    found = {}
    for pk, position in positions(list(rows), as_of=as_of).items():
        late = [row for row in position.rows if row.due_on < as_of and row.owed - row.penalty]
        principal, interest, fee = (
            sum(getattr(row, name) for row in late) for name in ("owed_principal", "owed_interest", "owed_fee")
        )
        found[pk] = {
            "first_due_on": late[0].due_on if late else None,
            "days": (as_of - late[0].due_on).days if late else 0,
            "instalments": len(late),
            "overdue_principal": principal,
            "overdue_interest": interest,
            "overdue_fee": fee,
            "overdue": principal + interest + fee,
        }
    return found


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


def rules_in_force(*, on: datetime.date) -> list[LoanRules]:
    """The version of every product that governs an application on `on`."""
    return list(
        LoanRules.objects.filter(in_force_from__lte=on)
        .order_by("product_id", "-in_force_from")
        .distinct("product_id")
        .select_related("product", "decided_in")
    )


def open_loans(member: Member, *, without: Loan | None = None) -> int:
    """How many loans of the member are applied for, approved or running, `without` not counted."""
    return Loan.objects.filter(member=member).open().exclude(pk=without and without.pk).count()
