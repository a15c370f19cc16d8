"""The November of the reports' tests, and rules by which its year is divided."""

import datetime

import pytest

from core.permissions import Role
from governance.services import put_in_force
from shu.models import ShuRules
from tests.builders import a_decision, the_user
from tests.reports.conftest import november as november

PARTS = {
    "reserve": 2500,
    "capital": 2000,
    "business": 3000,
    "board": 1000,
    "staff": 500,
    "education": 500,
    "social": 500,
}


def start(*, on=datetime.date(2026, 1, 1), **values) -> ShuRules:
    """Put rules in force on a day, 1 January 2026 and the parts above unless told otherwise."""
    chair = the_user(Role.CHAIR)
    decision = a_decision(by=chair, on=on, number=f"SHU-{on}")
    return put_in_force(ShuRules, in_force_from=on, decided_in=decision, on=on, by=chair, **PARTS | values)


@pytest.fixture
def shu_rules(chair):
    return start
