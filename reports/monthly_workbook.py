"""The monthly report as a workbook: one sheet per book, and a summary whose figures are formulas over them.

Under the summary stand the checks: every difference there is a formula and must be 0.
"""

import io

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.workbook import COMPUTED, Cell, Column, Difference, Formula, Named, Result, Section, Sheet, build
from ledger import chart
from ledger.models import Unit
from reports.statements import ASSET, EQUITY, EXPENSE, INCOME, LIABILITY, Month
from reports.summary import CHECKED, SAVINGS, short, summary

UNITS = [Unit.USP, Unit.UMUM]


def workbook(month: Month) -> io.BytesIO:
    """The workbook of the month, open at its beginning."""
    sheets = [
        _summary(month),
        *(_trial_balance(month, unit) for unit in UNITS),
        _balance_sheet(month),
        _income_statement(month),
        *(_cash_book(month, unit) for unit in UNITS),
        _savings(month),
    ]
    return build(sheets, on=month.last)


def _lead(month, unit=None):
    span = _("{month}, as at {last}, in rupiah (Rp)").format(
        month=date_format(month.month, "F Y"), last=date_format(month.last, "j F Y")
    )
    return f"{Unit(unit).label.capitalize()} · {span}" if unit else span


def _amount(heading, name, **more):
    return Column(heading, "rupiah", name=name, **more)


# -- the books -------------------------------------------------------------------------------------------------------


def _trial_balance(month, unit):
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
        for account in month.accounts[unit]
        if account.is_used or account.code in CHECKED
    ]
    columns = [
        Column(_("Code"), width=8),
        Column(_("Account"), width=34),
        _amount(_("Opening\ndebit"), "opening_debit"),
        _amount(_("Opening\ncredit"), "opening_credit"),
        _amount(_("Month\ndebit"), "debit"),
        _amount(_("Month\ncredit"), "credit"),
        _amount(_("Closing\ndebit"), "closing_debit"),
        _amount(_("Closing\ncredit"), "closing_credit"),
    ]
    return Sheet(
        _("Trial balance {unit}").format(unit=short(unit)),
        columns,
        rows,
        heading=_("Trial balance"),
        lead=_lead(month, unit),
        name=f"trial_{unit}",
    )


def _balance_sheet(month):
    columns = [
        Column(_("Code"), width=8),
        Column(_("Account"), width=44),
        *(_amount(short(unit), unit) for unit in UNITS),
        _amount(_("Both units"), "all", plus=UNITS),
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
        results.insert(0, ["", _("SHU of earlier years, not yet distributed"), *earlier, COMPUTED])
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
        lead=_lead(month),
        name="position",
        totals=False,
        rank=1,
        portrait=True,
    )


def _income_statement(month):
    columns = [Column(_("Code"), width=8), Column(_("Account"), width=34)]
    spans = {"month": _("this month"), "year": _("this year")}
    for unit in UNITS:
        columns += [_amount(f"{short(unit)}\n{label}", f"{unit}_{span}") for span, label in spans.items()]
    together = _("Both units")
    columns += [
        _amount(f"{together}\n{label}", f"all_{span}", plus=[f"{unit}_{span}" for unit in UNITS])
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
        lead=_lead(month),
        name="income",
        totals=False,
    )


def _cash_book(month, unit):
    names = {chart.CASH: _("Cash"), chart.BANK: _("Bank")}
    book = month.cash[unit]
    opening = [month.month, "", _("Opening balance"), "", None, None, book.opening]
    columns = [
        Column(_("Date"), "date"),
        Column(_("Paper"), width=22),
        Column(_("What for"), width=46),
        Column(_("Where"), width=8),
        _amount(_("In"), "in"),
        _amount(_("Out"), "out"),
        _amount(_("Balance"), "balance", running=True, plus=["in"], minus=["out"]),
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
        lead=_lead(month, unit),
        name=f"cash_{unit}",
    )


