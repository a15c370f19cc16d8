"""What is due of running loans on a day, and which of them are late; the list of arrears a page at a time.

What is due of one loan is `Position.due`; here it is one statement for many loans, and a test holds them together.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from phonenumber_field.phonenumber import PhoneNumber

from core import sql
from loans.arithmetic.schedule import Method
from loans.models import Loan
from loans.queries.position import positions
from members.models import Member


@dataclass(frozen=True)
class LoanStanding:
    """A running loan on a day: what is due of it and since when. Late is what was due before the day."""

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
    """how many it is late; 0 for what falls due on the day"""
    instalments: int
    principal: int
    interest: int
    fee: int
    penalty: int
    due: int
    """the four together: what the member is asked for on the day"""
    overdue_principal: int
    overdue_interest: int
    outstanding: int

    @property
    def phone(self) -> PhoneNumber | str:
        """Read when it is shown: that takes longer than to find the loan."""
        return PhoneNumber.from_string(self.phone_as_kept) if self.phone_as_kept else ""


def due(
    *, as_of: datetime.date, member: Member | None = None, loans: Sequence[int] | None = None
) -> list[LoanStanding]:
    """Loans of which something is due on `as_of`, the oldest first: all, of a member, or among `loans`. One query."""
    return _standings(as_of=as_of, loans=_of(member, loans), only_due=True, only_late=False)


def arrears(
    *, as_of: datetime.date, member: Member | None = None, loans: Sequence[int] | None = None
) -> list[LoanStanding]:
    """Those of them with something past its due day, the longest late first. A page of the list is `Arrears`."""
    return _standings(as_of=as_of, loans=_of(member, loans), only_due=True, only_late=True)


def standings(*, as_of: datetime.date) -> list[LoanStanding]:
    """Every running loan on `as_of`, with zeros where nothing is due. One query."""
    return _standings(as_of=as_of, loans=None, only_due=False, only_late=False)


def _of(member, loans) -> list[int] | None:
    if member is None:
        return None if loans is None else list(loans)
    return list(Loan.objects.filter(member=member).values_list("pk", flat=True))


def _standings(*, as_of, loans, only_due, only_late) -> list[LoanStanding]:
    found = sql.rows("loans/sql/arrears.sql", as_of=as_of, loans=loans, only_due=only_due, only_late=only_late)
    by_days = _standings_by_days([row.loan_id for row in found if row.method == Method.DAILY], as_of)
    standings = [
        LoanStanding(
            **{name: getattr(row, name) for name in row._fields if name not in ("method", "phone", "product_id")}
            | {"phone_as_kept": row.phone}
            | by_days.get(row.loan_id, {})
        )
        for row in found
    ]
    if not by_days:
        return standings
    kept = [each for each in standings if not only_due or (each.due and (each.days or not only_late))]
    return sorted(kept, key=lambda each: (each.first_due_on or datetime.date.max, each.name, each.number))


def _standings_by_days(loans: list[int], as_of) -> dict[int, dict]:
    """By the daily method the plan does not say what is owed: what does, for these loans, in two queries."""
    if not loans:
        return {}
    rows = Loan.objects.filter(pk__in=loans).select_related("rules")
    return {
        pk: {
            "first_due_on": position.first_due_on,
            "days": position.days_late,
            "instalments": len(position.due_rows),
            "principal": sum(row.owed_principal for row in position.due_rows),
            "interest": sum(row.owed_interest for row in position.due_rows),
            "fee": sum(row.owed_fee for row in position.due_rows),
            "penalty": sum(row.penalty for row in position.due_rows),
            "due": position.due,
            "overdue_principal": sum(row.owed_principal for row in position.late),
            "overdue_interest": sum(row.owed_interest for row in position.late),
        }
        for pk, position in positions(list(rows), as_of=as_of).items()
    }


SUMS = ("principal", "interest", "fee", "penalty", "due", "outstanding")


class Arrears(Sequence):
    """Loans late on `as_of`, the longest overdue first, and their `sums`; for a paginator.

    One query for order and sums, one for the loans of a page. Where loans run by the daily method the plan
    does not say what is late, so the list is read whole.
    """

    def __init__(self, *, as_of: datetime.date):
        self.as_of = as_of

    @cached_property
    def _head(self):
        return sql.rows("loans/sql/arrears_sums.sql", as_of=self.as_of, loans=None, only_due=True)[0]

    @cached_property
    def _whole(self) -> list[LoanStanding]:
        return arrears(as_of=self.as_of)

    def __len__(self) -> int:
        return len(self._whole) if self._head.by_days else len(self._head.loans)

    def __getitem__(self, wanted: slice) -> list[LoanStanding]:
        if self._head.by_days:
            return self._whole[wanted]
        return arrears(as_of=self.as_of, loans=self._head.loans[wanted])

    def __iter__(self) -> Iterator[LoanStanding]:
        return iter(self[:])

    @property
    def sums(self) -> dict[str, int]:
        """The foot of the list."""
        if self._head.by_days:
            return sums(self._whole)
        return {name: getattr(self._head, name) for name in SUMS}


def sums(rows: Sequence[LoanStanding]) -> dict[str, int]:
    return {name: sum(getattr(row, name) for row in rows) for name in SUMS}
