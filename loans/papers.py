"""What leaves the house about loans: the schedule as PDF, lists as sheets, the words of a reminder."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.documents import pdf
from core.http import download
from core.money import format_rupiah
from core.workbook import Column, Sheet
from loans import queries
from loans.explanation import percent
from loans.models import Loan


def reminder(late: queries.LoanStanding) -> str:
    """The WhatsApp words: friendly, with the amount and since when."""
    return _(
        "Good day {name}. A reminder from KOKKMAS: the instalment of {day} on loan {number} is open, together "
        "{amount}. You can pay it to the treasurer or at the meeting on the 12th. If something has come up, talk to "
        "us. Thank you."
    ).format(
        name=late.name,
        day=date_format(late.first_due_on, "j F Y"),
        number=late.number,
        amount=format_rupiah(late.overdue),
    )


def arrears_sheet(rows: list[queries.LoanStanding], *, on: datetime.date) -> Sheet:
    return Sheet(
        _("Arrears on {day}").format(day=date_format(on, "j F Y")),
        columns=[
            Column(_("Loan")),
            Column(_("Name")),
            Column(_("Telephone")),
            Column(_("Kind of loan")),
            Column(_("Late since"), "date"),
            Column(_("Days"), "number", total=False),
            Column(_("Principal"), "rupiah"),
            Column(_("Interest"), "rupiah"),
            Column(_("Overdue"), "rupiah"),
            Column(_("Outstanding"), "rupiah"),
        ],
        rows=[
            (
                row.number,
                row.name,
                str(row.phone),
                row.product,
                row.first_due_on,
                row.days,
                row.overdue_principal,
                row.overdue_interest,
                row.overdue,
                row.outstanding,
            )
            for row in rows
        ],
    )


def schedule_response(loan: Loan, *, on: datetime.date):
    """The schedule as a PDF to print or to keep."""
    return download(pdf("loans/schedule.typ", schedule_facts(loan, on=on)), f"jadwal-{loan.number}.pdf", inline=True)


def schedule_facts(loan: Loan, *, on: datetime.date) -> dict:
    rules, plan = loan.rules, queries.plan(loan, on=on)
    return {
        "on": on,
        "title": _("Schedule of loan {number}").format(number=loan.number),
        "facts": [
            [_("Member"), str(loan.member)],
            [_("Kind of loan"), str(rules.product)],
            [_("Principal"), format_rupiah(loan.principal)],
            [
                _("Interest"),
                _("{method}, {rate} a {period}").format(
                    method=rules.get_method_display(),
                    rate=percent(plan.terms.rate),
                    period=rules.get_rate_per_display(),
                ),
            ],
            [_("Disbursed on"), loan.disbursed_on or "–"],
            [_("Rules"), str(rules.decided_in)],
        ],
        "columns": [_("No."), _("Due on"), _("Principal"), _("Interest"), _("Instalment"), _("Balance")],
        "rows": [
            [
                str(row.number),
                date_format(row.due_on, "d/m/y"),
                row.principal,
                row.interest,
                row.total,
                row.balance,
            ]
            for row in plan.rows
        ],
        "total": ["", _("Sum"), plan.principal, plan.interest, plan.total, None],
        "place": f"Yogyakarta, {date_format(loan.disbursed_on or on, 'j F Y')}",
        "signatures": [{"office": _("Treasurer"), "name": ""}, {"office": _("Member"), "name": loan.member.name}],
    }
