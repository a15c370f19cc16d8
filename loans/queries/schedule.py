"""The schedules of a loan, to read."""

import datetime
from dataclasses import dataclass

from loans.arithmetic.schedule import Schedule, schedule
from loans.models import Instalment, Loan


def plan(loan: Loan, *, on: datetime.date | None = None) -> Schedule:
    """The schedule of the loan by its own rules: as it was made at disbursement, or as it would be on `on`."""
    return schedule(
        loan.rules.terms(principal=loan.principal, instalments=loan.instalments),
        disbursed_on=loan.disbursed_on or on,
        first_due_on=loan.first_due_on,
    )


@dataclass(frozen=True)
class StoredRow:
    """An instalment of a later schedule as it is printed: `balance` is owed after it."""

    number: int
    due_on: datetime.date
    principal: int
    interest: int
    fee: int
    balance: int

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fee


def stored_schedule(loan: Loan, version: int) -> list[StoredRow]:
    rows = list(Instalment.objects.filter(loan=loan, version=version).order_by("number"))
    balance, found = sum(row.principal for row in rows), []
    for row in rows:
        balance -= row.principal
        found.append(StoredRow(row.number, row.due_on, row.principal, row.interest, row.fee, balance))
    return found


def schedule_versions(loan: Loan) -> list[tuple[int, datetime.date | None]]:
    """Every schedule of the loan with the day it holds from, the newest first."""
    later = list(loan.versions.order_by("-version").values_list("version", "in_force_from"))
    return [*later, (1, loan.disbursed_on)]
