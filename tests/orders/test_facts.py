"""What the loans ask about the work of a member."""

from loans import queries
from orders import services
from sales import services as sales
from tests.orders.builders import a_claim, a_confirmed_delivery, an_offer, an_order, day


def work_ahead(member, on):
    return queries.member_fact("work_ahead", member, as_of=on)


def test_work_ahead_is_what_the_own_open_orders_are_still_worth(budi, siti, sandal):
    order = an_order(budi, sandal, quantity=100)  # 100 pairs at 12,000
    assert work_ahead(budi, day(-1)) == 0
    assert work_ahead(budi, day(0)) == 1_200_000
    claim = a_claim(an_offer(order, quantity=60), siti, quantity=20)
    assert work_ahead(budi, day(0)) == 80 * 12_000
    assert work_ahead(siti, day(0)) == 0
    a_confirmed_delivery(claim, accepted=15)  # five come back
    assert work_ahead(budi, day(8)) == 85 * 12_000


def test_a_finished_or_cancelled_order_is_no_work_ahead(budi, sandal):
    finished, cancelled = an_order(budi, sandal, quantity=10), an_order(budi, sandal, quantity=10)
    sales.finish(finished, on=day(3), by=budi.user)
    services.cancel(cancelled, reason="Batal", on=day(4), by=budi.user)
    assert [work_ahead(budi, day(number)) for number in (2, 3, 4)] == [240_000, 120_000, 0]
