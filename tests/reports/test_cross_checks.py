"""Each check between two books finds one rupiah that drifted, and says where."""

import pytest

from activities import services as activities
from members.models import Member
from reports import checks
from tests.books import assert_clean
from tests.reports.conftest import day, run_around_the_guards

AS_OF = day("2026-12-31")


def found(name):
    return [tuple(row) for row in checks.run(name, as_of=AS_OF).rows]


def test_checks_pass_where_every_book_was_kept_by_its_services(november):
    assert_clean(AS_OF)


@pytest.fixture
def visited(november, treasurer):
    """Members went to see Sri on 30 November and brought 50,000."""
    sri = Member.objects.get(name="Sri Lestari")
    activities.record_visit(sri, on=day("2026-11-30"), reason="sakit", visitors="Tono", amount=50_000, by=treasurer)


@pytest.mark.parametrize(
    ("name", "damage", "says"),
    [
        (
            "savings_movements_equal_ledger",
            "UPDATE savings_movement SET amount = amount + 1 WHERE amount = 500000",
            ("voluntary", 350_001, 350_000),
        ),
        (
            "savings_movements_equal_ledger",
            "DELETE FROM savings_movement WHERE kind = 'mandatory' AND \"on\" = '2026-11-12'",
            ("mandatory", 0, 20_000),
        ),
        (
            "savings_movements_equal_ledger",
            "UPDATE ledger_line SET credit = credit - 1 WHERE credit = 500000",
            ("voluntary", 350_000, 349_999),
        ),
        (
            "savings_receipts_match",
            "UPDATE ledger_receipt SET amount = amount + 1 WHERE amount = 500000",
            (500_001, 500_000),
        ),
        (
            "loans_agree_with_ledger",
            "UPDATE ledger_line SET debit = debit + 1 WHERE debit = 400000",
            (300_000, 300_001),
        ),
        (
            "unpaid_follows_from_payments",
            "UPDATE loans_unpaid SET outstanding = outstanding - 1",
            (300_000, 299_999),
        ),
        (
            "unpaid_follows_from_payments",
            "DELETE FROM loans_unpaid",
            (300_000, None),
        ),
        (
            "disbursements_match_their_entries",
            "UPDATE loans_loan SET provision = provision + 1",
            (400_000, 400_000, 8_001, 8_000, 392_000),
        ),
        (
            "repayments_match_their_entries",
            "UPDATE loans_repaymentpart SET interest = interest + 1",
            (100_000, 100_000, 6_001, 6_000, 0, 0),
        ),
        (
            "dues_equal_income",
            "UPDATE activities_duespayment SET amount = amount + 1 WHERE month = '2026-10-01'",
            (80_001, 80_000, 0, 0, 0, 0),
        ),
        (
            "dues_equal_income",
            "UPDATE ledger_line SET credit = credit - 1 WHERE credit = 30000 AND date = '2026-10-12'",
            (80_000, 79_999, 0, 0, 0, 0),
        ),
        (
            "dues_receipts_match",
            "UPDATE ledger_receipt SET amount = amount + 1 WHERE amount = 30000",
            (30_001, 30_000),
        ),
        (
            "settlements_equal_ledger",
            "UPDATE orders_settlement SET work = work + 1, amount = amount + 1",
            (162_001, 162_000),
        ),
        (
            "settlements_are_for_accepted_work",
            "UPDATE orders_settlement SET work = work + 1, amount = amount + 1",
            (162_001, 162_000, 162_001, None),
        ),
        (
            "handovers_take_off_what_is_owed",
            "UPDATE orders_settlement SET advance = 1, amount = amount - 1",
            (1, 0, 0, 0, 0),
        ),
        (
            "claims_within_their_offer",
            "UPDATE orders_claim SET quantity = 23",
            (20, 21, 3),
        ),
        (
            "claims_within_their_offer",
            "UPDATE orders_claim SET quantity = 19",
            (20, 17, -1),
        ),
        (
            "aid_visits_and_programmes_match_their_entries",
            "UPDATE activities_visit SET amount = amount + 1",
            (50_001, 50_000, 50_000, None),
        ),
    ],
)
def test_check_finds_one_rupiah_of_drift(visited, name, damage, says):
    assert found(name) == []
    run_around_the_guards(damage)
    [row] = found(name)
    assert row[-len(says) :] == says


def test_savings_check_finds_a_receipt_of_somebody_else(november):
    run_around_the_guards("UPDATE ledger_receipt SET member_id = NULL WHERE amount = 500000")
    assert len(found("savings_receipts_match")) == 1
