"""What a workshop can carry: 70 pieces a week are 10 a day; one who sews six days of eight hours sews 2.880 minutes."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from orders import queries, services
from orders.arithmetic import capacity as workload
from orders.arithmetic.capacity import LIMITS, PIECES, Closed, Job, Span, Workshop
from orders.models import Closure, OrderLine
from pricing import services as pricing
from pricing.steps import STEPS
from tests.orders.builders import MONDAY, a_claim, a_workshop, an_offer, an_order, business_of, day
from tests.pricing.builders import an_item

NEW_YEAR = datetime.date(2026, 1, 1)
TEN_A_DAY = Workshop([Span(NEW_YEAR, 70)])


def job(due, quantity, **minutes):
    return Job(day(due), Decimal(quantity), minutes)


def free(workshop, jobs, due, **minutes):
    return workload.free_until(workshop, jobs, item=job(due, 0, **minutes), as_of=MONDAY)


def pieces(workshop, *, until):
    return workload.capacity(workshop, after=MONDAY, until=until)[PIECES]


def test_capacity_counts_the_days_after_today():
    assert pieces(TEN_A_DAY, until=day(3)) == 30
    assert pieces(TEN_A_DAY, until=MONDAY) == 0


def test_capacity_changes_on_its_day():
    spans = [Span(day(3), 140), Span(NEW_YEAR, 70)]  # from the third day on 20 a day
    assert pieces(Workshop(spans), until=day(4)) == 10 + 10 + 20 + 20


def test_room_is_what_no_promise_needs():
    jobs = [job(7, 50)]
    assert free(TEN_A_DAY, jobs, 7) == 20
    assert free(TEN_A_DAY, jobs, 14) == 90
    assert free(TEN_A_DAY, jobs, 3) == 20  # 30 could be made by then, but Friday's 50 would be late


def test_overdue_work_comes_first_and_there_is_never_less_than_nothing():
    assert free(TEN_A_DAY, [job(-5, 25)], 3) == 5
    assert free(TEN_A_DAY, [job(-5, 500)], 3) == 0
    assert free(Workshop([]), [], 30) == 0


def test_nothing_is_made_on_closed_days_and_a_day_is_closed_once():
    """Of 14 days a feast takes the 3rd to the 6th and a wedding the 6th and 7th: five days, 90 pieces are left."""
    closed = [Closed(day(3), day(6)), Closed(day(6), day(7)), Closed(day(40), day(50))]
    workshop = Workshop(TEN_A_DAY.spans, closed)
    assert pieces(workshop, until=day(14)) == 90
    assert workload.ready_on(workshop, [job(30, 30)], as_of=MONDAY) == day(8)  # 1st, 2nd, 8th
    weeks = workload.calendar(workshop, [job(30, 100)], as_of=MONDAY, weeks=2)
    assert [(week.closed_days, week.taken[PIECES]) for week in weeks] == [(5, 20), (0, 70)]


# -- hands at the steps ----------------------------------------------------------------------------------------------

SANDAL, BAG = {"cutting": 6, "sewing": 12}, {"cutting": 40, "sewing": 120}
ONE_SEWS = Workshop([Span(NEW_YEAR, 200, {"sewing": Decimal(6 * 8 * 60)})])
"""200 pieces a week at most; 2.880 minutes of sewing; who cuts is not written down."""


def test_the_narrowest_limit_decides():
    assert free(ONE_SEWS, [], 7, **SANDAL) == 200  # 240 could be sewn, but no more than 200 leave the house
    assert free(ONE_SEWS, [], 7, **BAG) == 24  # 2.880 ÷ 120
    assert free(ONE_SEWS, [job(7, 100, **SANDAL)], 7, **BAG) == 14  # 1.680 minutes are left
    assert free(ONE_SEWS, [job(7, 20, **BAG)], 7, **SANDAL) == 40  # 480 minutes ÷ 12
    assert free(ONE_SEWS, [job(7, 20, **BAG)], 7) == 180  # nobody measured it: a piece among 200


def test_a_step_nobody_can_do_lets_nothing_through():
    assert free(Workshop([Span(NEW_YEAR, 200, {"lasting": Decimal(0)})]), [], 28, lasting=30) == 0
    assert free(Workshop([Span(NEW_YEAR, 200, {"lasting": Decimal(0)})]), [], 28, sewing=30) == 800


def test_a_full_step_does_not_stop_work_that_needs_another():
    jobs = [job(7, 24, **BAG)]
    assert free(ONE_SEWS, jobs, 7, sewing=1) == 0
    assert free(ONE_SEWS, jobs, 7, cutting=5) == 176
    [week] = workload.calendar(ONE_SEWS, [*jobs, job(9, 100, cutting=5)], as_of=MONDAY, weeks=1)
    assert (week.narrowest, week.percent, week.taken[PIECES]) == ("sewing", 100, 124)


def test_ready_on_is_the_first_day_it_fits():
    assert workload.ready_on(TEN_A_DAY, [job(0, 95)], as_of=MONDAY) == day(10)
    assert workload.ready_on(TEN_A_DAY, [], as_of=MONDAY) == MONDAY
    assert workload.ready_on(Workshop([]), [job(0, 1)], as_of=MONDAY) is None
    assert workload.ready_on(ONE_SEWS, [job(0, 30, **BAG)], as_of=MONDAY) == day(9)  # 3.600 ÷ 2.880 of 7 days: 8,75


def test_the_calendar_lays_the_earliest_promise_first():
    jobs = [job(20, 80), job(5, 60), job(-1, 20)]
    weeks = workload.calendar(TEN_A_DAY, jobs, as_of=MONDAY, weeks=4)
    assert [(week.taken[PIECES], week.late) for week in weeks] == [(70, 20), (70, 10), (20, 0), (0, 0)]
    assert [week.percent for week in weeks] == [100, 100, 28, 0]


# -- as properties ---------------------------------------------------------------------------------------------------

days = st.integers(min_value=-10, max_value=60).map(day)
minutes = st.dictionaries(st.sampled_from(STEPS), st.integers(0, 90), max_size=4)
rates = st.dictionaries(st.sampled_from(STEPS), st.integers(0, 5_000).map(Decimal), max_size=4)
spans = st.lists(st.builds(Span, days, st.integers(0, 200), rates), max_size=4, unique_by=lambda span: span.from_on)
closed = st.lists(
    st.tuples(st.integers(-10, 60), st.integers(0, 20)).map(lambda it: Closed(day(it[0]), day(it[0] + it[1]))),
    max_size=3,
)
workshops = st.builds(Workshop, spans, closed)
work = st.lists(st.builds(Job, days, st.integers(1, 200).map(Decimal), minutes), max_size=6)


def late(workshop, jobs):
    """The days on which more is promised than can be made by then, of any limit."""
    found = set()
    for one in jobs:
        needed = dict.fromkeys(LIMITS, Decimal(0))
        for other in jobs:
            if other.due_on <= one.due_on:
                workload.add(needed, other)
        there_is = workload.capacity(workshop, after=MONDAY, until=max(one.due_on, MONDAY))
        found |= {(one.due_on, limit) for limit in LIMITS if needed[limit] > there_is[limit]}
    return found


@given(workshops, work, st.integers(0, 60), minutes)
def test_what_fits_leaves_every_promise_as_it_was(workshop, jobs, due, each):
    """After taking all the room there is none left, and no promise that could be kept before is broken."""
    room = free(workshop, jobs, due, **each)
    after = [*jobs, Job(day(due), room, each)]
    assert room == 0 or free(workshop, after, due, **each) == 0
    if room:
        assert {found for found in late(workshop, after) if found[0] != day(due)} <= late(workshop, jobs)


@given(workshops, work, st.integers(0, 60), minutes, st.integers(1, 100))
def test_more_capacity_never_means_less_room(workshop, jobs, due, each, more):
    faster = [
        Span(span.from_on, span.per_week + more, {step: rate + more for step, rate in span.minutes.items()})
        for span in workshop.spans
    ]
    assert free(Workshop(faster, workshop.closed), jobs, due, **each) >= free(workshop, jobs, due, **each)


@given(workshops, work, st.integers(0, 60), minutes, closed)
def test_closing_never_makes_room(workshop, jobs, due, each, more):
    shut = Workshop(workshop.spans, [*workshop.closed, *more])
    assert free(shut, jobs, due, **each) <= free(workshop, jobs, due, **each)


@given(workshops, work)
def test_no_week_holds_more_than_it_can_and_no_work_is_lost_or_doubled(workshop, jobs):
    weeks = workload.calendar(workshop, jobs, as_of=MONDAY, weeks=12)
    for week in weeks:
        assert all(week.taken[limit] <= week.capacity[limit] for limit in LIMITS)
        assert all(0 <= week.percent_of(limit) <= 100 for limit in LIMITS)
    made = sum(week.taken[PIECES] for week in weeks)
    assert round(made, 9) <= sum(one.quantity for one in jobs)


# -- the database has the same idea ----------------------------------------------------------------------------------


@pytest.fixture
def wallet(secretary):
    return an_item("DMP", name="Dompet", cutting=10, sewing=45, finishing=5, by=secretary)


def in_python(member, item, due):
    jobs = [queries.capacity._job(row) for row in queries.jobs(member, as_of=MONDAY)]
    one = Job(day(due), Decimal(0), item.minutes)
    return workload.free_until(queries.workshop(business_of(member)), jobs, item=one, as_of=MONDAY)


def test_the_board_and_the_calendar_have_one_idea_of_room(budi, siti, tono, sandal, wallet, secretary, chair):
    hands = {"sewing": Decimal("1.5"), "cutting": Decimal(1)}
    services.set_capacity(business_of(siti), from_on=day(9), per_week=90, hands=hands, hours_per_day=7, by=siti.user)
    services.close_workshop(business_of(siti), from_on=day(4), until_on=day(6), reason="nikahan", by=siti.user)
    services.close_workshop(None, from_on=day(6), until_on=day(8), reason="Lebaran", by=chair)
    an_order(siti, sandal, quantity=35, due=12)
    an_order(siti, wallet, quantity=20, due=25, price=125_000, reason="belum di daftar")
    a_claim(an_offer(an_order(tono, sandal), quantity=60, due=18), siti, quantity=21)
    for item, price in ((sandal, 9_000), (wallet, 90_000)):
        for due in (5, 12, 16, 21, 26):
            reason = {} if item == sandal else {"price": 125_000, "reason": "belum di daftar"}
            offer = an_offer(an_order(budi, item, **reason), quantity=20, due=due, closes=1, price=price)
            expected = in_python(siti, item, due)
            [me] = [one for one in queries.proposals(offer, as_of=MONDAY) if one.pk == siti.pk]
            assert me.free == expected
            assert queries.free(siti, item=item, until=day(due), as_of=MONDAY) == expected
            assert queries.free_of_all(item=item, until=day(due), as_of=MONDAY)[siti.pk] == expected
            offers = {offer.pk: offer.reasons[1] for offer in queries.board(siti, as_of=MONDAY, limit=50).offers}
            words = "muat semuanya" if expected >= 20 else f"muat {expected}" if expected else "tidak muat"
            assert offers[offer.pk].startswith(words), (item, due, expected)


def test_where_no_capacity_is_written_down_nobody_knows(sandal, secretary):
    wati = a_workshop("Wati", per_week=None, by=secretary)
    assert queries.free(wati, item=sandal, until=day(10), as_of=MONDAY) is None


def test_an_order_says_what_fits_and_when_it_is_ready(budi, siti, sandal):
    an_order(budi, sandal, quantity=40, due=10)
    order = an_order(budi, sandal, quantity=400, due=28)
    answer = queries.capacity_answer(order, as_of=MONDAY)
    assert (answer.to_make, answer.fits, answer.too_much) == (400, 240, 160)
    assert answer.ready_on == day(44)
    a_claim(an_offer(order, quantity=160), siti, quantity=100)
    answer = queries.capacity_answer(order, as_of=MONDAY)
    assert (answer.to_make, answer.too_much) == (300, 60)


def test_before_the_order_is_taken_the_answer_is_the_same_as_after(budi, sandal, wallet):
    an_order(budi, sandal, quantity=40, due=10)
    lines = [(sandal, Decimal(200)), (wallet, Decimal(100))]
    before = queries.capacity_before(budi, lines, due_on=day(28), as_of=MONDAY)
    assert (before.to_make, before.fits_of) == (300, {0: 200, 1: 40})  # 280 in four weeks, 40 are promised
    assert before.ready_on == day(34)


def test_the_calendar_costs_the_same_for_two_lines_and_for_a_thousand(budi, sandal):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as found:
            weeks = queries.calendar(budi, as_of=MONDAY)
            queries.free(budi, item=sandal, until=day(30), as_of=MONDAY)
        return len(found), weeks

    order = an_order(budi, sandal, quantity=2)
    few, _weeks = count()
    line = order.lines.get()
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            item=sandal,
            unit=line.unit,
            quantity=1,
            base_quantity=1,
            price=12_000,
            price_list=line.price_list,
            list_price=12_000,
        )
        for _number in range(998)
    )
    many, weeks = count()
    assert many == few <= 5
    assert [week.percent for week in weeks] == [100] * 8


# -- writing it down -------------------------------------------------------------------------------------------------


def test_everybodys_days_are_closed_by_the_chair_or_the_secretary(budi, siti, chair):
    facts = {"from_on": day(1), "until_on": day(7), "reason": "Lebaran"}
    with pytest.raises(Refused):
        services.close_workshop(None, by=budi.user, **facts)
    with pytest.raises(Refused):
        services.close_workshop(business_of(siti), by=budi.user, **facts)
    with pytest.raises(Refused):
        services.close_workshop(None, by=chair, **facts | {"until_on": day(0)})
    closure = services.close_workshop(None, by=chair, **facts)
    assert [week.closed_days for week in queries.calendar(budi, as_of=MONDAY, weeks=2)] == [7, 0]
    with pytest.raises(Refused):
        services.reopen_workshop(closure, on=day(8), by=chair)
    services.reopen_workshop(closure, on=day(2), by=chair)
    assert not Closure.objects.exists()


def test_a_material_has_no_minutes_of_work(secretary):
    with pytest.raises(Refused) as refusal:
        an_item("KLT", kind="material", base="sqft", sewing=5, by=secretary)
    assert refusal.value.field == "cutting"
    with pytest.raises(TypeError):
        pricing.add_item(code="X", name="X", kind="product", base_unit=None, painting=5, by=secretary)
