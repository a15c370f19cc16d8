"""An item nobody measured counts as a piece, says the page, until the workshop says how long one takes it.

One who sews six days of eight hours has 2,880 minutes a week; at 120 minutes a bag that is 24 a week, not 70.
"""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from orders import queries, services
from orders.models import WorkEstimate
from tests.orders.builders import MONDAY, an_offer, an_order, business_of, day
from tests.orders.test_accepting import facts
from tests.orders.test_views import post
from tests.orders.test_workload import in_python
from tests.pricing.builders import an_item

REASON = {"price": 100_000, "reason": "belum di daftar"}


@pytest.fixture
def bag(secretary):
    return an_item("TAS", name="Tas selempang", by=secretary)


@pytest.fixture
def sewer(siti):
    hands = {"sewing": Decimal(1)}
    services.set_capacity(business_of(siti), from_on=day(-60), per_week=70, hands=hands, by=siti.user)
    return siti


def estimate(member, item, *, by=None, on=MONDAY, **minutes):
    return services.estimate_work(member, item=item, on=on, by=by or member.user, **minutes)


def test_the_estimate_counts_for_this_workshop_everywhere(sewer, budi, bag):
    offer = an_offer(an_order(budi, bag, **REASON), quantity=60, due=7, closes=1, price=90_000)

    def room():
        free = queries.free(sewer, item=bag, until=day(7), as_of=MONDAY)
        [me] = [one for one in queries.proposals(offer, as_of=MONDAY) if one.pk == sewer.pk]
        assert me.free == free == queries.free_of_all(item=bag, until=day(7), as_of=MONDAY)[sewer.pk]
        [shown] = queries.board(sewer, as_of=MONDAY, limit=5).offers
        return int(free), shown.reasons[1]

    assert room() == (70, "muat semuanya sampai 9 Mar")
    estimate(sewer, bag, sewing=120)
    free, words = room()
    assert free == 24
    assert words.startswith("muat 24")
    assert queries.free(budi, item=bag, until=day(7), as_of=MONDAY) == 70  # nobody else's word counts
    answer = queries.capacity_before(sewer, [(bag, Decimal(60))], due_on=day(7), as_of=MONDAY)
    assert (answer.fits, answer.too_much) == (24, 36)
    an_order(sewer, bag, quantity=12, due=7, **REASON)
    assert queries.free(sewer, item=bag, until=day(7), as_of=MONDAY) == 12
    assert queries.calendar(sewer, as_of=MONDAY, weeks=1)[0].limit == "sewing"
    estimate(sewer, bag, sewing=60, on=day(1))
    assert queries.free(sewer, item=bag, until=day(7), as_of=MONDAY) == 36
    assert WorkEstimate.objects.count() == 1


def test_what_is_measured_for_everybody_wins(sewer, bag):
    estimate(sewer, bag, sewing=120)
    type(bag).objects.filter(pk=bag.pk).update(sewing=48)
    bag.refresh_from_db()
    assert queries.free(sewer, item=bag, until=day(7), as_of=MONDAY) == 60
    assert queries.capacity_before(sewer, [(bag, Decimal(99))], due_on=day(7), as_of=MONDAY).fits == 60
    with pytest.raises(Refused) as refusal:
        estimate(sewer, bag, sewing=10)
    assert "sekretaris" in str(refusal.value)


def test_an_estimate_is_the_own_word_and_says_something(sewer, tono, bag, secretary):
    leather = an_item("KLT", name="Kulit", kind="material", base="sqft", by=secretary)
    for facts_ in ({"by": tono.user, "sewing": 5}, {"sewing": 0}):
        with pytest.raises(Refused):
            estimate(sewer, bag, **facts_)
    with pytest.raises(Refused):
        estimate(sewer, leather, sewing=5)
    assert estimate(sewer, bag, by=secretary, cutting=5).minutes["cutting"] == 5  # for a member without a phone
    with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
        WorkEstimate.objects.update(cutting=0)
    with pytest.raises(IntegrityError, match="one_an_item"), transaction.atomic():
        WorkEstimate.objects.create(member=sewer, item=bag, sewing=1, told_on=MONDAY, told_by=secretary)


def test_the_pages_say_it_honestly_and_take_the_estimate(client, sewer, bag, tono):
    an_order(sewer, bag, quantity=12, on=today(), **REASON)
    client.force_login(sewer.user)
    assert "satu potong" in client.get(reverse("orders:capacity")).text
    page = post(client, "take", facts(sewer, bag, quantity=12, price="100.000", price_reason="belum di daftar"))
    assert "Belum ada yang mengukur Tas selempang" in page.text
    url = reverse("orders:estimate-work", args=[sewer.pk, bag.pk])
    assert url in page.text
    wrong = post(client, "estimate-work", {"sewing": ""}, sewer.pk, bag.pk)
    assert wrong.context["form"].errors
    assert post(client, "estimate-work", {"sewing": "120"}, sewer.pk, bag.pk).status_code == 302
    assert "perkiraan Anda" in client.get(reverse("orders:capacity")).text
    page = post(client, "take", facts(sewer, bag, quantity=12, price="100.000", price_reason="belum di daftar"))
    assert "Belum ada yang mengukur" not in page.text
    client.force_login(tono.user)
    assert client.get(url).status_code == 404


def test_python_and_sql_have_one_idea_of_room_with_estimates(sewer, bag, sandal):
    own = estimate(sewer, bag, sewing=77, cutting=9)
    an_order(sewer, sandal, quantity=30, due=9)
    an_order(sewer, bag, quantity=7, due=12, **REASON)
    for due in (3, 7, 9, 14, 20):
        assert queries.free(sewer, item=bag, until=day(due), as_of=MONDAY) == in_python(sewer, own, due)
