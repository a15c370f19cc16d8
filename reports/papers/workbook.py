"""The monthly report as a workbook: one sheet per book, and a summary whose figures are formulas over them.

Under the summary stand the checks: every difference there is a formula and must be 0.
"""

import io

from django.utils.translation import gettext as _

from core.dates import month_name
from core.workbook import COMPUTED, Cell, Column, Difference, Formula, Named, Section, Sheet, build
from ledger import chart
from ledger.models import Unit
from reports.papers import ledger_sheets, month_end_sheets, room_sheets
from reports.papers.ledger_sheets import UNITS
from reports.statements import Month
from reports.summary import SAVINGS, short, summary


def workbook(month: Month) -> io.BytesIO:
    """The workbook of the month, open at its beginning."""
    sheets = [
        _summary(month),
        *(ledger_sheets.trial_balance(month, unit) for unit in UNITS),
        ledger_sheets.balance_sheet(month),
        ledger_sheets.income_statement(month),
        *(ledger_sheets.cash_book(month, unit) for unit in UNITS),
        room_sheets.savings(month),
        room_sheets.loans(month),
        *month_end_sheets.sheets(month),
        room_sheets.dues(month),
        room_sheets.surplus(month),
    ]
    return build(sheets, on=month.last)


# -- the summary -----------------------------------------------------------------------------------------------------


def _summary(month):
    columns = [
        Column(_("What"), width=46),
        *(ledger_sheets.amount(short(unit), unit, total=False) for unit in UNITS),
        ledger_sheets.amount(_("Both units"), "all", plus=UNITS, total=False),
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
        heading=_("Monthly report {month}").format(month=month_name(month.month)),
        lead=ledger_sheets.lead(month),
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
        cells |= {key: Formula([Cell("loans", "total", column)]) for key, column in LOANS.items()}
        cells |= {key: Formula([Cell(sheet, "total", column)]) for key, (sheet, column) in MONTH_END.items()}
    else:
        cells["dues_month"] = Formula([Cell("dues", "total", "income")])
        cells["dues_owed"] = Formula([Cell("dues", "total", "owed")])
        cells["makers_waiting"] = Formula([Cell("surplus", "total", "waiting")])
    return cells.get(key)


LOANS = {
    "loans_disbursed": "disbursed",
    "loans_paid": "paid_principal",
    "loans_written_off": "written_off",
    "loans_added": "added",
    "loans_closing": "closing",
    "loans_late": "late_principal",
    "interest_late": "late_interest",
}


MONTH_END = {
    "loans_bad": ("classes", "bad"),
    "set_aside": ("classes", "set_aside"),
    "savings_interest": ("interest", "gross"),
    "tax_withheld": ("interest", "tax"),
}


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
        shown = ledger_sheets.shown(month, unit)
        codes = [account.code for account in shown if account.code in chart.MONEY]
        closing, sides = _cash_closing(unit), [books(unit, code) for code in codes]
        return Difference(
            [*closing.plus, *(credit for _debit, credit in sides)],
            [*closing.minus, *(debit for debit, _credit in sides)],
        )

    yield each(_("Cash book less cash and bank in the trial balance"), cash)
    for kind, code in SAVINGS.items():
        debit, credit = books(Unit.USP, code)
        label = _("Savings per member less the trial balance: {kind}").format(
            kind={
                "principal": _("principal"),
                "mandatory": _("mandatory"),
                "voluntary": _("voluntary"),
                "term": _("term"),
            }[kind]
        )
        yield [label, Difference([Cell("savings", "total", kind), debit], [credit]), None, None]
    debit, credit = books(Unit.USP, chart.LOANS_RECEIVABLE)
    label = _("Loans per member less the trial balance")
    yield [label, Difference([Cell("loans", "total", "closing"), credit], [debit]), None, None]
    yield from month_end_sheets.checks(month, books)
    dues, account = Cell("dues", "total", "income"), f"trial_{Unit.UMUM}"
    moved = Difference([dues, Cell(account, chart.DUES, "debit")], [Cell(account, chart.DUES, "credit")])
    yield [_("Dues per member less the income of the month"), None, moved, None]
    debit, credit = books(Unit.UMUM, chart.MAKERS_PAYABLE)
    label = _("What waits for makers less the trial balance")
    yield [label, None, Difference([Cell("surplus", "total", "waiting"), debit], [credit]), None]
