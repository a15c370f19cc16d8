"""The database says no to whoever goes around the services: one test for every guard, all in raw SQL."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from core.dates import month_end
from ledger import chart
from ledger.models import Account, Entry, Line, Period, Unit
from ledger.services import close_period, issue_receipt, reverse
from tests.ledger.builders import MARCH, a_member, a_post, account, run

pytestmark = pytest.mark.django_db


def at_once(statement, *values):
    run(statement, *values)
    run("SET CONSTRAINTS ALL IMMEDIATE")


def refused(statement, *values) -> str:
    """The rule under which the database turns the statement down, or its message where no rule has a name."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        at_once(statement, *values)
    diagnosis = refusal.value.__cause__.diag
    return diagnosis.constraint_name or diagnosis.message_primary


def header(by, *, unit="umum", on=MARCH, reference="raw:1", memo="mentah") -> int:
    [[pk]] = run(
        "INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id) VALUES (%s, %s, %s, %s, %s) RETURNING id",
        unit, on, reference, memo, by.pk,
    )  # fmt: skip
    return pk


def lines(*rows):
    """One INSERT of lines `(entry, account, member, date, debit, credit)`."""
    places = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows))
    values = [value.pk if hasattr(value, "pk") else value for row in rows for value in row]
    return (
        f"INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit) VALUES {places}",
        *values,
    )


@pytest.fixture
def cash(books):
    return account(chart.CASH)


@pytest.fixture
def dues(books):
    return account(chart.OTHER_INCOME)


# -- whole entries ---------------------------------------------------------------------------------------------------


def test_guard_takes_a_whole_entry(cash, dues, treasurer):
    entry = header(treasurer)
    run(*lines((entry, cash, None, MARCH, 5, 0), (entry, dues, None, MARCH, 0, 5)))
    assert Line.objects.filter(entry=entry).count() == 2


def test_guard_refuses_an_unbalanced_entry(cash, dues, treasurer):
    entry = header(treasurer)
    assert (
        refused(*lines((entry, cash, None, MARCH, 5, 0), (entry, dues, None, MARCH, 0, 4))) == "ledger_entry_balanced"
    )


def test_guard_refuses_two_entries_that_balance_only_together(cash, dues, treasurer):
    first, second = header(treasurer), header(treasurer, reference="raw:2")
    rows = [
        (first, cash, None, MARCH, 5, 0),
        (first, dues, None, MARCH, 0, 4),
        (second, cash, None, MARCH, 4, 0),
        (second, dues, None, MARCH, 0, 5),
    ]
    assert refused(*lines(*rows)) == "ledger_entry_balanced"


def test_guard_refuses_a_single_line(cash, treasurer):
    assert refused(*lines((header(treasurer), cash, None, MARCH, 5, 0))) == "ledger_entry_two_lines"


def test_guard_refuses_lines_added_later(cash, dues, treasurer):
    entry = a_post(treasurer)
    rows = [(entry, cash, None, MARCH, 5, 0), (entry, dues, None, MARCH, 0, 5)]
    assert refused(*lines(*rows)) == "ledger_entry_written_at_once"


def test_guard_refuses_an_entry_split_over_two_statements(cash, dues, treasurer):
    entry = header(treasurer)
    run(*lines((entry, cash, None, MARCH, 5, 0), (entry, dues, None, MARCH, 0, 5)))
    rows = [(entry, cash, None, MARCH, 7, 0), (entry, dues, None, MARCH, 0, 7)]
    assert refused(*lines(*rows)) == "ledger_entry_written_at_once"


def test_guard_refuses_a_line_of_another_date(cash, dues, treasurer):
    entry, later = header(treasurer), MARCH + datetime.timedelta(days=1)
    rows = [(entry, cash, None, MARCH, 5, 0), (entry, dues, None, later, 0, 5)]
    assert refused(*lines(*rows)) == "ledger_line_date_of_entry"


def test_guard_refuses_an_account_of_the_other_unit(cash, treasurer):
    entry = header(treasurer)
    rows = [(entry, cash, None, MARCH, 5, 0), (entry, account(chart.OTHER_INCOME, Unit.USP), None, MARCH, 0, 5)]
    assert refused(*lines(*rows)) == "ledger_line_account_of_unit"


@pytest.mark.parametrize("code", [a.code for a in chart.CHART if a.needs_member])
def test_guard_refuses_a_nameless_line_on_an_account_kept_per_member(cash, treasurer, code):
    entry = header(treasurer)
    rows = [(entry, cash, None, MARCH, 5, 0), (entry, account(code), None, MARCH, 0, 5)]
    assert refused(*lines(*rows)) == "ledger_line_names_member"
    named = [(entry, cash, None, MARCH, 5, 0), (entry, account(code), a_member(), MARCH, 0, 5)]
    run(*lines(*named))


