"""Statements of a whole unit: trial balance, income statement, balance sheet, cash book."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core import sql
from ledger import chart


@dataclass(frozen=True)
class TrialBalanceRow:
    """An account with its balance in the column where it stands."""

    account_id: int
    code: str
    name: str
    kind: str
    debit: int
    credit: int


def trial_balance(unit: str, *, as_of: datetime.date) -> list[TrialBalanceRow]:
    """Every account of the unit with its balance at the end of `as_of`; both columns add up to the same."""
    return [
        TrialBalanceRow(
            row.account_id, row.code, _(row.name), row.kind, debit=max(row.balance, 0), credit=max(-row.balance, 0)
        )
        for row in sql.rows("ledger/sql/balances.sql", unit=unit, as_of=as_of)
    ]


@dataclass(frozen=True)
class Amount:
    """An account in a statement, with its balance or movement in the sign of its group (assets: debit is plus)."""

    account_id: int
    code: str
    name: str
    amount: int


def _total(rows: list[Amount]) -> int:
    return sum(row.amount for row in rows)


@dataclass(frozen=True)
class IncomeStatement:
    """Perhitungan hasil usaha of a span of days."""

    income: list[Amount]
    expenses: list[Amount]

    @property
    def total_income(self) -> int:
        return _total(self.income)

    @property
    def total_expenses(self) -> int:
        return _total(self.expenses)

    @property
    def result(self) -> int:
        return self.total_income - self.total_expenses


def income_statement(unit: str, *, first: datetime.date, last: datetime.date) -> IncomeStatement:
    """Income and expenses of `unit` from `first` to `last`, both included; accounts that did not move are left out."""
    groups = {chart.INCOME: [], chart.EXPENSE: []}
    for row in movements(unit, first=first, last=last):
        if row.kind in groups and (row.debit or row.credit):
            amount = chart.signed(chart.NORMAL_SIDE[row.kind], row.debit - row.credit)
            groups[row.kind].append(Amount(row.account_id, row.code, _(row.name), amount))
    return IncomeStatement(groups[chart.INCOME], groups[chart.EXPENSE])


@dataclass(frozen=True)
class BalanceSheet:
    """Laporan posisi keuangan. Income and expenses are never emptied into own capital: what they left is shown.

    As the result of `earlier` years and of `this_year`; what the meeting has divided stands against it (3401).
    """

    assets: list[Amount]
    liabilities: list[Amount]
    equity: list[Amount]
    earlier: int
    this_year: int

    @property
    def result(self) -> int:
        return self.earlier + self.this_year

    @property
    def total_assets(self) -> int:
        return _total(self.assets)

    @property
    def total_liabilities(self) -> int:
        return _total(self.liabilities)

    @property
    def total_equity(self) -> int:
        return _total(self.equity) + self.result

    @property
    def total_liabilities_and_equity(self) -> int:
        return self.total_liabilities + self.total_equity


def balance_sheet(unit: str, *, as_of: datetime.date) -> BalanceSheet:
    """What the unit owns and owes at the end of `as_of`; contra accounts stand with a minus among the assets."""
    groups = {kind: [] for kind in chart.NORMAL_SIDE}
    for row in sql.rows("ledger/sql/balances.sql", unit=unit, as_of=as_of):
        if row.balance:
            amount = chart.signed(chart.NORMAL_SIDE[row.kind], row.balance)
            groups[row.kind].append(Amount(row.account_id, row.code, _(row.name), amount))
    this_year = income_statement(unit, first=as_of.replace(month=1, day=1), last=as_of).result
    return BalanceSheet(
        groups[chart.ASSET],
        groups[chart.LIABILITY],
        groups[chart.EQUITY],
        earlier=_total(groups[chart.INCOME]) - _total(groups[chart.EXPENSE]) - this_year,
        this_year=this_year,
    )


def movements(unit: str, *, first: datetime.date, last: datetime.date) -> list:
    """Debit and credit of every account of the unit from `first` to `last`, reversals taken from what they undo."""
    return sql.rows("ledger/sql/movements.sql", unit=unit, first=first, last=last)


@dataclass(frozen=True)
class CashBook:
    """Buku kas: cash and bank together, oldest first, with the balance after each row."""

    opening: int
    rows: list

    @property
    def received(self) -> int:
        return sum(row.received for row in self.rows)

    @property
    def paid(self) -> int:
        return sum(row.paid for row in self.rows)

    @property
    def closing(self) -> int:
        return self.opening + self.received - self.paid


def cash_book(
    unit: str, *, first: datetime.date, last: datetime.date, codes: tuple[str, ...] = chart.MONEY
) -> CashBook:
    """What came in and went out from `first` to `last`. A row has date, reference, memo, receipt, received, paid."""
    before = first - datetime.timedelta(days=1)
    held = sql.rows("ledger/sql/balances.sql", unit=unit, as_of=before)
    opening = sum(row.balance for row in held if row.code in codes)
    return CashBook(
        opening,
        sql.rows("ledger/sql/cash_book.sql", unit=unit, codes=list(codes), opening=opening, first=first, last=last),
    )
