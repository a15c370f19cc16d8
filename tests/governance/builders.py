"""Meetings and ladders for tests: rules, something owed that a test can pay, and letters on their way."""

import datetime

from governance import arrears
from governance.models import Decision, LadderRules, Letter
from governance.services import hold_meeting, put_in_force
from governance.services import letter as letters
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
