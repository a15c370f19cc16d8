"""Two members with logins, and the books open."""

import datetime

import pytest

from tests.builders import a_member_in, savings_rules


@pytest.fixture
def people(books, treasurer, chair, secretary):
    savings_rules(by=chair, on=datetime.date(2025, 1, 12))
    sri, tono = (
        a_member_in(name, on=datetime.date(2026, 1, 12), by=treasurer, username=name.split()[0].lower())
        for name in ("Sri Lestari", "Tono Raharjo")
    )
    return sri, tono
