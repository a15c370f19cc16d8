import datetime
import json

import pytest
from django.core.management import call_command

from core.dates import month_end
from ledger import chart
from ledger.models import Period
from ledger.services import close_period, issue_receipt, reverse
from reports import checks
from tests.books import assert_clean
from tests.ledger.builders import MARCH, a_post, account, run
from tests.reports.conftest import run_around_the_guards

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 1, 5)


@pytest.fixture
def life(books, treasurer):
    """Two entries with a receipt, one undone, January and February 2024 closed in both units."""
    entry = a_post(treasurer, on=DAY, reference="life:1")
    issue_receipt(entry, party="Sumarni", purpose="Iuran", amount=100_000, direction="in", by=treasurer)
    reverse(a_post(treasurer, on=DAY, reference="life:2"), on=datetime.date(2024, 2, 3), reason="x", by=treasurer)
    for period in Period.objects.filter(month__lt=datetime.date(2024, 3, 1)).order_by("month"):
        close_period(period, on=month_end(period.month), by=treasurer)


def test_checks_pass_on_books_kept_by_the_services(life):
    assert_clean(MARCH)


ACCOUNT = "(SELECT id FROM ledger_account WHERE unit = '{}' AND code = '{}')"
ENTRY = "(SELECT id FROM ledger_entry WHERE reference = 'life:1')"


@pytest.mark.parametrize(
    ("damage", "caught"),
    [
        (
            f"UPDATE ledger_line SET debit = 100001 WHERE debit > 0 AND entry_id = {ENTRY}",
            {"entries_balanced", "snapshots_equal_lines", "seals_valid"},
        ),
        (
            f"DELETE FROM ledger_line WHERE entry_id = {ENTRY}",
            {"entries_have_lines", "snapshots_equal_lines", "seals_valid"},
        ),
        (
            f"UPDATE ledger_line SET date = '2024-01-06' WHERE entry_id = {ENTRY}",
            {"lines_belong_to_their_entry"},
        ),
        (
            f"UPDATE ledger_line SET account_id = {ACCOUNT.format('umum', chart.PRINCIPAL_SAVINGS)}"
            f" WHERE credit > 0 AND entry_id = {ENTRY}",
            {"lines_belong_to_their_entry", "snapshots_equal_lines", "seals_valid"},
        ),
        (
            f"UPDATE ledger_entry SET date = '2023-12-31' WHERE id = {ENTRY}",
            {"entries_in_known_months", "lines_belong_to_their_entry", "receipts_within_their_entry", "seals_valid"},
        ),
        (
            "UPDATE ledger_period SET closed_on = NULL, closed_by_id = NULL, seal = ''"
            " WHERE unit = 'usp' AND month = '2024-01-01'",
            {"months_closed_in_order", "seals_valid"},
        ),
        (
            "UPDATE ledger_periodbalance SET debit = debit + 1 WHERE id = (SELECT min(id) FROM ledger_periodbalance)",
            {"snapshots_equal_lines"},
        ),
        ("UPDATE ledger_period SET seal = repeat('0', 64) WHERE month = '2024-02-01'", {"seals_valid"}),
        ("DELETE FROM ledger_receipt", {"receipts_gapless"}),
        ("UPDATE ledger_receipt SET amount = 100001", {"receipts_within_their_entry"}),
        (
            "UPDATE ledger_line SET debit = debit * 2, credit = credit * 2 WHERE entry_id ="
            " (SELECT id FROM ledger_entry WHERE reverses_id IS NOT NULL)",
            {"reversals_mirror", "snapshots_equal_lines", "seals_valid"},
        ),
    ],
)
def test_checks_catch_damage(life, damage, caught):
    run_around_the_guards(damage)
    failed = {check.name for check in checks.run_all(as_of=MARCH) if not check.passed}
    assert caught <= failed
    assert failed <= caught | {"months_closed_in_order", "snapshots_equal_lines", "savings_movements_equal_ledger"}


def test_units_agree_catches_a_claim_without_a_debt(capital, treasurer):
    from_ledger = checks.run("units_agree", as_of=MARCH)
    assert from_ledger.passed
    run(
        "WITH entry AS (INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id)"
        " VALUES ('umum', %s, 'x', 'x', %s) RETURNING id)"
        " INSERT INTO ledger_line (entry_id, account_id, date, debit, credit)"
        " SELECT id, unnest(ARRAY[%s, %s]), %s, unnest(ARRAY[5, 0]), unnest(ARRAY[0, 5]) FROM entry",
        MARCH, treasurer.pk, account(chart.INTER_UNIT).pk, account(chart.CASH).pk, MARCH,
    )  # fmt: skip
    assert not checks.run("units_agree", as_of=MARCH).passed


def test_check_books_prints_a_table(life, capsys):
    call_command("check_books", "--as-of", "2026-03-12")
    assert (
        capsys.readouterr().out.splitlines()[-1]
        == f"{len(checks.run_all(as_of=MARCH))} checks as at 2026-03-12, 0 failed"
    )


def test_check_books_exits_with_the_rows(life, capsys):
    run_around_the_guards("DELETE FROM ledger_receipt")
    with pytest.raises(SystemExit) as stop:
        call_command("check_books", "--as-of", "2026-03-12", "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    assert stop.value.code == 1
    assert answer["passed"] is False
    assert [check["rows"] for check in answer["checks"] if not check["passed"]] == [[{"missing": "KW-2024-0001"}]]
