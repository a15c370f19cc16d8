"""The accounts of money: cash and the bank accounts, with what the books have on each."""

import datetime
from dataclasses import dataclass

from ledger import chart
from ledger import queries as ledger
from ledger.models import Account, Unit
from treasury.models import BankAccount


def open_accounts(*, as_of: datetime.date, unit: str = "") -> list[BankAccount]:
    """The bank accounts that are used on a day, in the order of their codes."""
    rows = BankAccount.objects.open(as_of=as_of).select_related("account")
    return list((rows.filter(unit=unit) if unit else rows).order_by("unit", "account__code"))


def money_accounts(unit: str = "") -> list[Account]:
    """Cash and every account at a bank, of one unit or of both."""
    rows = Account.objects.filter(code__in=chart.MONEY)
    return list((rows.filter(unit=unit) if unit else rows).select_related("bank_account").order_by("unit", "code"))


def name_of(account: Account) -> str:
    """An account of money as people say it: its bank and number, or cash, and whose it is."""
    bank = getattr(account, "bank_account", None)
    return f"{bank or account.title}, {account.get_unit_display()}"


@dataclass(frozen=True)
class Holding:
    """What one account of money holds by the books."""

    account: Account
    balance: int

    @property
    def name(self) -> str:
        bank = getattr(self.account, "bank_account", None)
        return str(bank) if bank else self.account.title

    @property
    def is_cash(self) -> bool:
        return self.account.code == chart.CASH


def holdings(*, as_of: datetime.date) -> list[tuple[str, list[Holding]]]:
    """Unit by unit, what is in cash and at banks; a bank without an account of its own shows once it holds money."""
    found = {unit.label: [] for unit in Unit}
    balances = {unit: ledger.balances(unit, as_of=as_of) for unit in Unit.values}
    for account in money_accounts():
        balance = balances[account.unit][account.code]
        if balance or account.code == chart.CASH or hasattr(account, "bank_account"):
            found[Unit(account.unit).label].append(Holding(account, balance))
    return list(found.items())
