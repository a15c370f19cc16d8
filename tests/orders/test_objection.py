"""“That is not right”: what one side wrote down is refused, or taken back, until the other side has said yes."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from orders import queries, services
from orders.models import Claim, Delivery, MaterialGiven
from orders.queries import Journey
from stock import queries as stock_queries
from stock import services as stock
from tests.orders.builders import MONDAY, a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.orders.test_views import post
from tests.pricing.builders import an_item

NOTHING = "Tidak ada yang dicatat"


@pytest.fixture
def leather(secretary):
    return an_item("KL", name="Kulit sapi", kind="material", base="sqft", by=secretary)


@pytest.fixture
def claim(budi, siti, sandal):
    return a_claim(an_offer(an_order(budi, sandal), advance_bp=5_000), siti, quantity=20)


def given(claim, leather, quantity=10, **facts):
    holder = claim.offer.line.order.member
    return services.give_material(claim, item=leather, quantity=Decimal(quantity), on=MONDAY, by=holder.user, **facts)


def journey(claim):
    return Journey(queries.handovers(Claim.objects.filter(pk=claim.pk), gone=True).get())


def said(user):
    return user.notices.latest("pk").text


def test_the_maker_says_that_material_is_not_right_and_the_main_step_is_there_all_along(claim, leather, budi, siti):
    row = given(claim, leather, value=100_000, is_owed=True)
    assert journey(claim).next_action(siti.user).url == reverse("orders:confirm-material", args=[row.pk])
    assert journey(claim).second_action(siti.user).url == reverse("orders:deliver", args=[claim.pk])
    with pytest.raises(Refused) as refusal:
        services.drop_material(row, on=MONDAY, by=siti.user)
    assert refusal.value.field == "reason"
    services.drop_material(row, reason="Hanya 8 kaki yang sampai", right="8", on=MONDAY, by=siti.user)
    assert "Yang benar: 8" in said(budi.user)
    assert journey(claim).next_action(siti.user).url == reverse("orders:deliver", args=[claim.pk])
    assert queries.owed(queries.handovers(Claim.objects.all()).get()).open["material"] == 0
    for call in (services.confirm_material, services.drop_material):
        with pytest.raises(Refused, match=NOTHING):
            call(row, on=MONDAY, by=siti.user)


def test_the_giver_takes_it_back_until_it_is_confirmed(claim, leather, budi, siti, tono):
    first, second = given(claim, leather), given(claim, leather)
    with pytest.raises(Refused):
        services.drop_material(first, on=MONDAY, by=tono.user)
    services.drop_material(first, on=MONDAY, by=budi.user)
    services.confirm_material(second, on=MONDAY, by=siti.user)
    with pytest.raises(Refused, match=NOTHING):
        services.drop_material(second, on=MONDAY, by=budi.user)
    with pytest.raises(IntegrityError, match="dropped_whole"), transaction.atomic():
        MaterialGiven.objects.filter(pk=second.pk).update(dropped_on=MONDAY, dropped_by=budi.user)


def test_more_than_the_giver_holds_is_asked_about(claim, leather, budi, siti):
    stock.record(budi, item=leather, kind="bought", quantity=Decimal(6), on=MONDAY, by=budi.user)
    with pytest.raises(Refused, match="6 kaki") as refusal:
        given(claim, leather)
    assert refusal.value.field == "insist"
    row = given(claim, leather, insist=True)
    services.confirm_material(row, on=MONDAY, by=siti.user)
    assert MaterialGiven.objects.get().movement is None
    assert stock_queries.held(budi, leather, as_of=MONDAY) == 6
    services.confirm_material(given(claim, leather, 6), on=MONDAY, by=siti.user)
    assert stock_queries.held(siti, leather, as_of=MONDAY) == 6


def test_a_count_is_objected_to_taken_back_and_made_anew(claim, budi, siti, tono):
    delivery = a_confirmed_delivery(claim, accepted=15)
    services.object_to_count(delivery, reason="Semua baik", right="20", on=day(9), by=siti.user)
    assert "15 pasang" in said(budi.user)
    for stranger in (siti.user, tono.user):
        with pytest.raises(Refused):
            services.undo_count(delivery, on=day(9), by=stranger)
    services.undo_count(delivery, on=day(9), by=budi.user)
    assert journey(claim).next_action(budi.user).url == reverse("orders:confirm", args=[delivery.pk])
    with pytest.raises(Refused, match=NOTHING):
        services.undo_count(delivery, on=day(9), by=budi.user)
    services.confirm(delivery, accepted=Decimal(20), on=day(9), by=budi.user)
    assert Delivery.objects.get().accepted == 20


def test_what_is_paid_is_not_counted_anew(claim, budi, siti):
    delivery = a_confirmed_delivery(claim)
    services.settle(delivery, method="direct", on=day(9), by=budi.user)
    for call in (
        lambda: services.undo_count(delivery, on=day(9), by=budi.user),
        lambda: services.object_to_count(delivery, reason="kurang", on=day(9), by=siti.user),
    ):
        with pytest.raises(Refused, match=NOTHING):
            call()


def test_a_count_whose_rejects_are_with_others_is_not_taken_back(budi, siti, tono, sandal):
    offer = an_offer(an_order(budi, sandal), quantity=20, closes=15)
    delivery = a_confirmed_delivery(a_claim(offer, siti, quantity=20), accepted=15)
    a_claim(offer, tono, quantity=5, on=day(9))
    with pytest.raises(Refused, match="tangan lain"):
        services.undo_count(delivery, on=day(9), by=budi.user)
    assert Delivery.objects.get().accepted == 15


def test_what_was_sent_is_corrected_until_it_is_counted(claim, budi, siti):
    delivery = services.deliver(claim, delivered=Decimal(12), on=day(7), by=siti.user)
    for wrong in (0, Decimal("1.5"), 21):
        with pytest.raises(Refused) as refusal:
            services.correct_sent(delivery, delivered=Decimal(wrong), on=day(7), by=siti.user)
        assert refusal.value.field == "delivered"
    with pytest.raises(Refused):
        services.correct_sent(delivery, delivered=Decimal(11), on=day(7), by=budi.user)
    services.correct_sent(delivery, delivered=Decimal(20), on=day(7), by=siti.user)
    assert "20 pasang, bukan 12" in said(budi.user)
    services.confirm(delivery, accepted=Decimal(20), on=day(8), by=budi.user)
    with pytest.raises(Refused, match=NOTHING):
        services.correct_sent(delivery, delivered=Decimal(19), on=day(8), by=siti.user)


def test_money_that_did_not_come_is_said(claim, budi, siti):
    advance = services.pay_ahead(claim, amount=50_000, method="direct", on=MONDAY, by=budi.user)
    services.object_to_advance(advance, reason="Belum saya terima", right="40.000", on=MONDAY, by=siti.user)
    assert "Belum saya terima" in said(budi.user)
    services.confirm_advance(advance, on=MONDAY, by=siti.user)
    with pytest.raises(Refused, match=NOTHING):
        services.object_to_advance(advance, reason="lagi", on=MONDAY, by=siti.user)


def test_with_the_buttons_of_the_page(client, budi, siti, tono, sandal, leather):
    claim = a_claim(an_offer(an_order(budi, sandal, on=today()), advance_bp=5_000, on=today()), siti, on=today())
    holder = {"on": today(), "by": budi.user}
    row = services.give_material(claim, item=leather, quantity=Decimal(3), **holder)
    money = services.pay_ahead(claim, amount=50_000, method="direct", **holder)
    sent = services.deliver(claim, delivered=Decimal(10), on=today(), by=siti.user)
    client.force_login(siti.user)
    page = client.get(reverse("orders:claim", args=[claim.pk])).content.decode()
    assert reverse("orders:object-to-material", args=[row.pk]) in page
    assert reverse("orders:deliver", args=[claim.pk]) in page
    assert post(client, "object-to-material", {"reason": "kurang", "right": "2"}, row.pk).status_code == 302
    assert post(client, "object-to-advance", {"reason": "belum"}, money.pk).status_code == 302
    assert post(client, "correct-sent", {"delivered": "11"}, sent.pk).status_code == 302
    services.confirm(sent, accepted=Decimal(11), **holder)
    assert post(client, "object-to-count", {"reason": "kurang"}, sent.pk).status_code == 302
    client.force_login(budi.user)
    assert post(client, "undo-count", {}, sent.pk).status_code == 302
    other = services.give_material(claim, item=leather, quantity=Decimal(2), **holder)
    assert post(client, "drop-material", {}, other.pk).status_code == 302
    stock.record(budi, item=leather, kind="bought", quantity=Decimal(6), **holder)
    data = {"item": leather.pk, "quantity": "9", "on": today()}
    form = post(client, "give-material", data, claim.pk).context["form"]
    assert not form["insist"].is_hidden
    assert post(client, "give-material", data | {"insist": "on"}, claim.pk).status_code == 302
    client.force_login(tono.user)
    pages = [("object-to-material", row), ("drop-material", row), ("object-to-advance", money)]
    for name, found in [*pages, ("object-to-count", sent), ("undo-count", sent), ("correct-sent", sent)]:
        assert client.get(reverse(f"orders:{name}", args=[found.pk])).status_code == 404


@pytest.mark.parametrize("name", ["object-to-count", "undo-count", "correct-sent"])
def test_the_supervisor_changes_nothing(client, claim, supervisor, siti, name):
    sent = services.deliver(claim, delivered=Decimal(10), on=MONDAY, by=siti.user)
    client.force_login(supervisor)
    assert client.get(reverse(f"orders:{name}", args=[sent.pk])).status_code == 403