def _savings(month):
    kinds = {"principal": _("Principal"), "mandatory": _("Mandatory"), "voluntary": _("Voluntary")}
    columns = [Column(_("No."), "rank"), Column(_("Member"), width=28)]
    opening, came_in, went_out, closing = _("opening"), _("in"), _("out"), _("closing")
    for kind, label in kinds.items():
        columns += [
            _amount(f"{label}\n{opening}", f"{kind}_opening", width=12),
            _amount(f"{label}\n{came_in}", f"{kind}_in", width=12),
            _amount(f"{label}\n{went_out}", f"{kind}_out", width=12),
            _amount(
                f"{label}\n{closing}", kind, plus=[f"{kind}_opening", f"{kind}_in"], minus=[f"{kind}_out"], width=12
            ),
        ]
    columns.append(_amount(_("Savings\nclosing"), "all", plus=list(kinds)))
    rows = []
    for member in month.savings:
        figures = []
        for kind in kinds:
            figures += [*(getattr(member, f"{kind}_{figure}") for figure in ("opening", "in", "out")), COMPUTED]
        rows.append([member.number, member.name, *figures, COMPUTED])
    return Sheet(
        _("Savings"), columns, rows, heading=_("Savings per member"), lead=_lead(month, Unit.USP), name="savings"
    )


# -- the summary -----------------------------------------------------------------------------------------------------


def _summary(month):
    columns = [
        Column(_("What"), width=46),
        *(_amount(short(unit), unit, total=False) for unit in UNITS),
        _amount(_("Both units"), "all", plus=UNITS, total=False),
    ]
    rows = [
        Section(
            group.title,
            [
                Named(line.key, [line.label, *(_formula(line.key, unit) for unit in UNITS), COMPUTED])
                for line in group.lines
            ],
        )
        for group in summary(month)
    ]
    rows.append(Section(_("Checks: every difference must be 0"), [list(check) for check in _checks(month)]))
    return Sheet(
        _("Summary"),
        columns,
        rows,
        heading=_("Monthly report {month}").format(month=date_format(month.month, "F Y")),
        lead=_lead(month),
        name="summary",
        totals=False,
        rank=2,
        portrait=True,
        notes=[_("The figures of this sheet are formulas over the other sheets.")],
    )


def _formula(key, unit):
    """Where on the other sheets a figure of the summary stands; None where the unit has no such figure."""
    cash, result = f"cash_{unit}", "income"
    cells = {
        "cash_opening": Formula([Cell(cash, "opening", "balance")]),
        "cash_in": Formula([Cell(cash, "total", "in")]),
        "cash_out": Formula([Cell(cash, "total", "out")]),
        "cash_closing": _cash_closing(unit),
        "assets": Formula([Cell("position", "assets", unit)]),
        "liabilities": Formula([Cell("position", "liabilities", unit)]),
        "equity": Formula([Cell("position", "equity", unit)]),
        "income_month": Formula([Cell(result, "income", f"{unit}_month")]),
        "expenses_month": Formula([Cell(result, "expenses", f"{unit}_month")]),
        "result_month": Formula([Cell(result, "result", f"{unit}_month")]),
        "result_year": Formula([Cell(result, "result", f"{unit}_year")]),
    }
    if unit == Unit.USP:
        cells |= {f"savings_{kind}": Formula([Cell("savings", "total", kind)]) for kind in SAVINGS}
    return cells.get(key)


def _cash_closing(unit):
    cash = f"cash_{unit}"
    return Formula([Cell(cash, "opening", "balance"), Cell(cash, "total", "in")], [Cell(cash, "total", "out")])


def _checks(month):
    """Sentences with a difference per unit; all of them 0 in sound books."""

    def each(label, formula):
        return [label, *(formula(unit) for unit in UNITS), None]

    def books(unit, code):
        return Cell(f"trial_{unit}", code, "closing_debit"), Cell(f"trial_{unit}", code, "closing_credit")

    yield each(
        _("Trial balance: debit less credit"),
        lambda unit: Difference(
            [Cell(f"trial_{unit}", "total", "closing_debit")], [Cell(f"trial_{unit}", "total", "closing_credit")]
        ),
    )
    yield each(
        _("Financial position: assets less liabilities and own capital"),
        lambda unit: Difference([Cell("position", "assets", unit)], [Cell("position", "sources", unit)]),
    )

    def cash(unit):
        closing, sides = _cash_closing(unit), [books(unit, code) for code in (chart.CASH, chart.BANK)]
        return Difference(
            [*closing.plus, *(credit for _debit, credit in sides)],
            [*closing.minus, *(debit for debit, _credit in sides)],
        )

    yield each(_("Cash book less cash and bank in the trial balance"), cash)
    for kind, code in SAVINGS.items():
        debit, credit = books(Unit.USP, code)
        label = _("Savings per member less the trial balance: {kind}").format(
            kind={"principal": _("principal"), "mandatory": _("mandatory"), "voluntary": _("voluntary")}[kind]
        )
        yield [label, Difference([Cell("savings", "total", kind), debit], [credit]), None, None]
