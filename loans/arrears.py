"""The list of loans that are late, a page at a time: of fifty thousand loans only those in arrears are looked at."""

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property

from core import sql
from loans.queries import LoanStanding, arrears

SUMS = ("overdue_principal", "overdue_interest", "overdue", "outstanding")


class Arrears(Sequence):
    """Loans late on `as_of`, the longest overdue first, and their `sums`; for a paginator.

    One query for order and sums, one for the loans of a page. Where loans run by the daily method the plan
    does not say what is late, so the list is read whole.
    """

    def __init__(self, *, as_of: datetime.date):
        self.as_of = as_of

    @cached_property
    def _head(self):
        return sql.rows("loans/sql/arrears_sums.sql", as_of=self.as_of, loans=None, only_late=True)[0]

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
