import datetime
from decimal import Decimal

import pytest

from core.errors import Refused
from core.models import AuditEvent
from orders import queries, services
from orders.models import Claim, Offer, Order
from orders.services import MustInsist, Wanted
from sales import services as sales
from tests import builders
from tests.orders.builders import (
    MONDAY,
    a_buyer,
    a_claim,
    a_confirmed_delivery,
    a_workshop,
    an_offer,
    an_order,
    business_of,
    day,
)
from tests.pricing.builders import a_price_list, an_item, unit

# -- taking an order -------------------------------------------------------------------------------------------------


def test_an_order_copies_the_list_price_and_counts_kodi(budi, sandal):
    order = an_order(budi, sandal, quantity=4, unit=unit("kodi"))
    line = order.lines.get()
    assert order.number == "PS-2026-0001"
    assert (line.quantity, line.base_quantity, line.list_price, line.price) == (4, 80, 12_000, 12_000)
    assert line.amount == 960_000
    assert not line.is_below_list


def test_numbers_run_without_gaps_within_their_year(budi, sandal):
    an_order(budi, sandal)
    with pytest.raises(Refused):
        an_order(budi, sandal, price=9_000)  # its number goes back
    assert an_order(budi, sandal).number == "PS-2026-0002"
    assert an_order(budi, sandal, on=datetime.date(2025, 5, 1), price=12_000, reason="dulu").number == "PS-2025-0001"


def test_below_the_list_needs_a_reason_and_is_flagged(budi, sandal):
    with pytest.raises(Refused) as refusal:
        an_order(budi, sandal, price=11_000)
    assert refusal.value.field == "price_reason"
    assert an_order(budi, sandal, price=11_000, reason="cacat warna").lines.get().is_below_list


def test_the_price_of_the_day_stays_when_the_list_changes(budi, sandal, secretary, chair):
    order = an_order(budi, sandal)
    a_price_list({sandal: 15_000}, start=day(1), drafter=secretary, decider=chair)
    assert order.lines.get().list_price == 12_000
    assert an_order(budi, sandal, on=day(1)).lines.get().list_price == 15_000


def test_an_item_on_no_list_needs_price_and_reason(budi, secretary):
    bag = an_item("TAS", base="piece", by=secretary)
    with pytest.raises(Refused) as refusal:
        an_order(budi, bag)
    assert refusal.value.field == "price"
    with pytest.raises(Refused) as refusal:
        an_order(budi, bag, price=250_000)
    assert refusal.value.field == "price_reason"
    assert an_order(budi, bag, price=250_000, reason="model baru").lines.get().list_price is None


@pytest.mark.parametrize(
    ("facts", "field"), [({"quantity": 0}, "quantity"), ({"quantity": "1.5"}, "quantity"), ({"due": -1}, "due_on")]
)
def test_a_wrong_order_is_refused(budi, sandal, facts, field):
    with pytest.raises(Refused) as refusal:
        an_order(budi, sandal, **facts)
    assert refusal.value.field == field
    assert not Order.objects.exists()


def test_only_buyers_order_and_an_order_has_lines(budi, sandal, secretary):
    supplier = builders.a_partner("Toko Kulit", kind="supplier", market="", by=secretary)
    with pytest.raises(Refused) as refusal:
        an_order(budi, sandal, partner=supplier)
    assert refusal.value.field == "partner"
    with pytest.raises(Refused):
        services.take_order(budi, partner=a_buyer(), lines=[], due_on=day(5), on=MONDAY, by=budi.user)


def test_nobody_takes_orders_for_a_neighbour_but_officers_may_help(budi, siti, sandal, secretary):
    facts = {"partner": a_buyer(), "lines": [Wanted(sandal, unit("pair"), Decimal(10))], "due_on": day(9), "on": MONDAY}
    with pytest.raises(Refused):
        services.take_order(budi, by=siti.user, **facts)
    assert services.take_order(budi, by=secretary, **facts).member == budi


def test_somebody_who_left_takes_no_order(budi, sandal, secretary):
    from members.services import leave  # noqa: PLC0415

    leave(budi, on=day(1), reason="own_request", by=secretary)
    budi.refresh_from_db()
    with pytest.raises(Refused):
        an_order(budi, sandal, on=day(2))


# -- offering --------------------------------------------------------------------------------------------------------


def test_an_offer_is_told_to_the_members_who_fit_best(budi, siti, tono, sandal):
    offer = an_offer(an_order(budi, sandal))
    assert offer.quantity == 60
    assert siti.user.notices.get(url__startswith="/orders/").url == f"/orders/offers/{offer.pk}/"
    assert not budi.user.notices.filter(url__startswith="/orders/").exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"quantity": 101}, "quantity"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": "0.5"}, "quantity"),
        ({"price": 12_001}, "maker_price"),
        ({"closes": -1}, "closes_on"),
        ({"due": 29}, "due_on"),
        ({"closes": 10, "due": 9}, "due_on"),
    ],
)
def test_a_wrong_offer_is_refused(budi, sandal, facts, field):
    order = an_order(budi, sandal)
    with pytest.raises(Refused) as refusal:
        an_offer(order, **facts)
    assert refusal.value.field == field
    assert not Offer.objects.exists()


