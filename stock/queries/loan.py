"""What is lent, when it must be back, and where that clashes."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import sql
from core.models import User
from stock.arithmetic import loan as arithmetic
from stock.arithmetic.loan import NONE, Need
from stock.errors import StockRefused
from stock.models import StockLoan, StockRules
from stock.queries.holder import held_by, needs_of


def rules(*, as_of: datetime.date) -> StockRules:
    """The rules of lending on a day. Raises StockRefused before the first."""
    if found := StockRules.objects.current(as_of):
        return found
    raise StockRefused(
        _("No rules of lending are in force yet. The members decide them, and the chair puts them in force.")
    )


def loans(rows: QuerySet[StockLoan]) -> QuerySet[StockLoan]:
    """Loans with their counts and everything their cards show."""
    return rows.counted().select_related("lender__user", "borrower__user", "item__base_unit")


def to_confirm(user: User) -> QuerySet[StockLoan]:
    """What the other side recorded and this person has to confirm."""
    sides = Q(lender__user=user) | Q(borrower__user=user)
    rows = StockLoan.objects.filter(sides, confirmed_on=None, declined_on=None)
    return loans(rows.exclude(recorded_for__user=user).select_related("recorded_for")).order_by("handed_on", "pk")


@dataclass(frozen=True)
class Day:
    """When one loan must be back, worked out without loading what a page shows of it."""

    loan_id: int
    out: Decimal
    return_on: datetime.date
    need: Need | None
    missing: Decimal


@dataclass(frozen=True)
class Outlook(Day):
    """A running loan as it stands on a day: when it must be back, why, and what the borrower will lack then."""

    loan: StockLoan
    as_of: datetime.date

    @property
    def is_late(self) -> bool:
        return self.return_on < self.as_of

    @property
    def why(self) -> str:
        """The reason for the day, in words."""
        if self.need:
            return _("order {order} of {lender} needs it").format(order=self.need.label, lender=self.loan.lender.name)
        if self.loan.due_on:
            return _("as agreed")
        return _("no order of {lender} needs it before").format(lender=self.loan.lender.name)


def days(rows: QuerySet[StockLoan], *, as_of: datetime.date) -> list[Day]:
    """The day of return of running loans, the first in front. Five queries, however many loans there are."""
    fields = ("pk", "lender_id", "borrower_id", "item_id", "agreed", "due_on", "handed_on", "out")
    found = list(rows.values_list(*fields, named=True))
    if not found:
        return []
    terms = rules(as_of=as_of)
    items, lenders = {loan.item_id for loan in found}, {loan.lender_id for loan in found}
    members = lenders | {loan.borrower_id for loan in found}
    wanted = needs_of(as_of=as_of, items=items, members=members)
    held = held_by(items=items, members=members, as_of=as_of)
    ahead = dict(sql.rows("stock/sql/ahead.sql", lenders=list(lenders), items=list(items), as_of=as_of))
    result = []
    for loan in found:
        lender, borrower = (loan.lender_id, loan.item_id), (loan.borrower_id, loan.item_id)
        if loan.due_on:
            date = arithmetic.ReturnDate(loan.due_on)
        else:
            date = arithmetic.return_date(
                wanted.get(lender, ()),
                held=held[lender],
                ahead=ahead[loan.pk],
                lent_on=loan.handed_on,
                fallback_days=terms.fallback_days,
            )
        missing = NONE
        if loan.agreed == StockLoan.Settled.KIND:
            own = wanted.get(borrower, ())
            missing = arithmetic.missing_on(own, held=held[borrower], owed=loan.out, on=date.on)
        result.append(Day(loan.pk, loan.out, date.on, date.need, missing))
    return sorted(result, key=lambda row: (row.return_on, row.loan_id))


def with_loans(found: Sequence[Day], *, as_of: datetime.date) -> list[Outlook]:
    """The same with the loans, in the same order. One query."""
    loans = StockLoan.objects.select_related("lender__user", "borrower__user", "item__base_unit")
    loans = loans.in_bulk([day.loan_id for day in found])
    return [Outlook(**vars(day), loan=loans[day.loan_id], as_of=as_of) for day in found]


def outlooks(rows: QuerySet[StockLoan], *, as_of: datetime.date) -> list[Outlook]:
    """The outlook of running loans, those to be back first in front. Six queries, however many loans there are."""
    return with_loans(days(rows, as_of=as_of), as_of=as_of)
