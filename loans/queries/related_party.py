"""Borrowers who decide about loans themselves: what they owe against the ceiling of the law."""

import datetime
from dataclasses import dataclass

from governance.models import Office
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from loans.models import Loan, RelatedLoanRules
from loans.queries.loan import totals
from members.models import Member

OWN_CAPITAL = (chart.PRINCIPAL_SAVINGS, chart.MANDATORY_SAVINGS, chart.GRANTS, chart.RESERVE_FUND)
"""UU 25/1992 art. 41: what a cooperative's own capital is made of."""


@dataclass(frozen=True)
class RelatedParty:
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


def own_capital(*, as_of: datetime.date) -> int:
    """The own capital of the savings-and-loan unit."""
    return sum(account_balance(Unit.USP, code, as_of=as_of) for code in OWN_CAPITAL)


def related_party(loan: Loan, *, as_of: datetime.date, owing: int | None = None) -> RelatedParty | None:
    """None for a borrower without an office on that day.

    `owing` is what the loan would owe: its principal where it is not paid out yet.
    """
    office = office_of(loan.member, as_of=as_of)
    if office is None:
        return None
    rules = RelatedLoanRules.objects.current(as_of)
    parties = (
        [loan.member_id]
        if rules.counted == RelatedLoanRules.Counted.EACH
        else Office.objects.held(as_of=as_of).values_list("member_id", flat=True)
    )
    others = Loan.objects.filter(member__in=parties).exclude(pk=loan.pk)
    owed = totals(others.with_outstanding(as_of=as_of))["owed"]
    capital = own_capital(as_of=as_of)
    ceiling = max(0, capital) * rules.ceiling_bp // 10_000
    return RelatedParty(office, ceiling, capital, owed, owed + (loan.principal if owing is None else owing), rules)
