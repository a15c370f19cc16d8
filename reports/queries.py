"""What the reports read: everybody's models and queries, no services. A month costs the same number of questions

whatever stands in the books.
"""

import datetime

from core import dates, sql
from ledger import queries as ledger
from ledger.models import Period, Unit
from reports.statements import AccountMonth, CashMonth, Month


def month(first: datetime.date) -> Month:
    """All figures of the month that starts on `first`, in both units."""
    last = dates.month_end(first)
    return Month(
        month=first,
        last=last,
        accounts={unit: accounts(unit, first=first, last=last) for unit in Unit.values},
        cash={unit: cash(unit, first=first, last=last) for unit in Unit.values},
        savings=sql.rows("reports/sql/savings.sql", month=first, last=last),
    )


def accounts(unit: str, *, first: datetime.date, last: datetime.date) -> list[AccountMonth]:
    """Every account of the unit with its month, by code."""
    before_month = _balances(unit, as_of=first - datetime.timedelta(days=1))
    before_year = _balances(unit, as_of=datetime.date(first.year - 1, 12, 31))
    moved = {row.account_id: row for row in ledger.movements(unit, first=first, last=last)}
    return [
        AccountMonth(
            account_id=row.account_id,
            unit=unit,
            code=row.code,
            name=row.name,
            kind=row.kind,
            before_year=before_year[row.account_id].debit - before_year[row.account_id].credit,
            before_month=row.debit - row.credit,
            debit=moved[row.account_id].debit,
            credit=moved[row.account_id].credit,
        )
        for row in before_month.values()
    ]


def _balances(unit, *, as_of):
    return {row.account_id: row for row in ledger.trial_balance(unit, as_of=as_of)}


def cash(unit: str, *, first: datetime.date, last: datetime.date) -> CashMonth:
    book = ledger.cash_book(unit, first=first, last=last)
    return CashMonth(book.opening, book.rows)


def months(*, as_of: datetime.date) -> list[datetime.date]:
    """The months there are books for, newest first, up to that of `as_of`."""
    return list(Period.objects.filter(month__lte=as_of).order_by("-month").values_list("month", flat=True).distinct())
