"""The sheets of the ledger in the monthly workbook: trial balances, position, income statement, cash books."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import long_date, month_name
from core.workbook import COMPUTED, Cell, Column, Formula, Named, Result, Section, Sheet
from ledger.chart import ASSET, EQUITY, EXPENSE, INCOME, LIABILITY
from ledger.models import Unit
from reports.statements import AccountMonth, Month
from reports.summary import CHECKED, short

UNITS = [Unit.USP, Unit.UMUM]


def lead(month: Month, unit: str | None = None) -> str:
    """Under the heading of a sheet: whose books, which month, and that all of it is rupiah."""
    span = _("{month}, as at {last}, in rupiah (Rp)").format(month=month_name(month.month), last=long_date(month.last))
    return f"{capfirst(Unit(unit).label)} · {span}" if unit else span


def amount(heading: str, name: str, **more) -> Column:
    return Column(heading, "rupiah", name=name, **more)


def shown(month: Month, unit: str) -> list[AccountMonth]:
    """The accounts that the trial balance lists: those that were used, and those that formulas point at."""
    return [account for account in month.accounts[unit] if account.is_used or account.code in CHECKED]


def trial_balance(month: Month, unit: str) -> Sheet:
    rows = [
        Named(
            account.code,
            [
                account.code,
                account.name,
                max(account.before_month, 0),
                max(-account.before_month, 0),
                account.debit,
                account.credit,
                max(account.closing, 0),
                max(-account.closing, 0),
            ],
        )
        for account in shown(month, unit)
    ]
    columns = [
        Column(_("Code"), width=8),
        Column(_("Account"), width=34),
        amount(_("Opening\ndebit"), "opening_debit"),
        amount(_("Opening\ncredit"), "opening_credit"),
        amount(_("Month\ndebit"), "debit"),
        amount(_("Month\ncredit"), "credit"),
        amount(_("Closing\ndebit"), "closing_debit"),
        amount(_("Closing\ncredit"), "closing_credit"),
    ]
    return Sheet(
        _("Trial balance {unit}").format(unit=short(unit)),
        columns,
        rows,
        heading=_("Trial balance"),
        lead=lead(month, unit),
        name=f"trial_{unit}",
    )


def balance_sheet(month: Month) -> Sheet:
    columns = [
        Column(_("Code"), width=8),
        Column(_("Account"), width=44),
        *(amount(short(unit), unit) for unit in UNITS),
        amount(_("Both units"), "all", plus=UNITS),
    ]

    def rows(kind):
        return [
            [code, name, *(units[unit].balance for unit in UNITS), COMPUTED] for code, name, units in month.rows(kind)
        ]

    earlier = [month.result(unit, "in_earlier_years") for unit in UNITS]
    results = [
        ["", _("SHU of this year"), *(Formula([Cell("income", "result", f"{u}_year")]) for u in UNITS), COMPUTED]
    ]
    if any(earlier):
        results.insert(0, ["", _("SHU of earlier years"), *earlier, COMPUTED])
    return Sheet(
        _("Financial position"),
        columns,
        [
            Section(_("Assets"), rows(ASSET), _("Total assets"), "assets"),
            Section(_("Liabilities"), rows(LIABILITY), _("Total liabilities"), "liabilities"),
            Section(_("Own capital"), rows(EQUITY) + results, _("Total own capital"), "equity"),
            Result(_("Liabilities and own capital"), "sources", plus=["liabilities", "equity"]),
        ],
        heading=_("Financial position"),
        lead=lead(month),
        name="position",
        totals=False,
        rank=1,
        portrait=True,
    )


def income_statement(month: Month) -> Sheet:
    columns = [Column(_("Code"), width=8), Column(_("Account"), width=34)]
    spans = {"month": _("this month"), "year": _("this year")}
    for unit in UNITS:
        columns += [amount(f"{short(unit)}\n{label}", f"{unit}_{span}") for span, label in spans.items()]
    together = _("Both units")
    columns += [
        amount(f"{together}\n{label}", f"all_{span}", plus=[f"{unit}_{span}" for unit in UNITS])
        for span, label in spans.items()
    ]

    def rows(kind):
        for code, name, units in month.rows(kind):
            figures = [(units[unit].in_month, units[unit].in_year) for unit in UNITS]
            if any(map(any, figures)):
                yield [code, name, *figures[0], *figures[1], COMPUTED, COMPUTED]

    return Sheet(
        _("Income statement"),
        columns,
        [
            Section(_("Income"), rows(INCOME), _("Total income"), "income"),
            Section(_("Expenses"), rows(EXPENSE), _("Total expenses"), "expenses"),
            Result(_("SHU before distribution"), "result", plus=["income"], minus=["expenses"]),
        ],
        heading=_("Income statement (PHU)"),
        lead=lead(month),
        name="income",
        totals=False,
    )


def cash_book(month: Month, unit: str) -> Sheet:
    names = {account.code: _(account.name) for account in month.accounts[unit]}
    book = month.cash[unit]
    opening = [month.month, "", _("Opening balance"), "", None, None, book.opening]
    columns = [
        Column(_("Date"), "date"),
        Column(_("Paper"), width=22),
        Column(_("What for"), width=46),
        Column(_("Where"), width=8),
        amount(_("In"), "in"),
        amount(_("Out"), "out"),
        amount(_("Balance"), "balance", running=True, plus=["in"], minus=["out"]),
    ]
    lines = (
        [row.date, row.receipt or row.reference, row.memo, names[row.code], row.received, row.paid, COMPUTED]
        for row in book.rows
    )
    return Sheet(
        _("Cash book {unit}").format(unit=short(unit)),
        columns,
        [Named("opening", opening), *lines],
        heading=_("Cash book"),
        lead=lead(month, unit),
        name=f"cash_{unit}",
    )
