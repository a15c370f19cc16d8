"""“I need work”: said by the workshop, seen by whoever shares work out, over when work was found or its day passes."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from orders import queries, services
from orders.models import FreeHands, Order
from tests.orders.builders import MONDAY, a_workshop, an_offer, an_order, day
from tests.orders.test_views import post

pytestmark = pytest.mark.django_db


def told(member, *, on=MONDAY, until=14, **facts):
    until_on = on + datetime.timedelta(days=until)
    return services.tell_free_hands(member, until_on=until_on, on=on, by=member.user, **facts)


def test_it_stands_beside_the_name_wherever_work_is_shared_out(budi, siti, tono, sandal):
    told(siti, pieces=40, note="Sandal anak")
    order = an_order(budi, sandal, quantity=400)
    words = {one.name: " ".join(one.reasons) for one in queries.proposals(an_offer(order, quantity=50), as_of=MONDAY)}
    assert "minta pekerjaan sampai 16 Maret" in words[siti.name]
    assert "minta pekerjaan" not in words[tono.name]
    hands = queries.split(sandal, 60, holder=budi.pk, until=day(20), as_of=MONDAY)
    assert {hand.name: hand.asks_until for hand in hands} == {siti.name: day(14), tono.name: None}


def test_it_is_over_when_its_day_has_passed_or_work_was_found(siti):
    first = told(siti, until=3)
    assert list(queries.free_hands(as_of=day(3))) == [first]
    assert not queries.free_hands(as_of=day(4))
    second = told(siti, on=day(1))
    assert list(queries.free_hands(as_of=day(1))) == [second]  # what was said before is replaced
    services.end_free_hands(second, on=day(2), by=siti.user)
    assert queries.own_free_hands(siti, as_of=day(2)) is None
    with pytest.raises(Refused, match="Tidak ada yang dicatat"):
        services.end_free_hands(second, on=day(2), by=siti.user)


def test_what_is_refused(siti, tono, supervisor):
    for until in (-1, 93):
        with pytest.raises(Refused) as refusal:
            told(siti, until=until)
        assert refusal.value.field == "until_on"
    for stranger in (tono.user, supervisor):
        with pytest.raises(Refused):
            services.tell_free_hands(siti, until_on=day(3), on=MONDAY, by=stranger)
    assert not FreeHands.objects.exists()


def test_the_database_refuses_a_second_one_and_days_out_of_order(siti):
    told(siti)
    facts = {"member": siti, "told_on": MONDAY, "told_by": siti.user}
    wrong = [
        ({"until_on": day(3)}, "one_at_a_time"),
        ({"until_on": day(-1), "ended_on": MONDAY}, "days_in_order"),
        ({"until_on": day(3), "ended_on": MONDAY, "pieces": 0}, "some"),
    ]
    for more, name in wrong:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            FreeHands.objects.create(**facts, **more)


def test_said_and_taken_back_with_the_buttons(client, siti, tono):
    client.force_login(siti.user)
    page = client.get(reverse("orders:work")).content.decode()
    assert reverse("orders:tell-free-hands") in page
    assert post(client, "tell-free-hands", {"until_on": today()}).status_code == 302
    assert "kosong sampai" in client.get(reverse("orders:work")).content.decode()
    client.force_login(tono.user)
    assert siti.name in client.get(reverse("orders:tell-free-hands")).content.decode()
    own = FreeHands.objects.get()
    assert client.get(reverse("orders:end-free-hands", args=[own.pk])).status_code == 404
    client.force_login(siti.user)
    assert post(client, "end-free-hands", {}, own.pk).status_code == 302
    assert not queries.free_hands(as_of=today())


def test_who_may_not(client, supervisor, secretary):
    client.force_login(supervisor)
    assert client.get(reverse("orders:tell-free-hands")).status_code == 403
    assert client.get(reverse("orders:too-much")).status_code == 403
    client.force_login(secretary)
    page = client.get(reverse("orders:tell-free-hands")).context["page"]
    assert page.unavailable


def test_too_many_orders_opens_the_one_that_does_not_fit(client, budi, sandal):
    client.force_login(budi.user)
    assert "muat" in client.get(reverse("orders:too-much")).content.decode()
    first = an_order(budi, sandal, quantity=400, on=today())
    answer = client.get(reverse("orders:too-much"))
    assert answer["Location"] == reverse("orders:help", args=[first.pk])
    an_order(budi, sandal, quantity=400, on=today(), due=35)
    page = client.get(reverse("orders:too-much")).content.decode()
    assert all(reverse("orders:help", args=[order.pk]) in page for order in Order.objects.all())


def test_the_pages_take_as_many_queries_for_thirty_as_for_two(client, budi, siti, tono, sandal, secretary):
    def queries_of(*names):
        found = []
        for name in names:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(reverse(f"orders:{name}"))
            found.append(len(captured))
        return found

    for member in (siti, tono):
        told(member, on=today())
    for due in (28, 29):
        an_order(budi, sandal, quantity=400, on=today(), due=due)
    client.force_login(budi.user)
    before = queries_of("tell-free-hands", "too-much", "work")
    for number in range(10):
        told(a_workshop(f"Pengrajin{number}", by=secretary), on=today())
        an_offer(an_order(budi, sandal, quantity=100, on=today(), due=30 + number), on=today())
    assert queries_of("tell-free-hands", "too-much", "work") == before
