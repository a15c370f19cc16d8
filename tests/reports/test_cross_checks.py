"""Each check between two books finds one rupiah that drifted, and says where."""

import pytest

from reports import checks
from tests.books import assert_clean
from tests.reports.conftest import day, run_around_the_guards

AS_OF = day("2026-12-31")


def found(name):
    return [tuple(row) for row in checks.run(name, as_of=AS_OF).rows]


def test_checks_pass_where_every_book_was_kept_by_its_services(november):
    assert_clean(AS_OF)


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
    ],
)
def test_check_finds_one_rupiah_of_drift(november, name, damage, says):
    assert found(name) == []
    run_around_the_guards(damage)
    [row] = found(name)
    assert row[-len(says) :] == says


def test_savings_check_finds_a_receipt_of_somebody_else(november):
    run_around_the_guards("UPDATE ledger_receipt SET member_id = NULL WHERE amount = 500000")
    assert len(found("savings_receipts_match")) == 1
