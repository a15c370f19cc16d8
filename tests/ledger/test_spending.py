"""Nobody spends what is not there: cash, bank and funds never fall below zero, whoever writes."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from ledger import chart
from ledger.models import Entry, Unit
from ledger.queries import account_balance
from ledger.services import LedgerRefused, close_period, credit, debit, post_entry, reverse
from reports import checks
from tests.ledger.builders import MARCH, a_post, account, run
from tests.ledger.test_races import january, together
from tests.roles import around_the_guards

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def spend(by, amount, *, on=MARCH, reference="out:1", code=chart.CASH, unit=Unit.UMUM):
    lines = [debit(chart.OFFICE, amount), credit(code, amount)]
    return post_entry(unit=unit, on=on, reference=reference, memo="Listrik", lines=lines, by=by)


def test_everything_that_is_there_can_be_spent_and_not_a_rupiah_more(books, treasurer):
    a_post(treasurer, 100_000)
    with pytest.raises(LedgerRefused) as refusal, transaction.atomic():
        spend(treasurer, 100_001)
    assert str(refusal.value) == (
        "Kas hanya berisi Rp\xa0100.000; masih kurang Rp\xa01. Masukkan uang dahulu, atau pilih cara pembayaran lain."
    )
    spend(treasurer, 100_000)
    assert account_balance(Unit.UMUM, chart.CASH, as_of=MARCH) == 0


def test_units_do_not_spend_each_others_money(books, treasurer):
    a_post(treasurer, 100_000, unit=Unit.USP)
    with pytest.raises(LedgerRefused):
        spend(treasurer, 1)


def test_money_of_tomorrow_is_not_spent_today(books, treasurer):
    a_post(treasurer, 100_000, on=MARCH + DAY)
    with pytest.raises(LedgerRefused):
        spend(treasurer, 1, on=MARCH)


def test_entry_of_yesterday_does_not_take_what_was_spent_since(books, treasurer):
    a_post(treasurer, 100_000, on=MARCH - DAY)
    spend(treasurer, 80_000, on=MARCH + DAY)
    with pytest.raises(LedgerRefused, match=r"20\.000"), transaction.atomic():
        spend(treasurer, 30_000, on=MARCH, reference="out:2")
    spend(treasurer, 20_000, on=MARCH, reference="out:2")


def test_receipt_that_is_spent_already_is_not_reversed(books, treasurer):
    entry = a_post(treasurer, 100_000)
    spend(treasurer, 60_000)
    with pytest.raises(LedgerRefused):
        reverse(entry, on=MARCH, reason="salah", by=treasurer)


def test_closed_months_answer_from_their_snapshot(books, treasurer):
    a_post(treasurer, 100_000, on=datetime.date(2024, 1, 12))
    close_period(january(), on=datetime.date(2024, 2, 1), by=treasurer)
    spend(treasurer, 40_000, on=datetime.date(2024, 2, 1))
    with pytest.raises(LedgerRefused, match=r"60\.000"):
        spend(treasurer, 60_001, on=datetime.date(2024, 2, 2), reference="out:2")


@pytest.mark.parametrize("code", [chart.EDUCATION_FUND, chart.SOCIAL_FUND, chart.BOARD_FUND, chart.STAFF_FUND])
def test_fund_gives_what_it_holds(books, treasurer, code):
    a_post(treasurer, 50_000, lines=[debit(chart.CASH, 50_000), credit(code, 50_000)])
    lines = [debit(code, 50_001), credit(chart.OTHER_INCOME, 50_001)]
    with pytest.raises(LedgerRefused), transaction.atomic():
        a_post(treasurer, reference="test:2", lines=lines)
    a_post(treasurer, reference="test:2", lines=[debit(code, 50_000), credit(chart.OTHER_INCOME, 50_000)])


def test_other_accounts_may_stand_on_either_side(books, treasurer):
    a_post(treasurer, lines=[debit(chart.OTHER_INCOME, 5), credit(chart.INTER_UNIT, 5)])


def test_database_refuses_whoever_writes_around_the_services(books, treasurer):
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        run(
            "WITH entry AS (INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id)"
            " VALUES ('umum', %s, 'x', 'x', %s) RETURNING id)"
            " INSERT INTO ledger_line (entry_id, account_id, date, debit, credit)"
            " SELECT id, unnest(ARRAY[%s, %s]), %s, unnest(ARRAY[5, 0]), unnest(ARRAY[0, 5]) FROM entry",
            MARCH, treasurer.pk, account(chart.OFFICE).pk, account(chart.CASH).pk, MARCH,
        )  # fmt: skip
    assert refusal.value.__cause__.diag.constraint_name == "ledger_account_never_below_zero"


def test_check_of_the_books_finds_a_day_below_zero(books, treasurer):
    a_post(treasurer, 100_000)
    spend(treasurer, 80_000)
    with around_the_guards():
        run("UPDATE ledger_line SET credit = credit + 30000 WHERE credit = 80000")
    [row] = checks.run("money_never_below_zero", as_of=MARCH).rows
    assert (row.unit, row.code, row.date, row.balance) == ("umum", "1101", MARCH, -10_000)


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_pay_the_last_rupiah_once(books, treasurer):
    a_post(treasurer, 100_000)
    answers = together(
        *(lambda number=number: spend(treasurer, 100_000, reference=f"out:{number}") for number in range(4))
    )
    assert sorted(isinstance(answer, Entry) for answer in answers) == [False, False, False, True]
    assert account_balance(Unit.UMUM, chart.CASH, as_of=MARCH) == 0
