"""The list of cases as a workbook."""

import datetime

from django.utils.translation import gettext as _

from core.dates import long_date
from core.workbook import Column, Sheet
from governance.queries.case import state


def cases_sheet(rows, *, on: datetime.date) -> Sheet:
    """`rows` come from `queries.cases.with_standing`."""
    return Sheet(
        _("Cases"),
        lead=_("As at {day}. For the board only.").format(day=long_date(on)),
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
