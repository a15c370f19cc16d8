"""What is looked at before a loan is decided on: who backs it, what it is paid from, whether a decider borrows."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q

from core.dates import add_months
from core.money import format_percent
from governance.models import Office
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from loans import facts, guarantees, queries
from loans.models import Loan, LoanRules, RelatedLoanRules
from members.models import Member
from savings import queries as savings
from savings.models import Movement

SAVINGS_MONTHS = 6
OWN_CAPITAL = (chart.PRINCIPAL_SAVINGS, chart.MANDATORY_SAVINGS, chart.GRANTS, chart.RESERVE_FUND)
"""UU 25/1992 art. 41: what a cooperative's own capital is made of."""


# -- guarantors ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Backing:
    """A guarantor's share and whether own savings reach for it. `capacity` is for officers' eyes; None is no limit."""

    member: Member
    share: int
    capacity: int | None

    @property
    def fits(self) -> bool:
        return self.capacity is None or self.capacity >= self.share


def backing(guarantors: Sequence[Member], rules: LoanRules, shares: Sequence[int], *, as_of: datetime.date):
    """What each of these members could still stand for, beside what they would be asked for."""
    return [
        Backing(member, share, guarantees.guarantee_capacity(member, rules, as_of=as_of))
        for member, share in zip(guarantors, shares, strict=True)
    ]


def lacking_guarantors(*, as_of: datetime.date):
    """Loans not over that fewer people stand for (or were asked and may yet say yes) than their rules want."""
    there = Q(guarantors__declined_on=None) & (Q(guarantors__ended_on=None) | Q(guarantors__ended_on__gt=as_of))
    stays = Q(guarantors__member__left_on=None) | Q(guarantors__member__left_on__gt=as_of)
    return (
        Loan.objects.open()
        .annotate(backed=Count("guarantors", filter=there & stays))
        .filter(backed__lt=F("rules__guarantors_needed"))
    )


# -- ability to pay --------------------------------------------------------------------------------------------------


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
    due = [next for next in queries.next_due(member, as_of=as_of) if next.loan.pk != loan.pk]
    return Ability(
        saved=savings.balances(member, as_of=as_of).total,
        saved_monthly=_put_aside(member, as_of) // SAVINGS_MONTHS,
        mandatory_owed=savings.mandatory_owed(member, as_of=as_of),
        running_loans=len(due),
        running_instalments=sum(next.instalment for next in due),
        instalment=queries.plan(loan, on=as_of).rows[0].total,
        work_ahead=facts.ask("work_ahead", member, as_of=as_of),
    )


def _part(part: int, whole: int) -> str:
    return format_percent(part * 100 // whole * 100) if whole else "–"


def _put_aside(member: Member, as_of: datetime.date) -> int:
    """Deposits of the last months that were not undone."""
    rows = Movement.objects.filter(
        member=member, on__gt=add_months(as_of, -SAVINGS_MONTHS), on__lte=as_of, reverses=None, reversed_by=None
    ).filter(direction=Movement.Direction.DEPOSIT, receipt__isnull=False)
    return sum(rows.values_list("amount", flat=True))


# -- related parties -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Related:
    """What officers and supervisors owe against the ceiling, were `loan` paid out as well."""

    office: Office
    ceiling: int
    capital: int
    owed: int
    with_this: int
    rules: RelatedLoanRules

    @property
    def fits(self) -> bool:
        return self.with_this <= self.ceiling


def office_of(member: Member, *, as_of: datetime.date) -> Office | None:
    """The office that makes a related party of a member on that day."""
    return Office.objects.held(as_of=as_of).filter(member=member).first()


def related_rules(*, as_of: datetime.date) -> RelatedLoanRules:
    """The rules in force; before the members decided any, those of the law in the stricter reading."""
    found = RelatedLoanRules.objects.filter(in_force_from__lte=as_of).order_by("-in_force_from").first()
    return found or RelatedLoanRules()


def own_capital(*, as_of: datetime.date) -> int:
    """The own capital of the savings-and-loan unit."""
    return sum(account_balance(Unit.USP, code, as_of=as_of) for code in OWN_CAPITAL)


def related(loan: Loan, *, as_of: datetime.date, owing: int | None = None) -> Related | None:
    """None for a borrower without an office on that day.

    `owing` is what the loan would owe: its principal where it is not paid out yet.
    """
    office = office_of(loan.member, as_of=as_of)
    if office is None:
        return None
    rules = related_rules(as_of=as_of)
    parties = (
        [loan.member_id]
        if rules.counted == RelatedLoanRules.Counted.EACH
        else Office.objects.held(as_of=as_of).values_list("member_id", flat=True)
    )
    others = Loan.objects.filter(member__in=parties).exclude(pk=loan.pk)
    owed = queries.totals(queries.with_outstanding(others, as_of=as_of))["owed"]
    capital = own_capital(as_of=as_of)
    ceiling = max(0, capital) * rules.ceiling_bp // 10_000
    return Related(office, ceiling, capital, owed, owed + (loan.principal if owing is None else owing), rules)
