"""The list of reminders as a workbook and on paper."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import long_date
from core.workbook import Column, Sheet
from governance.ladder import Step
from governance.queries.ladder import Owing, total

STEP_WORDS = {
    Step.REMINDER: gettext_lazy("reminded"),
    Step.NOTICE: gettext_lazy("notified that it is overdue"),
    Step.LETTER_1: gettext_lazy("letter 1"),
    Step.LETTER_2: gettext_lazy("letter 2"),
    Step.LETTER_3: gettext_lazy("letter 3"),
    Step.CASE: gettext_lazy("talk with the board"),
}


def _reminders_title(until: datetime.date) -> str:
    return _("Reminders until {day}").format(day=long_date(until))


def _taken(row: Owing) -> str:
    return str(STEP_WORDS[row.step]) if row.step else ""


def reminders_sheet(rows: list[Owing], *, until: datetime.date, on: datetime.date) -> Sheet:
    return Sheet(
        _("Reminders"),
        heading=_reminders_title(until),
        lead=_("As at {day}. For the board only.").format(day=long_date(on)),
        columns=[
            Column(_("No."), "rank"),
            Column(_("Member")),
            Column(_("Telephone"), width=17),
            Column(_("What is owed"), width=36),
            Column(_("Due on"), "date"),
            Column(_("Days late"), "number", total=False),
            Column(_("How much"), width=20),
            Column(_("In rupiah"), "rupiah"),
            Column(_("Last step"), width=20),
            Column(_("Next step from"), "date"),
        ],
        rows=[
            (
                index,
                row.member.name,
                str(row.member.phone or ""),
                row.due.title,
                row.due.due_on,
                row.days,
                row.due.amount,
                row.due.rupiah or 0,
                _taken(row),
                row.coming_on,
            )
            for index, row in enumerate(rows, 1)
        ],
    )


def reminders_paper(rows: list[Owing], *, until: datetime.date, on: datetime.date) -> dict:
    """The facts for templates/governance/reminders.typ: a list to take along, with room for what was said."""
    return {
        "on": on,
        "title": _reminders_title(until),
        "lead": _("As at {day}. For the board only.").format(day=long_date(on)),
        "columns": [
            [_("No."), "number"],
            [_("Member"), "text"],
            [_("What is owed"), "wide"],
            [_("Due on"), "text"],
            [_("Days late"), "number"],
            [_("How much"), "text"],
            [_("Last step"), "text"],
            [_("What was said"), "wide"],
        ],
        "rows": [
            [
                index,
                row.member.name,
                row.due.title,
                date_format(row.due.due_on, "d/m/y"),
                row.days or None,
                row.due.amount,
                _taken(row),
                "",
            ]
            for index, row in enumerate(rows, 1)
        ],
        "total": ["", _("Together"), "", "", None, total(rows), "", ""],
        "empty": _("Nothing is late, and nothing falls due until then."),
    }
