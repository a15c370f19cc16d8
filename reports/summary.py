"""What the first page of the monthly report says, in order: for the screen, the workbook and the paper alike."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ledger import chart
from ledger.chart import ASSET, EXPENSE, INCOME, LIABILITY
from ledger.models import Unit
from reports.statements import Month

CHECKED = {
    chart.CASH,
    chart.BANK,
    chart.LOANS_RECEIVABLE,
    chart.VOLUNTARY_SAVINGS,
    chart.TERM_SAVINGS,
    chart.PRINCIPAL_SAVINGS,
    chart.MANDATORY_SAVINGS,
    chart.DUES,
    chart.MAKERS_PAYABLE,
}
"""Accounts that stand in the trial balance even when empty, because checks compare with them."""


def short(unit: str) -> str:
    """The unit on a tab and over a column, where its whole name is too long."""
    return {Unit.USP: "USP", Unit.UMUM: _("General")}[unit]


SAVINGS = {
    "principal": chart.PRINCIPAL_SAVINGS,
    "mandatory": chart.MANDATORY_SAVINGS,
    "voluntary": chart.VOLUNTARY_SAVINGS,
    "term": chart.TERM_SAVINGS,
}


@dataclass(frozen=True)
class Line:
    """A figure per unit; None where the unit keeps no such book. `key` is how the workbook finds its formula."""

    key: str
    label: str
    usp: int | None
    umum: int | None
    is_sum: bool = False

    @property
    def together(self) -> int:
        return (self.usp or 0) + (self.umum or 0)


@dataclass(frozen=True)
class Group:
    """`key` is also the anchor on the page, where figures of both units together lead."""

    key: str
    title: str
    lines: list[Line]


def summary(month: Month) -> list[Group]:
    """The figures of the month, group by group."""

    def line(key, label, figure, **more):
        return Line(key, label, figure("usp"), figure("umum"), **more)

    cash = month.cash
    groups = [
        Group(
            "cash",
            _("Cash and bank"),
            [
                line("cash_opening", _("Opening balance"), lambda unit: cash[unit].opening),
                line("cash_in", _("Received"), lambda unit: cash[unit].received),
                line("cash_out", _("Paid out"), lambda unit: cash[unit].paid),
                line("cash_closing", _("Closing balance"), lambda unit: cash[unit].closing, is_sum=True),
            ],
        ),
        Group(
            "position",
            _("Financial position"),
            [
                line("assets", _("Assets"), lambda unit: month.total(unit, ASSET)),
                line("liabilities", _("Liabilities"), lambda unit: month.total(unit, LIABILITY)),
                line("equity", _("Own capital"), month.own_capital),
            ],
        ),
        Group(
            "income",
            _("Income and expenses"),
            [
                line("income_month", _("Income this month"), lambda unit: month.total(unit, INCOME, "in_month")),
                line("expenses_month", _("Expenses this month"), lambda unit: month.total(unit, EXPENSE, "in_month")),
                line("result_month", _("SHU this month"), lambda unit: month.result(unit, "in_month"), is_sum=True),
                line("result_year", _("SHU since January"), lambda unit: month.result(unit, "in_year"), is_sum=True),
            ],
        ),
        Group(
            "savings",
            _("Members' savings"),
            [
                Line("savings_principal", _("Principal savings"), _savings(month, "principal"), None),
                Line("savings_mandatory", _("Mandatory savings"), _savings(month, "mandatory"), None),
                Line("savings_voluntary", _("Voluntary savings"), _savings(month, "voluntary"), None),
                Line("savings_term", _("Term savings"), _savings(month, "term"), None),
                *_interest(month),
            ],
        ),
        Group(
            "loans",
            _("Loans to members"),
            [
                Line("loans_disbursed", _("Paid out this month"), sum(loan.disbursed for loan in month.loans), None),
                Line("loans_paid", _("Principal paid back"), sum(loan.paid_principal for loan in month.loans), None),
                *_new_terms(month),
                *_given_up(month),
                Line("loans_closing", _("Principal still out"), _principal_out(month), None, is_sum=True),
                Line("loans_late", _("of it overdue"), sum(row.overdue_principal for row in month.arrears), None),
                Line("interest_late", _("Interest overdue"), sum(row.overdue_interest for row in month.arrears), None),
                *_classes(month),
            ],
        ),
        Group(
            "together",
            _("Dues and surplus work"),
            [
                Line("dues_month", _("Dues this month"), None, sum(row.received - row.reversed for row in month.dues)),
                Line("dues_owed", _("Dues still owed"), None, sum(row.owed for row in month.unpaid_dues)),
                Line(
                    "makers_waiting",
                    _("Waits to be paid to makers"),
                    None,
                    sum(row.paid_in - row.paid_out for row in month.surplus),
                ),
            ],
        ),
    ]
    return groups


def _principal_out(month):
    return sum(
        loan.opening + loan.disbursed + loan.added - loan.paid_principal - loan.written_off for loan in month.loans
    )


def _new_terms(month):
    amount = sum(loan.added for loan in month.loans)
    return [Line("loans_added", _("Added by new terms"), amount, None)] if amount else []


def _classes(month):
    if not month.classes:
        return []
    bad = sum(loan.outstanding for loan in month.classes if loan.is_bad)
    aside = sum(loan.provision for loan in month.classes)
    return [
        Line("loans_bad", _("Non-performing principal"), bad, None),
        Line("set_aside", _("To be set aside for losses"), aside, None),
    ]


def _interest(month):
    if not month.interest:
        return []
    return [
        Line("savings_interest", _("Interest on savings this month"), sum(row.gross for row in month.interest), None),
        Line("tax_withheld", _("Tax withheld of it"), sum(row.tax for row in month.interest), None),
    ]


def _given_up(month):
    amount = sum(loan.written_off for loan in month.loans)
    return [Line("loans_written_off", _("Principal written off"), amount, None)] if amount else []


def _savings(month, kind):
    return sum(
        getattr(row, f"{kind}_opening") + getattr(row, f"{kind}_in") - getattr(row, f"{kind}_out")
        for row in month.savings
    )


@dataclass(frozen=True)
class Figure:
    """One of the large numbers on top of the page, with its last twelve months; `key` is the group it sums."""

    key: str
    label: str
    value: int
    trend: list[int]


def figures(month: Month, course: list) -> list[Figure]:
    """What the treasurer looks at first; `course` as `queries.course` gives it."""

    def together(figure):
        return sum(figure(unit) for unit in month.units)

    def trend(figure):
        return [figure(row) for row in course]

    loans = month.account(Unit.USP, chart.LOANS_RECEIVABLE)
    return [
        Figure(
            "cash",
            _("Cash and bank"),
            together(lambda unit: month.cash[unit].closing),
            trend(lambda row: row.cash),
        ),
        Figure(
            "savings",
            _("Members' savings"),
            sum(month.account(Unit.USP, code).balance for code in SAVINGS.values()),
            trend(lambda row: row.savings),
        ),
        Figure("loans", _("Loans out with members"), loans.balance, trend(lambda row: row.loans)),
        Figure(
            "income",
            _("SHU this month"),
            together(lambda unit: month.result(unit, "in_month")),
            trend(lambda row: row.income - row.expenses),
        ),
    ]
