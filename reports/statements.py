"""A month of the cooperative's books as figures. Nothing here asks the database or the clock.

Balances are debit less credit until `shown` turns them into the sign people expect of their kind of account.
"""

import datetime
from dataclasses import dataclass, field

from ledger.chart import EQUITY, EXPENSE, INCOME, NORMAL_SIDE, signed
from ledger.queries.statement import CashBook


@dataclass(frozen=True)
class AccountMonth:
    """An account in a month: what it brought into the year and the month, and what moved in the month."""

    account_id: int
    unit: str
    code: str
    name: str
    kind: str
    before_year: int
    before_month: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        return self.before_month + self.debit - self.credit

    @property
    def is_used(self) -> bool:
        return any((self.before_year, self.before_month, self.debit, self.credit))

    @property
    def balance(self) -> int:
        """At the end of the month, as a balance sheet shows it."""
        return self._shown(self.closing)

    @property
    def in_month(self) -> int:
        return self._shown(self.debit - self.credit)

    @property
    def in_year(self) -> int:
        """From 1 January to the end of the month."""
        return self._shown(self.closing - self.before_year)

    @property
    def in_earlier_years(self) -> int:
        return self._shown(self.before_year)

    def _shown(self, amount):
        return signed(NORMAL_SIDE[self.kind], amount)


@dataclass(frozen=True)
class Month:
    """Everything the monthly report says, gathered once; pages, workbook and paper only lay it out."""

    month: datetime.date
    last: datetime.date
    accounts: dict[str, list[AccountMonth]]
    cash: dict[str, CashBook]
    savings: list = field(default_factory=list)
    loans: list = field(default_factory=list)
    arrears: list = field(default_factory=list)
    dues: list = field(default_factory=list)
    unpaid_dues: list = field(default_factory=list)
    surplus: list = field(default_factory=list)
    classes: list = field(default_factory=list)
    interest: list = field(default_factory=list)
    is_provided: bool = False
    """Whether the month-end run has set aside what the classes ask for."""

    @property
    def units(self) -> list[str]:
        return list(self.accounts)

    def account(self, unit: str, code: str) -> AccountMonth:
        [found] = [account for account in self.accounts[unit] if account.code == code]
        return found

    def of_kind(self, unit: str, kind: str) -> list[AccountMonth]:
        return [account for account in self.accounts[unit] if account.kind == kind]

    def total(self, unit: str, kind: str, figure: str = "balance") -> int:
        """The sum of `balance`, `in_month`, `in_year` or `in_earlier_years` over a kind of account."""
        return sum(getattr(account, figure) for account in self.of_kind(unit, kind))

    def result(self, unit: str, figure: str) -> int:
        """Income less expenses (SHU before tax and distribution) `in_month`, `in_year` or `in_earlier_years`."""
        return self.total(unit, INCOME, figure) - self.total(unit, EXPENSE, figure)

    def own_capital(self, unit: str) -> int:
        """Equity with the result no meeting has distributed yet."""
        return self.total(unit, EQUITY) + self.result(unit, "balance")

    def rows(self, kind: str) -> list[tuple[str, str, dict[str, AccountMonth]]]:
        """The accounts of a kind that anything stands on, by code and name, each with its row in every unit."""
        found = {}
        for unit in self.units:
            for account in self.of_kind(unit, kind):
                found.setdefault(account.code, (account.name, {}))[1][unit] = account
        return [
            (code, name, units)
            for code, (name, units) in sorted(found.items())
            if any(account.is_used for account in units.values())
        ]
