"""Two people at the same moment, with real connections and real commits."""

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from ledger import chart, queries
from ledger.models import Entry, Line, Period, PeriodBalance, Receipt, Unit
from ledger.services import LedgerRefused, close_period, issue_receipt
from tests.books import assert_clean
from tests.ledger.builders import MARCH, a_post, account, run

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY = datetime.date(2024, 1, 1)
IN_JANUARY = datetime.date(2024, 1, 20)


def together(*jobs):
    """Run the jobs on threads of their own; what each returned, or the refusal it met."""

    def guarded(job):
        try:
            return job()
        except LedgerRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(guarded, job) for job in jobs]]


def until_somebody_waits():
    """Come back when another connection stands before a lock."""
    for _try in range(200):
        [[waiting]] = run("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        if waiting:
            return
        time.sleep(0.02)
    raise AssertionError("nobody waited")


def january():
    return Period.objects.get(unit=Unit.UMUM, month=JANUARY)


def test_close_waits_for_a_post_on_its_way_and_counts_it(books, treasurer):
    posted, go_on = threading.Event(), threading.Event()

    def late_post():
        with transaction.atomic():
            a_post(treasurer, on=IN_JANUARY)
            posted.set()
            assert go_on.wait(10)

    def close():
        assert posted.wait(10)
        return close_period(january(), on=MARCH, by=treasurer)

    def watch():
        assert posted.wait(10)
        until_somebody_waits()
        assert not january().is_closed
        go_on.set()

    _post, closed, _watch = together(late_post, close, watch)
    assert closed.is_closed
    assert PeriodBalance.objects.get(period=closed, account=account(chart.CASH)).debit == 100_000
    assert_clean(MARCH)


def test_post_waits_for_a_close_on_its_way_and_is_refused(books, treasurer):
    closed, go_on = threading.Event(), threading.Event()

    def close():
        with transaction.atomic():
            close_period(january(), on=MARCH, by=treasurer)
            closed.set()
            assert go_on.wait(10)

    def late_post():
        assert closed.wait(10)
        return a_post(treasurer, on=IN_JANUARY)

    def watch():
        assert closed.wait(10)
        until_somebody_waits()
        go_on.set()

    _close, refusal, _watch = together(close, late_post, watch)
    assert str(refusal).startswith("Pembukuan Januari 2024 sudah ditutup")
    assert not Entry.objects.exists()
    assert_clean(MARCH)


def test_post_into_another_month_does_not_wait_for_a_close(books, treasurer):
    with transaction.atomic():
        close_period(january(), on=MARCH, by=treasurer)
        [entry] = together(lambda: a_post(treasurer, on=MARCH))
    assert Entry.objects.get() == entry


def test_post_under_an_old_snapshot_is_refused(books, treasurer):
    def old_snapshot():
        with transaction.atomic():
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            a_post(treasurer)

    with pytest.raises(DatabaseError, match="READ COMMITTED"):
        old_snapshot()


def test_close_twice_closes_once(books, treasurer):
    period = january()
    outcomes = together(*[lambda: close_period(period, on=MARCH, by=treasurer)] * 4)
    assert sum(isinstance(outcome, Period) for outcome in outcomes) == 1
    assert {str(outcome) for outcome in outcomes if isinstance(outcome, LedgerRefused)} == {
        "Januari 2024 sudah ditutup."
    }
    assert_clean(MARCH)


def test_one_of_two_posts_with_the_same_reference_wins(books, treasurer):
    outcomes = together(*[lambda: a_post(treasurer)] * 6)
    assert sum(isinstance(outcome, Entry) for outcome in outcomes) == 1
    assert Entry.objects.count() == 1
    assert queries.account_balance(Unit.UMUM, chart.CASH, as_of=MARCH) == 100_000


def test_receipts_have_no_gap_whatever_fails(books, treasurer):
    def receive(number):
        with transaction.atomic():
            entry = a_post(treasurer, reference=f"test:{number}")
            receipt = issue_receipt(
                entry, party="Sumarni", purpose="Iuran", amount=100_000, direction="in", by=treasurer
            )
            if number % 3 == 0:
                raise LedgerRefused("changed my mind")
            return receipt.number

    together(*[lambda number=number: receive(number) for number in range(12)])
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [f"KW-2026-000{n}" for n in range(1, 9)]
    assert_clean(MARCH)


def test_posts_on_a_hot_account_neither_wait_nor_lose(books, treasurer):
    def many(poster):
        for number in range(10):
            a_post(treasurer, 1_000, reference=f"test:{poster}:{number}")

    together(*[lambda poster=poster: many(poster) for poster in range(4)])
    assert queries.account_balance(Unit.UMUM, chart.CASH, as_of=MARCH) == 40_000


def test_connection_killed_in_the_middle_leaves_nothing(books, treasurer):
    posted, killed = threading.Event(), threading.Event()

    def receive():
        with transaction.atomic():
            entry = a_post(treasurer)
            issue_receipt(entry, party="x", purpose="x", amount=1, direction="in", by=treasurer)
            victim.append(connection.connection.info.backend_pid)
            posted.set()
            assert killed.wait(10)
            Entry.objects.count()

    def doomed():
        with pytest.raises(OperationalError):
            receive()

    victim = []

    def kill():
        assert posted.wait(10)
        run("SELECT pg_terminate_backend(%s)", victim[0])
        killed.set()

    together(doomed, kill)
    assert (Entry.objects.count(), Line.objects.count(), Receipt.objects.count()) == (0, 0, 0)
    entry = a_post(treasurer)
    receipt = issue_receipt(entry, party="x", purpose="x", amount=1, direction="in", by=treasurer)
    assert receipt.number == "KW-2026-0001"
