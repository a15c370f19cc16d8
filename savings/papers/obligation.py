"""Unpaid mandatory savings: the sheet, and the text of a reminder."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import format_rupiah
from core.workbook import Column, Sheet
from savings import queries


def owed_span(row: queries.Obligation) -> str:
    """`October 2026` or `August 2026 to October 2026`."""
    first, last = date_format(row.owed_from, "F Y"), date_format(row.due_until, "F Y")
    return _("{first} to {last}").format(first=first, last=last) if row.owed_from < row.due_until else last


def reminder(row: queries.Obligation) -> str:
    """The WhatsApp words: friendly, with the months and the amount."""
    return _(
        "Good day {name}. A reminder from KOKKMAS: mandatory savings of {months} are open, together {amount}. "
        "You can pay them to the treasurer or at the meeting on the 12th. Thank you."
    ).format(name=row.name, months=owed_span(row), amount=format_rupiah(row.owed))


def unpaid_sheet(rows: list[queries.Obligation], *, on: datetime.date) -> Sheet:
    return Sheet(
        _("Unpaid mandatory savings on {day}").format(day=date_format(on, "j F Y")),
        columns=[
            Column(_("Number"), "number", total=False),
            Column(_("Name")),
            Column(_("Telephone")),
            Column(_("Paid until"), "month"),
            Column(_("Months"), "number", total=False),
            Column(_("Owed"), "rupiah"),
        ],
        rows=[(row.number, row.name, str(row.phone), row.paid_until, row.owed_months, row.owed) for row in rows],
    )
