"""What leaves the house on paper: letters on the letterhead, the list of reminders, the list of cases."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.workbook import Column, Sheet
from governance import wording
from governance.ladder import Step
from governance.models import Letter
from governance.queries.cases import state
from governance.queries.ladder import Owing, total

STEP_WORDS = {
    Step.REMINDER: gettext_lazy("reminded"),
    Step.NOTICE: gettext_lazy("told that it is late"),
    Step.LETTER_1: gettext_lazy("letter 1"),
    Step.LETTER_2: gettext_lazy("letter 2"),
    Step.LETTER_3: gettext_lazy("letter 3"),
    Step.CASE: gettext_lazy("talk with the board"),
}

# -- letters ---------------------------------------------------------------------------------------------------------


def paragraphs(letter: Letter) -> list[str]:
    rules = letter.ladder.rules
    return wording.letter(
        letter.step,
        title=letter.title,
        amount=letter.amount,
        due_on=letter.due_on,
        between=rules.between_days,
        case=rules.case_days,
    )


def letter_paper(letter: Letter, *, on: datetime.date) -> dict:
    """The facts for templates/governance/letter.typ, with a slip below for the hand-over."""
    signed_on = letter.issued_on or on
    rules = letter.ladder.rules
    return {
        "on": signed_on,
        "title": _("Letter {step} of 3: a reminder").format(step=letter.step),
        "number": letter.number or _("(draft, not signed)"),
        "labels": [_("Number"), _("About"), _("To")],
        "about": letter.title,
        "to": [letter.member.name, letter.member.address or _("Keparakan Kidul")],
        "salutation": _("Dear {name},").format(name=letter.member.name),
        "paragraphs": paragraphs(letter),
        "facts": [
            [_("What is owed"), letter.title],
            [_("Due on"), letter.due_on],
            [_("Still open"), letter.amount],
        ],
        "rule": _("This letter follows the rules the members decided: {rules}, decision {number}.").format(
            rules=rules, number=rules.decided_in.number
        ),
        "place": f"{settings.COOPERATIVE_CITY}, {date_format(signed_on, 'j F Y')}",
        "signatures": [
            {"office": _("Chair"), "name": ""},
            {"office": _("Secretary"), "name": letter.issued_by.name if letter.issued_by else ""},
        ],
        "slip": {
            "title": _("Received letter {number}").format(number=letter.number or "…"),
            "rows": [
                [_("Handed over on"), letter.delivered_on or ""],
                [_("How"), letter.get_delivered_how_display()],
                [_("To whom"), letter.delivered_to],
            ],
            "signatures": [{"office": _("Received by"), "name": ""}, {"office": _("Handed over by"), "name": ""}],
        },
    }


# -- the list for the 12th -------------------------------------------------------------------------------------------


def _reminders_title(until: datetime.date) -> str:
    return _("Reminders until {day}").format(day=date_format(until, "j F Y"))


def _taken(row: Owing) -> str:
    return str(STEP_WORDS[row.step]) if row.step else ""


def reminders_sheet(rows: list[Owing], *, until: datetime.date, on: datetime.date) -> Sheet:
    return Sheet(
        _("Reminders"),
        heading=_reminders_title(until),
        lead=_("As at {day}. For the board only.").format(day=date_format(on, "j F Y")),
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
        "lead": _("As at {day}. For the board only.").format(day=date_format(on, "j F Y")),
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


# -- cases -----------------------------------------------------------------------------------------------------------


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
