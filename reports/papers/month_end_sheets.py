"""The sheets of the month-end work: classes of the loans with what is set aside, interest on savings with its tax."""

from django.utils.translation import gettext as _

from core.workbook import COMPUTED, Cell, Column, Difference, Sheet
from ledger import chart
from ledger.models import Unit
from reports.papers.ledger_sheets import amount, lead
from reports.statements import Month


def sheets(month: Month) -> list[Sheet]:
    """Those of the two that have anything to say."""
    return [sheet(month) for sheet, rows in ((classes, month.classes), (interest, month.interest)) if rows]


def classes(month: Month) -> Sheet:
    columns = [
        Column(_("Loan"), width=14),
        Column(_("Member"), width=26),
        Column(_("Class"), width=14),
        Column(_("Overdue\nsince"), "date"),
        Column(_("Days"), "number", width=7, total=False),
        amount(_("Outstanding"), "outstanding", width=14),
        amount(_("of it non-\nperforming"), "bad", width=14),
        amount(_("Collateral"), "collateral", width=14),
        amount(_("Set aside"), "set_aside", width=13),
    ]
    rows = [
        [
            loan.number, loan.name, str(loan.label), loan.first_due_on, loan.days, loan.outstanding,
            loan.outstanding if loan.is_bad else 0, loan.collateral, loan.provision,
        ]
        for loan in month.classes
    ]  # fmt: skip
    return Sheet(
        _("Classes of loans"),
        columns,
        rows,
        heading=_("Classes of loans and what is set aside"),
        lead=lead(month, Unit.USP),
        name="classes",
    )


def interest(month: Month) -> Sheet:
    columns = [
        Column(_("No."), "rank"),
        Column(_("Member"), width=30),
        amount(_("Interest"), "gross"),
        amount(_("Tax withheld"), "tax"),
        amount(_("Received"), "net", plus=["gross"], minus=["tax"]),
    ]
    rows = [[member.number, member.name, member.gross, member.tax, COMPUTED] for member in month.interest]
    return Sheet(
        _("Interest and tax"),
        columns,
        rows,
        heading=_("Interest on savings and tax withheld"),
        lead=lead(month, Unit.USP),
        name="interest",
        portrait=True,
    )


def checks(month: Month, books):
    """Differences between these sheets and the trial balance; `books` gives an account's two closing cells."""
    if month.classes:
        loans = Difference([Cell("classes", "total", "outstanding")], [Cell("loans", "total", "closing")])
        yield [_("Classes of loans less the loans per member"), loans, None, None]
    if month.classes and month.is_provided and month.account(Unit.USP, chart.LOAN_LOSS_ALLOWANCE).is_used:
        debit, credit = books(Unit.USP, chart.LOAN_LOSS_ALLOWANCE)
        aside = Difference([Cell("classes", "total", "set_aside"), debit], [credit])
        yield [_("What is set aside less the allowance in the trial balance"), aside, None, None]
    if month.interest:
        account = f"trial_{Unit.USP}"
        moved = Difference(
            [Cell("interest", "total", "gross"), Cell(account, chart.SAVINGS_INTEREST, "credit")],
            [Cell(account, chart.SAVINGS_INTEREST, "debit")],
        )
        yield [_("Interest per member less the expense of the month"), moved, None, None]