@pytest.mark.parametrize(("left", "right"), [(5, 5), (0, 0), (-5, 0), (0, -5)])
def test_constraint_refuses_a_line_without_exactly_one_side(cash, dues, treasurer, left, right):
    entry = header(treasurer)
    rows = [(entry, cash, None, MARCH, left, right), (entry, dues, None, MARCH, right, left)]
    assert refused(*lines(*rows)) == "ledger_line_one_side"


# -- months ----------------------------------------------------------------------------------------------------------


def test_guard_refuses_a_closed_month(cash, dues, treasurer):
    day = datetime.date(2024, 1, 31)
    close_period(Period.objects.get(unit="umum", month=datetime.date(2024, 1, 1)), on=day, by=treasurer)
    entry = header(treasurer, on=day)
    rows = [(entry, cash, None, day, 5, 0), (entry, dues, None, day, 0, 5)]
    assert refused(*lines(*rows)) == "ledger_period_open"


def test_guard_refuses_an_unknown_month(cash, dues, treasurer):
    day = datetime.date(2023, 12, 31)
    entry = header(treasurer, on=day)
    rows = [(entry, cash, None, day, 5, 0), (entry, dues, None, day, 0, 5)]
    assert refused(*lines(*rows)) == "ledger_period_known"


def test_guard_hides_behind_no_good_entry(cash, dues, treasurer):
    """One bad entry among good ones turns the whole statement down."""
    good = header(treasurer)
    bad = header(treasurer, reference="raw:2", on=datetime.date(2030, 1, 1))
    rows = [
        (good, cash, None, MARCH, 5, 0),
        (good, dues, None, MARCH, 0, 5),
        (bad, cash, None, datetime.date(2030, 1, 1), 5, 0),
        (bad, dues, None, datetime.date(2030, 1, 1), 0, 5),
    ]
    assert refused(*lines(*rows)) == "ledger_period_known"


@pytest.fixture
def closed(books, treasurer):
    period = Period.objects.get(unit="umum", month=datetime.date(2024, 1, 1))
    return close_period(period, on=month_end(period.month), by=treasurer)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_period SET closed_on = NULL, closed_by_id = NULL, seal = '' WHERE id = %s",
        "UPDATE ledger_period SET seal = repeat('0', 64) WHERE id = %s",
        "UPDATE ledger_period SET closed_on = '2030-01-01' WHERE id = %s",
        "DELETE FROM ledger_period WHERE id = %s",
    ],
)
def test_guard_keeps_a_closed_month(closed, statement):
    assert refused(statement, closed.pk) == "ledger_period_only_closes"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_period SET month = '2040-01-01' WHERE month = '2026-05-01' AND unit = 'usp'",
        "UPDATE ledger_period SET unit = 'usp' WHERE month = '2026-05-01' AND unit = 'umum'",
        "DELETE FROM ledger_period WHERE month = '2026-05-01'",
    ],
)
def test_guard_keeps_an_open_month_where_it_is(books, statement):
    assert refused(statement) == "ledger_period_only_closes"


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        (
            "UPDATE ledger_period SET closed_on = '2026-06-01' WHERE month = '2026-05-01'",
            "ledger_period_closed_by_whom_and_sealed",
        ),
        ("UPDATE ledger_period SET seal = 'x' WHERE month = '2026-05-01'", "ledger_period_closed_by_whom_and_sealed"),
        (
            "INSERT INTO ledger_period (unit, month, seal) VALUES ('umum', '2040-01-02', '')",
            "ledger_period_starts_on_the_first",
        ),
        ("INSERT INTO ledger_period (unit, month, seal) VALUES ('lain', '2040-01-01', '')", "ledger_period_unit_known"),
        (
            "INSERT INTO ledger_period (unit, month, seal) VALUES ('umum', '2026-01-01', '')",
            "ledger_period_one_per_month",
        ),
    ],
)
def test_constraint_on_months(books, statement, rule):
    assert refused(statement) == rule


# -- written once ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET memo = 'lain'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_line SET debit = debit + 1 WHERE debit > 0",
        "UPDATE ledger_line SET member_id = NULL",
        "DELETE FROM ledger_line",
        "UPDATE ledger_receipt SET amount = 1",
        "DELETE FROM ledger_receipt",
        "UPDATE ledger_periodbalance SET debit = 0",
        "DELETE FROM ledger_periodbalance",
    ],
)
def test_guard_lets_nothing_be_changed(closed, treasurer, statement):
    entry = a_post(treasurer)
    issue_receipt(entry, party="Sumarni", purpose="Iuran", amount=100_000, direction="in", by=treasurer)
    table = statement.split()[2 if statement.startswith("DELETE") else 1]
    assert refused(statement) == f"pgtrigger: Cannot update or delete rows from {table} table"


