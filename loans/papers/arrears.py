"""The words of a reminder, and the list of arrears as a workbook."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import format_rupiah
from core.workbook import Column, Sheet
from loans import queries


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
        amount=format_rupiah(late.due),
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
            Column(_("Administration"), "rupiah"),
            Column(_("Penalty"), "rupiah"),
            Column(_("Due"), "rupiah"),
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
                row.principal,
                row.interest,
                row.fee,
                row.penalty,
                row.due,
                row.outstanding,
            )
            for row in rows
        ],
    )
