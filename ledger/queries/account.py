"""Balances and statements of single accounts, each as at a date."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from core import sql
from ledger import chart
from ledger.models import Account, Unit
from members.models import Member


def account_balance(unit: str, code: str, *, as_of: datetime.date) -> int:
    """What the account holds at the end of `as_of`, positive on its normal side."""
    return chart.signed(
        chart.SIDES[code], sql.value("ledger/sql/account_balance.sql", unit=unit, code=code, as_of=as_of)
    )


def balances(unit: str, *, as_of: datetime.date) -> dict[str, int]:
    """What every account of a unit holds at the end of `as_of`, by its code, positive on its normal side."""
    return {
        row.code: chart.signed(row.side, row.balance)
        for row in sql.rows("ledger/sql/balances.sql", unit=unit, as_of=as_of)
    }


def member_balance(member: Member, unit: str, code: str, *, as_of: datetime.date) -> int:
    """What `member` has on the account at the end of `as_of`, positive on its normal side."""
    return chart.signed(
        chart.SIDES[code],
        sql.value("ledger/sql/member_balance.sql", member=member.pk, unit=unit, code=code, as_of=as_of),
    )


def member_balances(unit: str, code: str, *, as_of: datetime.date) -> dict[int, int]:
    """The same for every member who ever had a line on the account: `{member_id: amount}`."""
    return {
        row.member_id: chart.signed(chart.SIDES[code], row.balance)
        for row in sql.rows("ledger/sql/member_balances.sql", unit=unit, code=code, as_of=as_of)
    }


@dataclass(frozen=True)
class ChartRow:
    """An account of the chart with what it holds in each unit, positive on its normal side."""

    code: str
    name: str
    usp_id: int
    usp: int
    umum_id: int
    umum: int

    @property
    def together(self) -> int:
        return self.usp + self.umum


@dataclass(frozen=True)
class ChartGroup:
    """The accounts of one kind. Sums are positive on the side where the kind grows; contra accounts count against."""

    kind: str
    rows: list[ChartRow]
    usp: int
    umum: int

    @property
    def together(self) -> int:
        return self.usp + self.umum


def chart_of_accounts(*, as_of: datetime.date) -> list[ChartGroup]:
    """The whole chart, kind by kind, with the balances of both units at the end of `as_of`."""
    usp, umum = (sql.rows("ledger/sql/balances.sql", unit=unit, as_of=as_of) for unit in (Unit.USP, Unit.UMUM))
    pairs = list(zip(usp, umum, strict=True))
    return [
        ChartGroup(
            kind=label,
            rows=[
                ChartRow(
                    left.code,
                    _(left.name),
                    left.account_id,
                    chart.signed(left.side, left.balance),
                    right.account_id,
                    chart.signed(right.side, right.balance),
                )
                for left, right in pairs
                if left.kind == kind
            ],
            usp=sum(chart.signed(chart.NORMAL_SIDE[kind], row.balance) for row in usp if row.kind == kind),
            umum=sum(chart.signed(chart.NORMAL_SIDE[kind], row.balance) for row in umum if row.kind == kind),
        )
        for kind, label in Account.Kind.choices
    ]


class Statement:
    """The lines of an account from `first` to `last`, newest first, with a running balance.

    Nothing is read before it is asked for, and a slice reads no more than its rows: hand it to `page_of`.
    A row has date, reference, memo, member_name, debit, credit, balance, entry_id. Balances are positive on the
    account's normal side.
    """

    def __init__(self, account: Account, *, first: datetime.date, last: datetime.date):
        self.account, self.first, self.last = account, first, last
        self.scope = {"account": account.pk, "first": first, "last": last}

    @cached_property
    def closing(self) -> int:
        """The balance at the end of `last`."""
        where = {"unit": self.account.unit, "code": self.account.code, "as_of": self.last}
        balance = sql.value("ledger/sql/account_balance.sql", **where)
        return chart.signed(self.account.side, balance)

    @property
    def opening(self) -> int:
        """The balance at the start of `first`."""
        return self.closing - chart.signed(self.account.side, self.debit - self.credit)

    @property
    def debit(self) -> int:
        return self._totals.debit

    @property
    def credit(self) -> int:
        return self._totals.credit

    def count(self) -> int:
        return self._totals.count

    def __len__(self):
        return self._totals.count

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, part: slice) -> list:
        closing = chart.signed(self.account.side, self.closing)
        return [
            row._replace(balance=chart.signed(self.account.side, row.balance))
            for row in sql.rows(
                "ledger/sql/account_statement.sql",
                closing=closing,
                skip=part.start or 0,
                until=part.stop,
                **self.scope,
            )
        ]

    @cached_property
    def _totals(self):
        [row] = sql.rows("ledger/sql/account_totals.sql", **self.scope)
        return row


def account_statement(account: Account, *, first: datetime.date, last: datetime.date) -> Statement:
    return Statement(account, first=first, last=last)