def test_no_more_is_offered_than_remains(budi, siti, sandal):
    order = an_order(budi, sandal, quantity=100)
    offer = an_offer(order, quantity=60)
    a_claim(offer, siti, quantity=20)
    line = order.lines.get()
    assert queries.not_offered(line, as_of=MONDAY) == 40
    assert queries.not_offered(line, as_of=day(6)) == 80  # the offer is over, what nobody took is his again
    services.withdraw_offer(offer, on=MONDAY, by=budi.user)
    assert queries.not_offered(line, as_of=MONDAY) == 80
    with pytest.raises(Refused):
        an_offer(order, quantity=81)


def test_only_the_holder_of_the_order_or_an_officer_offers(budi, siti, sandal):
    order = an_order(budi, sandal)
    order.member.user = siti.user
    with pytest.raises(Refused):
        an_offer(order)


# -- taking part -----------------------------------------------------------------------------------------------------


def test_one_takes_twenty_and_the_next_hears_what_is_left(budi, siti, tono, sandal):
    offer = an_offer(an_order(budi, sandal), quantity=30)
    a_claim(offer, siti, quantity=20)
    assert queries.left(offer) == 10
    with pytest.raises(Refused) as refusal:
        a_claim(offer, tono, quantity=20)
    assert "10 pasang" in str(refusal.value)
    a_claim(offer, tono, quantity=10)
    assert queries.left(offer) == 0
    assert budi.user.notices.filter(url__startswith="/orders/").count() == 2


def test_own_offer_closed_offer_and_second_part_are_refused(budi, siti, tono, sandal):
    offer = an_offer(an_order(budi, sandal), closes=5)
    with pytest.raises(Refused):
        a_claim(offer, budi)
    with pytest.raises(Refused):
        a_claim(offer, siti, on=day(6))
    a_claim(offer, siti, quantity=5, on=day(5))
    with pytest.raises(Refused):
        a_claim(offer, siti, quantity=5, on=day(5))
    services.withdraw_offer(offer, on=day(5), by=budi.user)
    with pytest.raises(Refused):
        a_claim(offer, tono, on=day(5))
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("quantity", [0, "0.5", "-3", 61])
def test_a_wrong_quantity_is_refused(budi, siti, sandal, quantity):
    offer = an_offer(an_order(budi, sandal))
    with pytest.raises(Refused) as refusal:
        a_claim(offer, siti, quantity=quantity)
    assert refusal.value.field == "quantity"


def test_nobody_claims_for_a_neighbour(budi, siti, tono, sandal):
    offer = an_offer(an_order(budi, sandal))
    with pytest.raises(Refused):
        services.claim(offer, member=siti, quantity=Decimal(5), on=MONDAY, by=tono.user)


def test_missing_skill_and_room_warn_and_insisting_is_kept(budi, secretary, chair):
    wide = a_workshop("Wati", per_week=7, by=secretary)
    shoe = an_item("SPT", name="Sepatu pantofel", skill=builders_skill("lasting", secretary), by=secretary)
    order = an_order(budi, shoe, price=200_000, reason="belum di daftar")
    offer = an_offer(order, price=90_000)
    facts = {"member": wide, "quantity": Decimal(40), "on": MONDAY, "by": wide.user}
    with pytest.raises(MustInsist) as warned:
        services.claim(offer, **facts)
    assert len(warned.value.warnings) == 2  # no skill; 21 pairs fit until the 21st day, not 40
    claim = services.claim(offer, insist=True, **facts)
    assert claim.warnings == warned.value.warnings


def test_enough_room_and_skill_warn_nobody(budi, siti, sandal):
    offer = an_offer(an_order(budi, sandal))
    assert a_claim(offer, siti, quantity=20, insist=False).warnings == []


def test_given_back_work_is_open_again(budi, siti, sandal):
    offer = an_offer(an_order(budi, sandal), quantity=60)
    claim = a_claim(offer, siti, quantity=20)
    services.deliver(claim, delivered=Decimal(5), on=day(3), by=siti.user)
    services.withdraw_claim(claim, on=day(4), by=siti.user)
    assert queries.left(offer) == 55
    with pytest.raises(Refused):
        services.withdraw_claim(claim, on=day(4), by=siti.user)


# -- cancelling and finishing ----------------------------------------------------------------------------------------


def test_cancelling_takes_the_offer_off_the_board(budi, siti, sandal):
    order = an_order(budi, sandal)
    offer = an_offer(order)
    services.cancel(order, reason="pembeli batal", on=day(1), by=budi.user)
    offer.refresh_from_db()
    assert offer.withdrawn_on == day(1)
    with pytest.raises(Refused):
        a_claim(offer, siti, on=day(1))
    with pytest.raises(Refused):
        services.cancel(order, reason="lagi", on=day(1), by=budi.user)


