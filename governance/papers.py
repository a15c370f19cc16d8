"""What leaves the house about cases: the list as a sheet."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.workbook import Column, Sheet
from governance.queries.cases import state


def cases_sheet(rows, *, on: datetime.date) -> Sheet:
    """`rows` come from `queries.cases.with_standing`."""
    return Sheet(
        _("Cases"),
        lead=_("As at {day}. For the board only.").format(day=date_format(on, "j F Y")),
        columns=[
            Column(_("Number"), width=14),
            Column(_("Member")),
            Column(_("About"), width=18),
            Column(_("Title"), width=40),
            Column(_("Opened on"), "date"),
            Column(_("State"), width=20),
            Column(_("Last step"), "date"),
            Column(_("By the day"), "date"),
        ],
        rows=[
            (
                case.number,
                case.member.name,
                case.get_kind_display(),
                case.title,
                case.opened_on,
                state(case.step)[1],
                case.stepped_on,
                case.due,
            )
            for case in rows
        ],
        totals=False,
    )
