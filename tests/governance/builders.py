"""Meetings and ladders for tests: rules, something owed that a test can pay, and letters on their way."""

import datetime

from governance import arrears
from governance.models import Decision, LadderRules, Letter
from governance.services import agenda as agendas
from governance.services import attendance as attendances
from governance.services import hold_meeting, put_in_force
from governance.services import letter as letters
from governance.services import meeting as meetings
from governance.services.ladder import climb
from tests.builders import a_decision

RULES_DAY = datetime.date(2025, 1, 12)

OWED: list[arrears.Due] = []
"""What the made-up room of these tests says is unpaid; `pay` takes it out."""


def owed(*, as_of, until):
    return [due for due in OWED if due.due_on <= until]


def ladder_rules(*, by, about="loan", on=RULES_DAY, **values) -> LadderRules:
    """Reminder 3 days before, notice a day after, letter 1 after 7 days, then 14 days each."""
    days = {"reminder_days": 3, "notice_days": 1, "letter_days": 7, "between_days": 14, "case_days": 14}
    decision = a_decision(by=by, on=on, number=f"LD-{Decision.objects.count() + 1}")
    return put_in_force(LadderRules, about=about, in_force_from=on, decided_in=decision, on=on, by=by, **days | values)


def removal(office, *, on, by) -> Decision:
    """The members removed the holder, on paper."""
    return a_decision(by=by, on=on, kind="removal", about=office, number=f"RM-{Decision.objects.count() + 1}")


def climb_to(day: datetime.date, *, since: datetime.date, by, kind="loan") -> None:
    """Let the books look every morning; every letter is signed and handed over on the day it was prepared."""
    on = since
    while on <= day:
        climb(kind, on=on)
        for letter in Letter.objects.to_send():
            letters.sign(letter, on=on, by=by)
            letters.record_delivery(letter, delivered_on=on, delivered_how="by_hand", by=by)
        on += datetime.timedelta(days=1)


def a_meeting(*, by, on=datetime.date(2025, 2, 12), place="Rumah Bu Lestari"):
    return hold_meeting(on=on, place=place, by=by)


EVENING = datetime.date(2026, 11, 12)


def a_planned_meeting(*, by, on=EVENING, kind="monthly", place="Balai RW 13", days=20, **facts):
    """A meeting that nobody is invited to yet."""
    as_of = on - datetime.timedelta(days=days)
    return meetings.plan_meeting(on=on, kind=kind, place=place, as_of=as_of, by=by, **facts)


def an_invited_meeting(*, by, days=15, **facts):
    meeting = a_planned_meeting(by=by, **facts)
    return meetings.invite(meeting, on=meeting.on - datetime.timedelta(days=days), by=by)


def an_open_meeting(*, by, present=(), **facts):
    """The evening: everybody of `present` is on the list."""
    meeting = an_invited_meeting(by=by, **facts)
    meeting = meetings.open_meeting(meeting, on=meeting.on, by=by)
    attendances.record_attendance(meeting, members=present, by=by)
    return meeting


def an_item(meeting, *, by, title="Kas bersama", **facts):
    return agendas.add_item(meeting, title=title, by=by, **facts)
