"""Two people at the same moment, with real connections and real commits."""

import datetime
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from core.errors import Refused
from departures.services import approve_departure, propose_departure
from governance.services import put_in_force
from members.services import admit
from savings import queries
from savings.models import Movement, SavingsRules
from savings.services import block, deposit, join, post_interest, withdraw
from savings.services import reverse as reverse_movement
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, an_applicant, savings_rules
from tests.savings.builders import a_term, interest_rules, tax_rules, term_rules

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY = datetime.date(2025, 1, 12)
FEBRUARY = datetime.date(2025, 2, 12)


def together(*jobs):
    """Run the jobs on threads that start at one moment; what each returned, or the refusal it met."""
    start = threading.Barrier(len(jobs))

    def guarded(job):
        try:
            start.wait(10)
            return job()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(guarded, job) for job in jobs]]


def refusals(results):
    return [str(result) for result in results if isinstance(result, Refused)]


@pytest.fixture
def member(books, chair, secretary, treasurer):
    savings_rules(by=chair, on=JANUARY)
    return a_member_in(by=treasurer, on=JANUARY, voluntary=50_000)


def voluntary(member):
    return queries.balances(member, as_of=FEBRUARY).voluntary


def test_two_withdrawals_never_go_below_zero(member, treasurer):
    def take():
        return withdraw(member, kind="voluntary", amount=30_000, on=FEBRUARY, by=treasurer)

    results = together(take, take, take)
    assert len(refusals(results)) == 2
    assert voluntary(member) == 20_000
    assert_clean(FEBRUARY)


def test_a_withdrawal_that_meets_a_reversal_never_goes_below_zero(member, treasurer, chair):
    made = deposit(member, kind="voluntary", amount=40_000, on=FEBRUARY, by=treasurer)
    results = together(
        lambda: withdraw(member, kind="voluntary", amount=80_000, on=FEBRUARY, by=treasurer),
        lambda: reverse_movement(made, on=FEBRUARY, reason="Salah anggota", by=chair),
    )
    assert len(refusals(results)) == 1
    assert voluntary(member) in (10_000, 50_000)


def test_a_withdrawal_waits_for_a_deposit_on_its_way(member, treasurer):
    deposited, go_on = threading.Event(), threading.Event()

    def give():
        with transaction.atomic():
            deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
            deposited.set()
            assert not go_on.wait(0.5), "the withdrawal did not wait"

    def take():
        assert deposited.wait(10)
        made = withdraw(member, kind="voluntary", amount=100_000, on=FEBRUARY, by=treasurer)
        go_on.set()
        return made

    together(give, take)
    assert voluntary(member) == 0


def test_a_withdrawal_that_meets_a_block_leaves_it_covered(member, treasurer, chair):
    results = together(
        lambda: withdraw(member, kind="voluntary", amount=30_000, on=FEBRUARY, by=treasurer),
        lambda: block(member, amount=30_000, reason="Jaminan", on=FEBRUARY, by=chair),
    )
    assert len(refusals(results)) == 1
    assert (voluntary(member), queries.blocked(member, as_of=FEBRUARY)) in [(20_000, 0), (50_000, 30_000)]
    assert_clean(FEBRUARY)


# -- the month-end run -----------------------------------------------------------------------------------------------

END = datetime.date(2025, 2, 28)


@pytest.fixture
def earning(member, chair, treasurer):
    """50,000 and 60,000,000 at 6 % on the daily balance, and a term whose last day is in February."""
    interest_rules(by=chair)
    tax_rules(by=chair)
    term_rules(by=chair, months=1)
    a_term(member, amount=1_000_000, months=1, on=datetime.date(2025, 1, 20), by=treasurer)
    return a_member_in("Wahyu", by=treasurer, on=JANUARY, voluntary=60_000_000)


def run(treasurer):
    return post_interest(END.replace(day=1), on=END, by=treasurer)


def test_two_runs_at_once_give_the_interest_once(member, earning, treasurer):
    posted = together(*[lambda: run(treasurer)] * 3)
    # The term's interest and end, interest of both, tax of one: 5 entries, by one of the runs.
    assert sorted(posted) == [0, 0, 5]
    assert run(treasurer) == 0
    assert [(row.name, row.gross, row.tax) for row in queries.slips(END)] == [
        ("Sri Lestari", 6_000 + 1_867, 0),  # the term; 50,000, and 1,006,000 more on nine of 28 days
        ("Wahyu", 300_000, 30_000),
    ]
    assert_clean(END)


def test_a_run_that_meets_counter_and_leaving_gives_everybody_their_due_once(member, earning, treasurer, chair):
    departure = propose_departure(earning, kind="own_request", on=FEBRUARY, by=treasurer)
    results = together(
        lambda: run(treasurer),
        lambda: deposit(member, kind="voluntary", amount=100_000, on=datetime.date(2025, 2, 20), by=treasurer),
        lambda: approve_departure(departure, on=END, by=chair),
    )
    assert not refusals(results)
    run(treasurer)  # what the deposit earned, where it came later than the run
    assert queries.balances(earning, as_of=END).total == 0
    [sri, wahyu] = queries.slips(END)
    assert sri.gross == 6_000 + 2_028  # with 100,000 more on those nine days
    # 300,000 from the run that came first, or 27 of 28 days on leaving.
    assert (wahyu.gross, wahyu.tax) in [(300_000, 30_000), (289_286, 28_928)]
    assert_clean(END)


def test_one_movement_is_reversed_once(member, treasurer, chair, secretary):
    made = deposit(member, kind="voluntary", amount=40_000, on=FEBRUARY, by=treasurer)
    results = together(
        lambda: reverse_movement(made, on=FEBRUARY, reason="Salah", by=chair),
        lambda: reverse_movement(made, on=FEBRUARY, reason="Salah", by=secretary),
    )
    assert len(refusals(results)) == 1
    assert voluntary(member) == 50_000


def test_one_applicant_joins_once(member, treasurer, secretary):
    applicant = an_applicant("Wahyu", on=JANUARY, by=secretary)
    admit(applicant, on=JANUARY, by=secretary)
    results = together(*[lambda: join(applicant, on=JANUARY, by=treasurer)] * 2)
    assert len(refusals(results)) == 1
    assert Movement.objects.filter(member=applicant).count() == 2


def test_the_same_form_sent_twice_at_once_posts_once(member, treasurer):
    typed = {"token": str(uuid.uuid4()), "kind": "voluntary", "amount": "25.000", "channel": "cash", "on": "2025-02-12"}

    def send():
        client = Client()
        client.force_login(treasurer)
        return client.post(reverse("savings:deposit", args=[member.pk]), typed).status_code

    assert sorted(together(send, send)) == [200, 302]
    assert voluntary(member) == 75_000


def test_two_versions_of_one_day_at_once_put_one_in_force(member, chair):
    decision = a_decision(by=chair, on=FEBRUARY)

    def decide():
        return put_in_force(
            SavingsRules,
            in_force_from=FEBRUARY,
            decided_in=decision,
            on=FEBRUARY,
            by=chair,
            principal_amount=100_000,
            mandatory_amount=25_000,
        )

    assert len(refusals(together(decide, decide))) == 1
    assert SavingsRules.objects.filter(in_force_from=FEBRUARY).count() == 1