def test_an_order_is_not_cancelled_while_work_is_out(budi, siti, sandal):
    order = an_order(budi, sandal)
    claim = a_claim(an_offer(order), siti)
    for verb, facts in ((services.cancel, {"reason": "batal"}), (sales.finish, {})):
        with pytest.raises(Refused) as refusal:
            verb(order, on=day(1), by=budi.user, **facts)
        assert "Siti" in str(refusal.value)
    delivery = services.deliver(claim, delivered=claim.quantity, on=day(2), by=siti.user)
    with pytest.raises(Refused):
        sales.finish(order, on=day(3), by=budi.user)
    services.confirm(delivery, accepted=claim.quantity, on=day(3), by=budi.user)
    assert sales.finish(order, on=day(3), by=budi.user).finished_on == day(3)


# -- handing over ----------------------------------------------------------------------------------------------------


def test_both_sides_say_and_rejects_go_back_to_the_board(budi, siti, sandal):
    offer = an_offer(an_order(budi, sandal), quantity=60, closes=12)
    claim = a_claim(offer, siti, quantity=20)
    delivery = services.deliver(claim, delivered=Decimal(20), on=day(7), by=siti.user)
    done = services.confirm(delivery, accepted=Decimal(17), rejection_reason="lem lepas", on=day(8), by=budi.user)
    assert (done.accepted, done.rejected, done.confirmed_by) == (17, 3, budi.user)
    assert queries.left(offer) == 43
    a_claim(offer, siti, quantity=3, on=day(8))  # she makes the three again
    actions = AuditEvent.objects.filter(action__startswith="handover").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["handover.sent", "handover.confirmed"]


def test_the_wrong_side_cannot_confirm(budi, siti, tono, sandal, secretary):
    claim = a_claim(an_offer(an_order(budi, sandal)), siti)
    delivery = services.deliver(claim, delivered=Decimal(20), on=day(7), by=siti.user)
    for wrong in (siti.user, tono.user):
        with pytest.raises(Refused):
            services.confirm(delivery, accepted=Decimal(20), on=day(8), by=wrong)
    helped = a_claim(an_offer(an_order(budi, sandal)), tono)
    sent = services.deliver(helped, delivered=Decimal(20), on=day(7), by=secretary)
    with pytest.raises(Refused):  # whoever sent it for the maker cannot also count it
        services.confirm(sent, accepted=Decimal(20), on=day(8), by=secretary)


def test_wrong_counts_are_refused(budi, siti, sandal):
    claim = a_claim(an_offer(an_order(budi, sandal)), siti)
    for delivered in (0, 21, "0.5"):
        with pytest.raises(Refused) as refusal:
            services.deliver(claim, delivered=Decimal(delivered), on=day(7), by=siti.user)
        assert refusal.value.field in ("delivered", "quantity")
    with pytest.raises(Refused):
        services.deliver(claim, delivered=Decimal(5), on=day(-1), by=siti.user)
    with pytest.raises(Refused):
        services.deliver(claim, delivered=Decimal(5), on=day(7), by=budi.user)
    delivery = services.deliver(claim, delivered=Decimal(20), on=day(7), by=siti.user)
    for accepted, reason, field in ((21, "", "accepted"), (-1, "", "accepted"), (19, " ", "rejection_reason")):
        with pytest.raises(Refused) as refusal:
            services.confirm(delivery, accepted=Decimal(accepted), rejection_reason=reason, on=day(8), by=budi.user)
        assert refusal.value.field in (field, "quantity")
    with pytest.raises(Refused):
        services.confirm(delivery, accepted=Decimal(20), on=day(6), by=budi.user)
    services.confirm(delivery, accepted=Decimal(0), rejection_reason="salah model", on=day(8), by=budi.user)
    with pytest.raises(Refused):
        services.confirm(delivery, accepted=Decimal(20), on=day(8), by=budi.user)


def test_deliveries_in_parts_never_exceed_the_claim(budi, siti, sandal):
    claim = a_claim(an_offer(an_order(budi, sandal)), siti, quantity=20)
    a_confirmed_delivery(claim, delivered=12)
    with pytest.raises(Refused):
        services.deliver(claim, delivered=Decimal(9), on=day(9), by=siti.user)
    a_confirmed_delivery(claim, delivered=8)
    assert queries.to_send(claim) == 0


# -- capacity --------------------------------------------------------------------------------------------------------


def test_capacity_of_a_day_is_corrected_not_doubled(budi, siti):
    business = business_of(budi)
    services.set_capacity(business, from_on=day(0), per_week=30, by=budi.user)
    services.set_capacity(business, from_on=day(0), per_week=40, by=budi.user)
    assert business.capacities.get(from_on=day(0)).per_week == 40
    with pytest.raises(Refused):
        services.set_capacity(business, from_on=day(0), per_week=1, by=siti.user)


def builders_skill(name, by):
    from members.models import Skill  # noqa: PLC0415

    return Skill.objects.get_or_create(name=name)[0]
