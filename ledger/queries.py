"""Questions to the books, each as at a date. Closed months answer from their snapshots, open days from their lines."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Max, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from core import dates, sql
from ledger import chart
from ledger.models import Account, Entry, Line, Period, Unit
from members.models import Member

SIDES = {account.code: account.side for account in chart.CHART}


# -- one figure ------------------------------------------------------------------------------------------------------


def account_balance(unit: str, code: str, *, as_of: datetime.date) -> int:
    """What the account holds at the end of `as_of`, positive on its normal side."""
    return _signed(SIDES[code], sql.value("ledger/sql/account_balance.sql", unit=unit, code=code, as_of=as_of))


def member_balance(member: Member, unit: str, code: str, *, as_of: datetime.date) -> int:
    """What `member` has on the account at the end of `as_of`, positive on its normal side."""
    return _signed(
        SIDES[code], sql.value("ledger/sql/member_balance.sql", member=member.pk, unit=unit, code=code, as_of=as_of)
    )


def member_balances(unit: str, code: str, *, as_of: datetime.date) -> dict[int, int]:
    """The same for every member who ever had a line on the account: `{member_id: amount}`."""
    return {
        row.member_id: _signed(SIDES[code], row.balance)
        for row in sql.rows("ledger/sql/member_balances.sql", unit=unit, code=code, as_of=as_of)
    }


# -- statements of the whole -----------------------------------------------------------------------------------------


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
            amount = _signed(chart.NORMAL_SIDE[row.kind], row.debit - row.credit)
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
            amount = _signed(chart.NORMAL_SIDE[row.kind], row.balance)
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
    """Debit and credit of every account of the unit from `first` to `last`."""
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
    unit: str, *, first: datetime.date, last: datetime.date, codes: tuple[str, ...] = (chart.CASH, chart.BANK)
) -> CashBook:
    """What came in and went out from `first` to `last`. A row has date, reference, memo, receipt, received, paid."""
    before = first - datetime.timedelta(days=1)
    opening = sum(account_balance(unit, code, as_of=before) for code in codes)
    return CashBook(
        opening,
        sql.rows("ledger/sql/cash_book.sql", unit=unit, codes=list(codes), opening=opening, first=first, last=last),
    )


# -- lists of the books ----------------------------------------------------------------------------------------------


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
                    _signed(left.side, left.balance),
                    right.account_id,
                    _signed(right.side, right.balance),
                )
                for left, right in pairs
                if left.kind == kind
            ],
            usp=sum(_signed(chart.NORMAL_SIDE[kind], row.balance) for row in usp if row.kind == kind),
            umum=sum(_signed(chart.NORMAL_SIDE[kind], row.balance) for row in umum if row.kind == kind),
        )
        for kind, label in Account.Kind.choices
    ]


def journal() -> QuerySet[Entry]:
    """Every entry, newest first, with its lines and its amount (the sum of one side)."""
    amount = Line.objects.filter(entry=OuterRef("pk")).values("entry").annotate(sum=Sum("debit")).values("sum")
    lines = Line.objects.select_related("account").order_by("pk")
    return (
        Entry.objects.annotate(amount=Subquery(amount))
        .prefetch_related(Prefetch("lines", lines))
        .order_by("-date", "-pk")
    )


def entry_amount(entry: Entry) -> int:
    return entry.lines.aggregate(sum=Sum("debit"))["sum"] or 0


def months() -> list[dict]:
    """Per unit: its months, newest year first, and the one to close next."""
    periods = list(Period.objects.select_related("closed_by").order_by("month"))
    found = []
    for unit in Unit:
        mine = [period for period in periods if period.unit == unit]
        years = sorted({period.month.year for period in mine}, reverse=True)
        found.append(
            {
                "unit": unit,
                "next_to_close": next((period for period in mine if not period.is_closed), None),
                "years": [(year, [p for p in mine if p.month.year == year]) for year in years],
            }
        )
    return found


def month(period: Period) -> dict:
    """What a month holds: entries, lines, and the sums of both sides."""
    lines = Line.objects.filter(account__unit=period.unit, date__range=(period.month, dates.month_end(period.month)))
    return lines.aggregate(
        entries=Count("entry", distinct=True),
        lines=Count("pk"),
        debit=Sum("debit", default=0),
        credit=Sum("credit", default=0),
    )


def next_year(unit: str) -> int | None:
    """The year that would be opened next, None where the unit has no books yet."""
    last = Period.objects.filter(unit=unit).aggregate(last=Max("month"))["last"]
    return last and last.year + 1


# -- statements of one account ---------------------------------------------------------------------------------------


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
        return _signed(self.account.side, balance)

    @property
    def opening(self) -> int:
        """The balance at the start of `first`."""
        return self.closing - _signed(self.account.side, self.debit - self.credit)

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
        closing = _signed(self.account.side, self.closing)
        return [
            row._replace(balance=_signed(self.account.side, row.balance))
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


def _signed(side: str, balance: int) -> int:
    """Debit − credit turned into the sign of the side where it grows; doing it twice gives the same again."""
    return balance if side == chart.DEBIT else -balance
