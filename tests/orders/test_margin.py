"""What remains of the price, worked out by hand, and a loss that is read before the yes.

A sandal sells at 12,000. It takes 0.2 SF of leather at 15,000 with 10 % waste: 3,300. Bringing 100 pairs costs 50,000:
500 a pair. Where the maker gets 7,000, 1,200 remain; where he gets 9,000, 800 are lost.
"""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from orders import queries, services
from orders.arithmetic.margin import Margin, share
from orders.models import Offer, Order
from orders.services.offer import AtALoss
from stock import services as stock
from tests.orders.builders import MONDAY, a_buyer, a_workshop, an_offer, an_order
from tests.orders.test_views import post, yes
from tests.pricing.builders import a_price_list, an_item, unit


@pytest.fixture
def priced(secretary, chair):
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    leather = an_item("KL", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    a_price_list({sandal: 12_000, leather: 15_000}, drafter=secretary, decider=chair)
    stock.write_bill(sandal, material=leather, quantity=Decimal("0.2"), waste_bp=1_000, by=secretary)
    return sandal


def brought(member, item, *, on=MONDAY, cost=50_000):
    """100 pairs that cost so much to bring."""
    facts = {"partner": a_buyer(), "due_on": on + datetime.timedelta(days=28), "on": on, "by": member.user}
    wanted = services.Wanted(item, item.base_unit, Decimal(100))
    return services.take_order(member, lines=[wanted], bringing=cost, **facts)


def test_the_parts_of_one():
    found = Margin(Decimal(60), 12_000, 7_000, 3_300, 500)
    assert (found.remains, found.total, found.is_loss) == (1_200, 72_000, False)
    assert Margin(Decimal(60), 12_000, 9_000, 3_300, 500).total == -48_000
    assert Margin(Decimal(1), 12_000, 0, None).remains == 12_000
    assert (share(50_000, Decimal(100)), share(100, Decimal(3)), share(5, Decimal(0))) == (500, 33, 0)


def test_of_an_offer_with_and_without_material(budi, priced):
    line = brought(budi, priced).lines.get()
    facts = {"quantity": Decimal(60), "as_of": MONDAY}
    with_it = queries.offer_margin(line, maker=7_000, material_included=True, **facts)
    assert (with_it.material, with_it.bringing, with_it.remains) == (3_300, 500, 1_200)
    without = queries.offer_margin(line, maker=9_000, material_included=False, **facts)
    assert (without.material, without.remains) == (0, 2_500)


def test_a_loss_is_read_before_it_is_offered(budi, priced):
    order = brought(budi, priced)
    with pytest.raises(AtALoss) as refusal:
        an_offer(order, price=9_000)
    assert refusal.value.field == "at_a_loss"
    for figure in ("800", "48.000", "12.000", "9.000", "3.300", "500"):
        assert figure in str(refusal.value)
    assert not Offer.objects.exists()
    assert an_offer(order, price=9_000, at_a_loss=True).maker_price == 9_000
    assert an_offer(order, quantity=10, price=8_000).pk  # 200 remain
    with pytest.raises(Refused):
        services.offer_rest(
            order,
            prices={order.lines.get(): 9_000},
            material_included=True,
            closes_on=MONDAY,
            due_on=order.due_on,
            on=MONDAY,
            by=budi.user,
        )


def test_the_maker_sees_what_stays_for_the_hands(client, budi, siti, priced):
    order = an_order(budi, priced, on=today())
    offer = an_offer(order, price=9_000, material=False, on=today())
    found = queries.maker_margin(offer, quantity=Decimal(20), as_of=today())
    assert (found.material, found.remains, found.total) == (3_300, 5_700, 114_000)
    client.force_login(siti.user)
    page = client.get(reverse("orders:offer", args=[offer.pk])).content.decode()
    assert "5.700" in page
    with_it = an_offer(order, quantity=10, price=7_000, on=today())
    assert queries.maker_margin(with_it, quantity=Decimal(10), as_of=today()).remains == 7_000


def test_the_price_proposed_is_the_one_for_work_with_or_without_material(budi, priced):
    order = an_order(budi, priced)
    an_offer(order, quantity=10, price=7_000)
    an_offer(order, quantity=10, price=9_000, material=False)
    assert queries.last_maker_price(priced) == 7_000
    assert queries.last_maker_price(priced, material_included=False) == 9_000


def test_what_is_not_known_is_said_and_not_guessed(budi, priced, secretary):
    glue = an_item("LEM", name="Lem", kind="material", base="tin", by=secretary)
    bag = an_item("TAS", name="Tas", by=secretary)
    assert queries.material_costs([priced, bag], as_of=MONDAY) == {priced.pk: 3_300, bag.pk: None}
    stock.write_bill(priced, material=glue, quantity=Decimal(1), waste_bp=0, by=secretary)
    assert queries.material_costs([priced], as_of=MONDAY) == {priced.pk: None}


def test_the_order_is_previewed_before_the_yes_and_a_loss_is_ticked(client, budi, siti, priced):
    an_offer(an_order(budi, priced, on=today(), due=60), quantity=10, price=7_000, on=today())
    client.force_login(budi.user)
    data = {"partner": a_buyer().pk, "due_on": str(today().replace(year=today().year + 1)), "item": priced.pk}
    data |= {
        "quantity": "5000",
        "unit": unit("pair").pk,
        "bringing": "5.000.000",
        "member": budi.pk,
        "on": str(today()),
    }
    page = post(client, "take", data)
    text = page.content.decode()
    assert "7.700" in text  # 12,000 − 3,300 − 1,000: what remains of own work
    assert "700" in text  # and where neighbours make it for 7,000
    offered = {"offer_due_on": data["due_on"], "offer_closes_on": str(today()), "maker_price": "9.000"}
    offered |= {"material_included": "on", "rejects": "reopen"}
    refused = yes(client, page, data | offered, answer="offer")
    assert refused.context["form"].has_error("at_a_loss")
    assert not refused.context["form"]["at_a_loss"].is_hidden
    assert Order.objects.count() == 1
    assert yes(client, refused, data | offered | {"at_a_loss": "on"}, answer="offer").status_code == 302
    assert Order.objects.latest("pk").bringing == 5_000_000


def test_the_form_of_one_offer_asks_too(client, budi, priced):
    line = brought(budi, priced, on=today()).lines.get()
    client.force_login(budi.user)
    form = client.get(reverse("orders:post-offer", args=[line.pk])).context["form"]
    data = {name: form[name].value() for name in ("due_on", "closes_on")}
    data |= {"quantity": "60", "maker_price": "9.000", "material_included": "on", "way": "first", "rejects": "reopen"}
    refused = post(client, "post-offer", data, line.pk)
    assert refused.context["form"].has_error("at_a_loss")
    assert refused.context["margin"].is_loss
    assert post(client, "post-offer", data | {"at_a_loss": "on"}, line.pk).status_code == 302


def test_the_page_of_what_does_not_fit_asks_too(client, secretary, priced):
    slow = a_workshop("Bejo", per_week=7, by=secretary)
    order = brought(slow, priced, on=today())
    client.force_login(slow.user)
    shown = client.get(reverse("orders:offer-rest", args=[order.pk])).context["form"]
    data = {name: shown[name].value() for name in ("due_on", "closes_on")}
    data |= {f"price_{order.lines.get().pk}": "9.000", "material_included": "on"}
    assert post(client, "offer-rest", data, order.pk).context["form"].has_error("at_a_loss")
    assert post(client, "offer-rest", data | {"at_a_loss": "on"}, order.pk).status_code == 302