@pytest.mark.parametrize("table", ["entry", "line", "receipt", "period", "periodbalance", "numbering"])
def test_guard_refuses_truncate(books, table):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    assert refused(f"TRUNCATE ledger_{table} CASCADE") in {
        f"table ledger_{name} is append-only"
        for name in ("entry", "line", "receipt", "period", "periodbalance", "numbering")
    }


def test_guard_keeps_numbers_counting(books, treasurer):
    entry = a_post(treasurer)
    issue_receipt(entry, party="Sumarni", purpose="Iuran", amount=100_000, direction="in", by=treasurer)
    for statement in (
        "UPDATE ledger_numbering SET last = 0",
        "UPDATE ledger_numbering SET last = last + 2",
        "UPDATE ledger_numbering SET last = last + 1, year = 2030",
        "DELETE FROM ledger_numbering",
    ):
        assert refused(statement) == "ledger_numbering_counts_on"


def test_guard_keeps_accounts_in_their_place(books):
    for change in ("unit = 'usp'", "code = '9999'", "kind = 'income'", "side = 'credit'"):
        with pytest.raises(DatabaseError), transaction.atomic():
            run(f"UPDATE ledger_account SET {change} WHERE unit = 'umum' AND code = '1101'")


# -- constraints on single rows --------------------------------------------------------------------------------------


def test_constraint_reference_is_used_once(books, treasurer):
    header(treasurer)
    statement = (
        "INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id) VALUES ('usp', %s, 'raw:1', 'x', %s)"
    )
    assert refused(statement, MARCH, treasurer.pk) == "ledger_entry_reference_once"


@pytest.mark.parametrize(
    ("unit", "reference", "memo", "rule"),
    [
        ("lain", "x", "x", "ledger_entry_unit_known"),
        ("umum", "", "x", "ledger_entry_has_reference"),
        ("umum", "x", "", "ledger_entry_has_memo"),
    ],
)
def test_constraint_on_headers(books, treasurer, unit, reference, memo, rule):
    statement = "INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id) VALUES (%s, %s, %s, %s, %s)"
    assert refused(statement, unit, MARCH, reference, memo, treasurer.pk) == rule


def test_constraint_an_entry_is_reversed_once(books, treasurer):
    entry = a_post(treasurer)
    reverse(entry, on=MARCH, reason="x", by=treasurer)
    statement = (
        "INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id, reverses_id)"
        " VALUES ('umum', %s, 'raw:9', 'x', %s, %s)"
    )
    assert refused(statement, MARCH, treasurer.pk, entry.pk) == "ledger_entry_reversed_once"


@pytest.mark.parametrize(
    ("number", "amount", "direction", "rule"),
    [
        ("KW-2026-0001", 5, "in", "ledger_receipt_number_once"),
        ("KW-2026-0002", 0, "in", "ledger_receipt_amount_positive"),
        ("KW-2026-0002", 5, "up", "ledger_receipt_direction_known"),
    ],
)
def test_constraint_on_receipts(books, treasurer, number, amount, direction, rule):
    entry = a_post(treasurer)
    issue_receipt(entry, party="Sumarni", purpose="Iuran", amount=100_000, direction="in", by=treasurer)
    statement = (
        "INSERT INTO ledger_receipt (number, entry_id, party, purpose, amount, direction, issued_on, issued_by_id)"
        " VALUES (%s, %s, 'x', 'x', %s, %s, %s, %s)"
    )
    assert refused(statement, number, entry.pk, amount, direction, MARCH, treasurer.pk) == rule


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"unit": "usp", "code": "1101"}, "ledger_account_one_per_code"),
        ({"unit": "lain"}, "ledger_account_unit_known"),
        ({"kind": "lain"}, "ledger_account_kind_known"),
        ({"side": "kiri"}, "ledger_account_side_known"),
    ],
)
def test_constraint_on_accounts(change, rule):
    values = {"unit": "usp", "code": "1999", "name": "x", "kind": "asset", "side": "debit"} | change
    statement = (
        "INSERT INTO ledger_account (unit, code, name, kind, side, needs_member, is_spent, is_control)"
        " VALUES (%s, %s, %s, %s, %s, false, false, false)"
    )
    assert refused(statement, *values.values()) == rule


def test_chart_is_in_both_units(db):
    found = set(Account.objects.values_list("unit", "code", "kind", "side", "needs_member"))
    assert found == {(unit, a.code, a.kind, a.side, a.needs_member) for unit in Unit.values for a in chart.CHART}


def test_header_without_lines_is_all_that_slips_through(books, treasurer):
    """PERFORMANCE.md 8: the close and check_books look for it."""
    header(treasurer)
    assert Entry.objects.filter(lines=None).count() == 1
    assert connection.in_atomic_block
