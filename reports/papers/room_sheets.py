"""The sheets of the rooms in the monthly workbook: what each member saved, borrowed, paid and made."""

from django.utils.translation import gettext as _

from core.workbook import COMPUTED, Column, Sheet
from ledger.models import Unit
from reports.papers.ledger_sheets import amount, lead
from reports.statements import Month


def savings(month: Month) -> Sheet:
    kinds = {"principal": _("Principal"), "mandatory": _("Mandatory"), "voluntary": _("Voluntary"), "term": _("Term")}
    columns = [Column(_("No."), "rank"), Column(_("Member"), width=28)]
    opening, came_in, went_out, closing = _("opening"), _("in"), _("out"), _("closing")
    for kind, label in kinds.items():
        columns += [
            amount(f"{label}\n{opening}", f"{kind}_opening", width=12),
            amount(f"{label}\n{came_in}", f"{kind}_in", width=12),
            amount(f"{label}\n{went_out}", f"{kind}_out", width=12),
            amount(
                f"{label}\n{closing}", kind, plus=[f"{kind}_opening", f"{kind}_in"], minus=[f"{kind}_out"], width=12
            ),
        ]
    columns.append(amount(_("Savings\nclosing"), "all", plus=list(kinds)))
    rows = []
    for member in month.savings:
        figures = []
        for kind in kinds:
            figures += [*(getattr(member, f"{kind}_{figure}") for figure in ("opening", "in", "out")), COMPUTED]
        rows.append([member.number, member.name, *figures, COMPUTED])
    return Sheet(
        _("Savings"), columns, rows, heading=_("Savings per member"), lead=lead(month, Unit.USP), name="savings"
    )


def loans(month: Month) -> Sheet:
    late = {row.loan_id: row for row in month.arrears}
    columns = [
        Column(_("Loan"), width=14),
        Column(_("Member"), width=26),
        Column(_("Disbursed on"), "date"),
        amount(_("Loan amount"), "principal", total=False, width=13),
        amount(_("Principal\nopening"), "opening", width=13),
        amount(_("Disbursed"), "disbursed", width=13),
        amount(_("Added by\nnew terms"), "added", width=12),
        amount(_("Principal\npaid back"), "paid_principal", width=13),
        amount(_("Written\noff"), "written_off", width=12),
        amount(
            _("Principal\nclosing"),
            "closing",
            plus=["opening", "disbursed", "added"],
            minus=["paid_principal", "written_off"],
            width=13,
        ),
        amount(_("Interest\nreceived"), "paid_interest", width=12),
        amount(_("Penalty\nreceived"), "paid_penalty", width=12),
        amount(_("Principal\noverdue"), "late_principal", width=12),
        amount(_("Interest\noverdue"), "late_interest", width=12),
        Column(_("Overdue\nsince"), "date"),
        Column(_("Days"), "number", width=7),
    ]
    rows = []
    for loan in month.loans:
        standing = late.get(loan.id)
        overdue = (
            [standing.overdue_principal, standing.overdue_interest, standing.first_due_on, standing.days]
            if standing
            else [0, 0, None, None]
        )
        rows.append(
            [
                loan.number, loan.name, loan.disbursed_on, loan.principal, loan.opening, loan.disbursed, loan.added,
                loan.paid_principal, loan.written_off, COMPUTED, loan.paid_interest, loan.paid_penalty, *overdue,
            ]
        )  # fmt: skip
    return Sheet(
        _("Loans and arrears"),
        columns,
        rows,
        heading=_("Loans and arrears per member"),
        lead=lead(month, Unit.USP),
        name="loans",
    )


def dues(month: Month) -> Sheet:
    unpaid = {row.member_id: row for row in month.unpaid_dues}
    columns = [
        Column(_("No."), "rank"),
        Column(_("Member"), width=30),
        amount(_("Received"), "received"),
        amount(_("Reversed"), "reversed"),
        amount(_("Income"), "income", plus=["received"], minus=["reversed"]),
        Column(_("Months open"), "number", width=12),
        amount(_("Still owed"), "owed"),
    ]
    rows = []
    for member in month.dues:
        open_months, owed = (unpaid[member.id].due_months, unpaid[member.id].owed) if member.id in unpaid else (None, 0)
        rows.append([member.number, member.name, member.received, member.reversed, COMPUTED, open_months, owed])
    return Sheet(
        _("Dues"), columns, rows, heading=_("Dues per member"), lead=lead(month, Unit.UMUM), name="dues", portrait=True
    )


def surplus(month: Month) -> Sheet:
    columns = [
        Column(_("Order number"), width=14),
        Column(_("Goods"), width=22),
        Column(_("Holder of the order"), width=22),
        Column(_("Made by"), width=22),
        Column(_("Offered on"), "date"),
        Column(_("Due on"), "date"),
        Column(_("Unit"), width=9),
        Column(_("Offered"), "number", width=10),
        Column(_("Taken"), "number", width=9),
        Column(_("Accepted"), "number", width=9),
        Column(_("Rejected"), "number", width=9),
        amount(_("Price\nper unit"), "price", total=False, width=11),
        amount(_("Paid in"), "paid_in", width=13),
        amount(_("Paid to\nmaker"), "paid_out", width=13),
        amount(_("Waits for\nmaker"), "waiting", plus=["paid_in"], minus=["paid_out"], width=13),
        amount(_("Paid\ndirectly"), "direct", width=13),
    ]
    rows = [
        [
            row.number, row.item, row.holder, row.maker or _("nobody yet"), row.posted_on, row.due_on, row.unit,
            row.offered, row.taken, row.accepted, row.rejected, row.maker_price, row.paid_in, row.paid_out, COMPUTED,
            row.direct,
        ]
        for row in month.surplus
    ]  # fmt: skip
    return Sheet(
        _("Surplus work"), columns, rows, heading=_("Surplus work"), lead=lead(month, Unit.UMUM), name="surplus"
    )
