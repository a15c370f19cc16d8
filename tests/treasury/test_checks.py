"""The checks of the books find what somebody changed behind the guards of cash and bank."""

import pytest

from core.dates import today
from ledger.models import Unit
from reports import checks
from tests.books import assert_clean
from tests.ledger.builders import run
from tests.roles import around_the_guards
from tests.treasury.builders import DAY, a_voucher, account, money_in
from treasury import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(treasurer, chair, books):
    """A grant, a bill, a transfer between the units, a reversal and a count that is Rp 2,000 short."""
    money_in(treasurer)
    services.reverse_voucher(a_voucher(treasurer), reason="salah", on=DAY, by=chair)
    a_voucher(treasurer)
    services.transfer(source=account(), target=account(unit="usp"), amount=1_000, purpose="x", on=DAY, by=treasurer)
    services.count_cash(
        unit=Unit.UMUM, pieces={2_000: 2_423, 1_000: 1}, witness="Bu Parti", reason="kurang", on=DAY, by=treasurer
    )


def test_life_of_cash_and_bank_is_clean(life):
    assert_clean(today())


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE treasury_voucher SET amount = amount + 1 WHERE direction = 'in'", "vouchers_match_their_entries"),
        ("UPDATE treasury_voucher SET number = 'BKK-2026-0099' WHERE number = 'BKK-2026-0002'", "vouchers_gapless"),
        (
            "UPDATE treasury_voucher SET reversed_on = NULL, reversed_by_id = NULL, reversal_reason = ''",
            "treasury_reversals_are_whole",
        ),
        (
            "UPDATE treasury_transfer SET reversed_on = \"on\", reversal_reason = 'x',"
            " reversed_by_id = (SELECT max(id) FROM core_user WHERE id <> by_id)",
            "treasury_reversals_are_whole",
        ),
        ("DELETE FROM treasury_voucher WHERE direction = 'out'", "money_out_has_a_paper"),
        ("DELETE FROM treasury_transfer", "money_out_has_a_paper"),
        ("UPDATE treasury_transfer SET number = 'BPB-2026-0009'", "vouchers_gapless"),
        (
            "UPDATE treasury_cashcount SET book = book + 5, difference = difference - 5",
            "cash_counts_book_their_difference",
        ),
    ],
)
def test_check_finds_what_was_changed_behind_the_guards(life, statement, check):
    with around_the_guards():
        run(statement)
    found = [each.name for each in checks.run_all(as_of=today()) if not each.passed]
    assert check in found
