"""What a workshop can carry: 70 pairs a week are 10 a day."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orders import queries, workload
from orders.workload import Job, Span
from tests.orders.builders import MONDAY, a_claim, a_surplus, a_workshop, an_order, business_of, day

TEN_A_DAY = [Span(datetime.date(2026, 1, 1), 70)]


def free(spans, jobs, due):
    return workload.free_until(spans, jobs, due_on=day(due), as_of=MONDAY)


def test_capacity_counts_the_days_after_today():
    assert workload.capacity(TEN_A_DAY, after=MONDAY, until=day(3)) == 30
    assert workload.capacity(TEN_A_DAY, after=MONDAY, until=MONDAY) == 0


def test_capacity_changes_on_its_day():
    spans = [Span(day(3), 140), *TEN_A_DAY]  # from the third day on 20 a day
    assert workload.capacity(spans, after=MONDAY, until=day(4)) == 10 + 10 + 20 + 20


def test_room_is_what_no_promise_needs():
    jobs = [Job(day(7), Decimal(50))]
    assert free(TEN_A_DAY, jobs, 7) == 20
    assert free(TEN_A_DAY, jobs, 14) == 90
    assert free(TEN_A_DAY, jobs, 3) == 20  # 30 could be made by then, but Friday's 50 would be late


def test_overdue_work_comes_first_and_there_is_never_less_than_nothing():
    assert free(TEN_A_DAY, [Job(day(-5), Decimal(25))], 3) == 5
    assert free(TEN_A_DAY, [Job(day(-5), Decimal(500))], 3) == 0
    assert free([], [], 30) == 0


def test_ready_on_is_the_first_day_it_fits():
    assert workload.ready_on(TEN_A_DAY, Decimal(95), as_of=MONDAY) == day(10)
    assert workload.ready_on(TEN_A_DAY, Decimal(0), as_of=MONDAY) == MONDAY
    assert workload.ready_on([], Decimal(1), as_of=MONDAY) is None


def test_the_calendar_lays_the_earliest_promise_first():
    jobs = [Job(day(20), Decimal(80)), Job(day(5), Decimal(60)), Job(day(-1), Decimal(20))]
    weeks = workload.calendar(TEN_A_DAY, jobs, as_of=MONDAY, weeks=4)
    assert [(week.taken, week.late) for week in weeks] == [(70, 20), (70, 10), (20, 0), (0, 0)]
    assert [week.percent for week in weeks] == [100, 100, 28, 0]


days = st.integers(min_value=-10, max_value=60).map(day)
spans = st.lists(st.builds(Span, days, st.integers(0, 200)), max_size=4, unique_by=lambda span: span.from_on)
work = st.lists(st.builds(Job, days, st.integers(1, 200).map(Decimal)), max_size=6)


@given(spans, work, st.integers(0, 60))
def test_what_fits_leaves_every_promise_as_it_was(spans, jobs, due):
    """After taking all the room there is none left, and no promise that could be kept before is broken."""
    room = free(spans, jobs, due)
    after = [*jobs, Job(day(due), room)]
    assert room == 0 or free(spans, after, due) == 0

    def late(jobs):
        return {
            job.due_on
            for job in jobs
            if workload.capacity(spans, after=MONDAY, until=max(job.due_on, MONDAY))
            < sum(other.quantity for other in jobs if other.due_on <= job.due_on)
        }

    if room:
        assert late(after) <= late(jobs)


@given(spans, work, st.integers(0, 60), st.integers(1, 100))
def test_more_capacity_never_means_less_room(spans, jobs, due, more):
    faster = [Span(span.from_on, span.per_week + more) for span in spans]
    assert free(faster, jobs, due) >= free(spans, jobs, due)


# -- the board and the calendar agree --------------------------------------------------------------------------------


def test_the_board_and_the_calendar_have_one_idea_of_room(budi, siti, tono, sandal, secretary):
    an_order(siti, sandal, quantity=95, due=12)
    an_order(siti, sandal, quantity=30, due=25)
    a_claim(a_surplus(an_order(tono, sandal), quantity=60, due=18), siti, quantity=21)
    for due in (5, 12, 16, 21, 26):
        surplus = a_surplus(an_order(budi, sandal), quantity=20, due=due, closes=1)
        jobs = [Job(row.due_on, row.quantity) for row in queries.jobs(siti, as_of=MONDAY)]
        expected = workload.free_until(queries.spans(business_of(siti)), jobs, due_on=day(due), as_of=MONDAY)
        [me] = [one for one in queries.proposals(surplus, as_of=MONDAY) if one.pk == siti.pk]
        assert me.free == expected
    reasons = {offer.due_on: offer.reasons[1] for offer in queries.board(siti, as_of=MONDAY, limit=50).offers}
    assert reasons[day(26)] == "muat semuanya sampai 28 Mar"
    assert a_workshop("Wati", per_week=None, by=secretary)


def test_an_order_says_what_fits_and_when_it_is_ready(budi, siti, sandal):
    an_order(budi, sandal, quantity=40, due=10)
    order = an_order(budi, sandal, quantity=400, due=28)
    answer = queries.capacity_answer(order, as_of=MONDAY)
    assert (answer.to_make, answer.fits, answer.too_much) == (400, 240, 160)
    assert answer.ready_on == day(44)
    a_claim(a_surplus(order, quantity=160), siti, quantity=100)
    answer = queries.capacity_answer(order, as_of=MONDAY)
    assert (answer.to_make, answer.too_much) == (300, 60)
