"""Aid to businesses: given, lent, and what comes back."""

import pytest

from activities import services
from activities.errors import ActivityRefused
from activities.models import Aid
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from tests.activities.builders import DAY, PLANNED
from tests.books import assert_clean

pytestmark = pytest.mark.usefixtures("capital")


def test_a_lent_tool_comes_back_and_money_is_booked(people, treasurer):
    sri, tono = people
    tool = services.give_aid(
        sri,
        kind="tools",
        what="Mesin jahit",
        worth=3_000_000,
        is_money=False,
        on=PLANNED,
        due_back_on=DAY,
        by=treasurer,
    )
    assert services.take_back(tool, on=DAY, by=treasurer).returned_on == DAY
    services.give_aid(tono, kind="capital", what="Modal awal", worth=500_000, is_money=True, on=PLANNED, by=treasurer)
    assert account_balance(Unit.UMUM, chart.EMPOWERMENT, as_of=DAY) == 500_000
    assert_clean(DAY)
    for says, deed in (
        ("sudah kembali", lambda: services.take_back(tool, on=DAY, by=treasurer)),
        ("bukan dipinjamkan", lambda: services.take_back(Aid.objects.last(), on=DAY, by=treasurer)),
        (
            "adalah pinjaman",
            lambda: services.give_aid(
                sri, kind="capital", what="x", worth=1, is_money=True, on=PLANNED, due_back_on=DAY, by=treasurer
            ),
        ),
        (
            "dirinya sendiri",
            lambda: services.give_aid(sri, kind="tools", what="x", worth=1, is_money=False, on=PLANNED, by=sri.user),
        ),
    ):
        with pytest.raises(ActivityRefused, match=says):
            deed()
