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
from tests.treasury.builders import spending_rules
from treasury.models import PaymentRequest
from treasury.services import confirm_payment

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


def test_aid_in_money_waits_above_the_limit_and_is_reversed_by_somebody_else(people, treasurer, chair):
    spending_rules(by=chair, on=PLANNED)
    sri, _tono = people
    facts = {"kind": "capital", "what": "Modal awal", "is_money": True, "on": PLANNED, "by": treasurer}
    asked = services.give_aid(sri, worth=2_000_000, channel="cash", **facts)
    assert (isinstance(asked, PaymentRequest), Aid.objects.count()) == (True, 0)
    _request, aid = confirm_payment(asked, on=PLANNED, by=chair)
    assert (aid.member, aid.kind, aid.worth, aid.by, aid.channel) == (sri, "capital", 2_000_000, treasurer, "cash")
    assert (aid.receipt.amount, aid.receipt.member) == (2_000_000, sri)
    with pytest.raises(ActivityRefused, match="Anda sendiri"):
        services.reverse_aid(aid, on=DAY, reason="Salah orang", by=treasurer)
    services.reverse_aid(aid, on=DAY, reason="Salah orang", by=chair)
    assert account_balance(Unit.UMUM, chart.EMPOWERMENT, as_of=DAY) == 0
    assert_clean(DAY)


def test_aid_in_kind_is_reversed_too_and_then_does_not_come_back(people, treasurer, chair):
    facts = {"kind": "tools", "what": "Mesin jahit", "worth": 3_000_000, "is_money": False, "on": PLANNED}
    tool = services.give_aid(people[0], due_back_on=DAY, by=treasurer, **facts)
    tool = services.reverse_aid(tool, on=DAY, reason="Dipinjam tetangganya", by=chair)
    assert (tool.is_reversed, tool.entry, tool.reversed_by) == (True, None, chair)
    with pytest.raises(ActivityRefused, match="dibatalkan"):
        services.take_back(tool, on=DAY, by=treasurer)
    with pytest.raises(ActivityRefused, match="sudah dibatalkan"):
        services.reverse_aid(tool, on=DAY, reason="Lagi", by=chair)
