"""Real threads on a real database: what is offered is given once, however many reach for it."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from core.errors import Refused
from orders import queries, services
from orders.models import Claim, Order, Round, Settlement, WorkRequest
from tests.orders.builders import MONDAY, a_buyer, a_claim, a_confirmed_delivery, a_workshop, an_offer, an_order, day

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    """Run all calls at the same moment; the number that went through and the refusals."""
    gate, done, refusals, broken = threading.Barrier(len(calls)), [], [], []

    def run(call):
        try:
            gate.wait(timeout=30)
            done.append(call())
        except Refused as refusal:
            refusals.append(str(refusal))
        except Exception as error:  # noqa: BLE001  a thread must not swallow what is neither
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return done, refusals


def test_twenty_reach_for_ninety_pairs_and_exactly_ninety_are_given(budi, sandal, secretary):
    makers = [a_workshop(f"Pengrajin{number:02}", by=secretary) for number in range(20)]
    offer = an_offer(an_order(budi, sandal), quantity=90)
    calls = [
        lambda maker=maker: services.claim(
            offer, member=maker, quantity=Decimal(20), insist=True, on=MONDAY, by=maker.user
        )
        for maker in makers
    ]
    done, refusals = at_once(calls)
    assert (len(done), len(refusals)) == (4, 16)
    assert all("10 pasang" in sentence for sentence in refusals)
    assert queries.left(offer) == 10
    assert Claim.objects.values("member").distinct().count() == 4


def test_two_reach_for_the_last_twenty(budi, siti, tono, sandal):
    offer = an_offer(an_order(budi, sandal), quantity=20)
    done, refusals = at_once([lambda who=who: a_claim(offer, who, quantity=20) for who in (siti, tono)])
    assert (len(done), len(refusals)) == (1, 1)
    assert queries.left(offer) == 0


def test_twenty_ask_while_the_round_closes_and_exactly_what_is_offered_is_given(budi, sandal, secretary):
    makers = [a_workshop(f"Pengrajin{number:02}", by=secretary) for number in range(20)]
    offer = an_offer(an_order(budi, sandal), quantity=90, is_shared=True)
    for maker in makers[:10]:
        services.ask(offer, member=maker, quantity=Decimal(20), insist=True, on=MONDAY, by=maker.user)
    calls = [
        lambda maker=maker: services.ask(
            offer, member=maker, quantity=Decimal(20), insist=True, on=MONDAY, by=maker.user
        )
        for maker in makers[10:]
    ] + [lambda: services.close_round(offer, on=MONDAY, by=budi.user) for _ in range(10)]
    at_once(calls)
    done = Round.objects.get()
    assert done.given == 90 == sum(claim.quantity for claim in Claim.objects.all())
    assert Claim.objects.values("member").distinct().count() == Claim.objects.count()
    asked = WorkRequest.objects.count()
    assert done.shares.count() == asked >= 10
    with pytest.raises(Refused):
        services.ask(offer, member=makers[0], quantity=Decimal(1), insist=True, on=MONDAY, by=makers[0].user)


def test_giving_early_and_closing_do_not_give_twice(budi, siti, sandal):
    offer = an_offer(an_order(budi, sandal), quantity=20, is_shared=True)
    request = services.ask(offer, member=siti, quantity=Decimal(20), insist=True, on=MONDAY, by=siti.user)
    at_once(
        [
            lambda: services.accept_request(request, quantity=Decimal(20), on=MONDAY, by=budi.user),
            lambda: services.close_round(offer, on=MONDAY, by=budi.user),
        ]
    )
    assert Claim.objects.get().quantity == 20


def test_one_maker_tapping_twice_takes_one_part(budi, siti, sandal):
    offer = an_offer(an_order(budi, sandal), quantity=60)
    done, _refusals = at_once([lambda: a_claim(offer, siti, quantity=10) for _ in range(5)])
    assert len(done) == 1


def test_a_part_is_sent_or_given_back_not_both(budi, siti, sandal):
    claim = a_claim(an_offer(an_order(budi, sandal)), siti, quantity=20)
    done, _refusals = at_once(
        [
            lambda: services.deliver(claim, delivered=Decimal(20), on=day(1), by=siti.user),
            lambda: services.withdraw_claim(claim, on=day(1), by=siti.user),
        ]
    )
    assert len(done) == 1


def test_taking_and_cancelling_do_not_pass_each_other(budi, siti, sandal):
    order = an_order(budi, sandal)
    offer = an_offer(order)
    done, _refusals = at_once(
        [
            lambda: a_claim(offer, siti, quantity=20),
            lambda: services.cancel(order, reason="batal", on=MONDAY, by=budi.user),
        ]
    )
    order.refresh_from_db()
    assert len(done) == 1
    assert Claim.objects.exists() == (order.cancelled_on is None)


def test_a_line_is_not_offered_twice(budi, sandal):
    order = an_order(budi, sandal, quantity=100)
    done, _refusals = at_once([lambda: an_offer(order, quantity=60) for _ in range(4)])
    assert len(done) == 1


def test_a_delivery_is_settled_once(budi, siti, sandal, treasurer, books):
    delivery = a_confirmed_delivery(a_claim(an_offer(an_order(budi, sandal)), siti))
    done, _refusals = at_once(
        [lambda: services.settle(delivery, method="cash", on=day(9), by=treasurer) for _ in range(4)]
    )
    assert len(done) == 1
    paid = Settlement.objects.get()
    done, _refusals = at_once([lambda: services.pay_out(paid, on=day(9), by=treasurer) for _ in range(4)])
    assert len(done) == 1


def test_numbers_have_no_gap_and_no_twin(budi, sandal):
    buyer = a_buyer()
    done, _refusals = at_once([lambda: an_order(budi, sandal, partner=buyer) for _ in range(8)])
    numbers = sorted(Order.objects.values_list("number", flat=True))
    assert len(done) == 8
    assert numbers == [f"PS-2026-{number:04}" for number in range(1, 9)]
