"""Test data of the activities, made through the services."""

import datetime

from activities import queries
from activities.models import DuesRules
from governance.services import put_in_force
from tests.builders import a_decision

PLANNED = datetime.date(2026, 3, 1)
DAY = datetime.date(2026, 3, 21)


def dues_rules(*, by, on=datetime.date(2025, 1, 12), amount=10_000, due_day=12) -> DuesRules:
    """Dues of 10,000 a month in force from `on`."""
    decision = a_decision(by=by, on=on, number=f"Iuran {on}")
    return put_in_force(DuesRules, in_force_from=on, decided_in=decision, on=on, by=by, amount=amount, due_day=due_day)


def dues_owed(member, *, as_of) -> int:
    """Dues due and not paid on `as_of`."""
    found = queries.open_dues(member, as_of=as_of)
    return found.owed if found else 0
