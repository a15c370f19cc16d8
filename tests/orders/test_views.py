"""The pages: every one opens for whom it should, forms keep what was typed, wrong ids are 404, wrong roles 403."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from members.models import Member
from orders import queries, services
from orders.models import Claim, Closure, Delivery, Offer, Order, Settlement
from tests.orders.builders import a_buyer, a_claim, a_confirmed_delivery, a_workshop, an_offer, an_order
from tests.pricing.builders import unit


def post(client, name, data, *args):
    """Open the form for its token, then send it as the browser would."""
    url = reverse(name if ":" in name else f"orders:{name}", args=args)
    form = client.get(url).context["form"]
    return client.post(url, {"token": str(form["token"].value()), **data})


def yes(client, page, data, answer="keep"):
    """Press the button on the page that shows what fits."""
    form = page.context["form"]
    hidden = {name: str(form[name].value()) for name in ("token", "seen")}
    return client.post(reverse("orders:take"), {**hidden, **data, "answer": answer})


@pytest.fixture
def story(budi, siti, sandal, books):
    """Today's order, offer, claim and counted delivery: everything that a page may show."""
    on = today()
    order = an_order(budi, sandal, on=on)
    offer = an_offer(order, quantity=60, on=on)
    claim = a_claim(offer, siti, quantity=20, on=on)
    delivery = services.deliver(claim, delivered=12, on=on, by=siti.user)
    services.confirm(delivery, accepted=10, rejection_reason="lem lepas", on=on, by=budi.user)
    delivery.refresh_from_db()
    return {"order": order, "offer": offer, "claim": claim, "delivery": delivery}


PAGES = ["work", "list", "board", "capacity", "take"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["budi", "siti", "tono", "secretary"])
def test_pages_open_for_members_and_officers(client, story, request, name, who):
    person = request.getfixturevalue(who)
    client.force_login(getattr(person, "user", person))
    assert client.get(reverse(f"orders:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["work", "list", "board"])
def test_the_supervisor_reads_and_changes_nothing(client, story, supervisor, name):
    client.force_login(supervisor)
    assert client.get(reverse(f"orders:{name}")).status_code == 200
    assert client.get(reverse("orders:offer", args=[story["offer"].pk])).context["form"] is None
    for verb in ("take", "settlements"):
        assert client.get(reverse(f"orders:{verb}")).status_code == 403
    for verb in ("deliver", "withdraw-claim"):
        assert client.get(reverse(f"orders:{verb}", args=[story["claim"].pk])).status_code == 403


def test_a_neighbour_finds_nothing_of_what_is_not_theirs(client, story, tono):
    client.force_login(tono.user)
    claim, delivery, order = story["claim"], story["delivery"], story["order"]
    services.settle(delivery, method="direct", on=today(), by=order.member.user)
    paid = Settlement.objects.get()
    wrong = [
        ("detail", order),
        ("sales:finish", order),
        ("cancel", order),
        ("post-offer", order.lines.get()),
        ("claim", claim),
        ("deliver", claim),
        ("withdraw-claim", claim),
        ("confirm", delivery),
        ("settle", delivery),
        ("pay-out", paid),
        ("reverse-settlement", paid),
    ]
    assert {
        name: client.get(reverse(name if ":" in name else f"orders:{name}", args=[row.pk])).status_code
        for name, row in wrong
    } == {name: 404 for name, _row in wrong}
    assert client.get(reverse("orders:capacity-of", args=[order.member_id])).status_code == 404
    assert client.get(reverse("orders:offer", args=[story["offer"].pk])).status_code == 200
    assert client.get(reverse("orders:list")).context["page"].object_list.count() == 0


def test_without_a_login_there_is_the_door(client, db):
    url = reverse("orders:work")
    assert client.get(url).url == f"/login/?next={url}"


# -- a day on the phone ----------------------------------------------------------------------------------------------


def test_an_order_of_two_lines_is_taken_in_one_form(client, budi, sandal, secretary):
    client.force_login(budi.user)
    facts = {
        "partner": a_buyer().pk,
        "member": budi.pk,
        "on": today().isoformat(),
        "due_on": today().isoformat(),
        "item": sandal.pk,
        "quantity": "4",
        "unit": unit("kodi").pk,
        "item_2": sandal.pk,
        "quantity_2": "1.200",
        "unit_2": unit("pair").pk,
        "price_2": "11.000",
    }
    page = post(client, "take", facts)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["price_reason_2"]
    assert page.context["form"]["quantity_2"].value() == "1.200"
    assert not Order.objects.exists()

    page = post(client, "take", facts | {"price_reason_2": "pesanan besar"})
    assert not Order.objects.exists()  # first the page says what fits
    answer = yes(client, page, facts | {"price_reason_2": "pesanan besar"})
    order = Order.objects.get()
    assert answer.url == reverse("orders:detail", args=[order.pk])
    lines = order.lines.order_by("pk").values_list("base_quantity", "price")
    assert list(lines) == [(80, 12_000), (1200, 11_000)]
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("typed", ["0", "-4", "0.5", "empat", "1.2000", "99999999999"])
def test_a_wrong_quantity_is_said_and_kept(client, budi, sandal, typed):
    client.force_login(budi.user)
    facts = {"partner": a_buyer().pk, "member": budi.pk, "on": today(), "due_on": today(), "item": sandal.pk}
    page = post(client, "take", facts | {"quantity": typed, "unit": unit("pair").pk})
    assert "quantity" in page.context["form"].errors
    assert page.context["form"]["quantity"].value() == typed


def test_a_member_takes_orders_for_themselves_only(client, budi, siti, sandal):
    client.force_login(budi.user)
    facts = {"partner": a_buyer().pk, "on": today(), "due_on": today(), "item": sandal.pk, "quantity": 5}
    page = post(client, "take", facts | {"member": siti.pk, "unit": unit("pair").pk})
    assert "member" in page.context["form"].errors


def test_from_offer_to_paid_with_the_buttons_of_the_pages(client, budi, siti, sandal, books):
    order = an_order(budi, sandal, on=today())
    client.force_login(budi.user)
    day = today().isoformat()
    due = order.due_on.isoformat()
    facts = {"quantity": "60", "maker_price": "9.000", "material_included": "on", "closes_on": day, "due_on": due}
    assert post(client, "post-offer", facts, order.lines.get().pk).status_code == 302
    offer = Offer.objects.get()
    assert client.get(reverse("orders:offer", args=[offer.pk])).context["is_holder"]

    client.force_login(siti.user)
    page = client.get(reverse("orders:board"))
    assert [offer.pk for offer in page.context["board"].offers] == [offer.pk]
    assert post(client, "offer", {"quantity": "20"}, offer.pk).status_code == 302
    claim = Claim.objects.get()
    page = client.get(reverse("orders:claim", args=[claim.pk]))
    assert page.context["action"].url == reverse("orders:deliver", args=[claim.pk])
    assert post(client, "deliver", {"delivered": "20", "on": day}, claim.pk).status_code == 302
    delivery = Delivery.objects.get()
    assert client.get(reverse("orders:claim", args=[claim.pk])).context["action"] is None

    client.force_login(budi.user)
    assert (
        client.get(reverse("orders:work")).context["acting"][0][1].url == f"/orders/deliveries/{delivery.pk}/confirm/"
    )
    refused = post(client, "confirm", {"accepted": "18", "on": day}, delivery.pk)
    assert list(refused.context["form"].errors) == ["rejection_reason"]
    facts = {"accepted": "18", "rejection_reason": "sol miring", "on": day}
    assert post(client, "confirm", facts, delivery.pk).status_code == 302
    assert post(client, "settle", {"method": "direct", "on": day}, delivery.pk).status_code == 302

    client.force_login(siti.user)
    paid = Settlement.objects.get()
    assert client.get(reverse("orders:claim", args=[claim.pk])).context["action"].url.endswith("/pay-out/")
    assert post(client, "pay-out", {"method": "direct", "on": day}, paid.pk).status_code == 302
    page = client.get(reverse("orders:claim", args=[claim.pk]))
    assert page.context["journey"].is_over
    assert page.context["journey"].worth == 162_000


def test_the_warning_shows_the_box_and_insisting_goes_through(client, budi, sandal, secretary):
    wati = a_workshop("Wati", per_week=7, by=secretary)
    offer = an_offer(an_order(budi, sandal, on=today()), on=today())
    client.force_login(wati.user)
    page = post(client, "offer", {"quantity": "60"}, offer.pk)
    assert page.context["form"].errors["insist"]
    assert not page.context["form"]["insist"].is_hidden
    assert post(client, "offer", {"quantity": "60", "insist": "on"}, offer.pk).status_code == 302
    assert len(Claim.objects.get().warnings) == 1


def test_a_repeated_submit_takes_one_part(client, budi, siti, sandal):
    offer = an_offer(an_order(budi, sandal, on=today()), on=today())
    client.force_login(siti.user)
    url = reverse("orders:offer", args=[offer.pk])
    data = {"token": str(client.get(url).context["form"]["token"].value()), "quantity": "10"}
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 200
    assert Claim.objects.count() == 1


def test_a_stale_page_is_told_what_is_left(client, budi, siti, tono, sandal):
    offer = an_offer(an_order(budi, sandal, on=today()), quantity=30, on=today())
    client.force_login(tono.user)
    url = reverse("orders:offer", args=[offer.pk])
    token = str(client.get(url).context["form"]["token"].value())
    a_claim(offer, siti, quantity=20, on=today())
    page = client.post(url, {"token": token, "quantity": "30"})
    assert "10 pasang" in page.context["form"].errors["quantity"][0]
    assert queries.left(offer) == 10


def test_the_treasurer_receives_and_pays_out_and_the_chair_reverses(client, story, treasurer, chair):
    client.force_login(treasurer)
    page = client.get(reverse("orders:settlements"))
    assert page.context["owed_total"] == 90_000
    day = today().isoformat()
    assert post(client, "settle", {"method": "cash", "on": day}, story["delivery"].pk).status_code == 302
    paid = Settlement.objects.get()
    assert client.get(reverse("orders:settlements")).context["ready_total"] == 90_000
    assert post(client, "pay-out", {"method": "cash", "on": day}, paid.pk).status_code == 302
    assert post(client, "reverse-settlement", {"reason": "salah", "on": day}, paid.pk).status_code == 200
    client.force_login(chair)
    assert post(client, "reverse-settlement", {"reason": "salah", "on": day}, paid.pk).status_code == 302
    assert client.get(reverse("orders:settlements")).context["owed_total"] == 90_000


def test_a_member_notes_only_a_direct_payment(client, story):
    client.force_login(story["order"].member.user)
    page = post(client, "settle", {"method": "cash", "on": today().isoformat()}, story["delivery"].pk)
    assert "method" in page.context["form"].errors
    assert not Settlement.objects.exists()


def test_giving_back_taking_off_and_closing_ask_first(client, story, budi, siti):
    client.force_login(siti.user)
    assert post(client, "withdraw-claim", {}, story["claim"].pk).status_code == 302
    client.force_login(budi.user)
    assert post(client, "withdraw-offer", {}, story["offer"].pk).status_code == 302
    services.settle(story["delivery"], method="direct", on=today(), by=budi.user)
    assert post(client, "sales:finish", {"on": today().isoformat()}, story["order"].pk).status_code == 302
    again = post(client, "cancel", {"reason": "batal"}, story["order"].pk)
    assert again.context["form"].non_field_errors()


def test_capacity_is_written_on_its_page(client, budi):
    client.force_login(budi.user)
    assert post(client, "capacity", {"per_week": "90", "from_on": today().isoformat()}).status_code == 302
    assert budi.business.capacities.count() == 2
    assert post(client, "capacity", {"per_week": "-1", "from_on": today().isoformat()}).status_code == 200


def test_hands_and_closed_days_are_written_on_their_pages(client, budi, chair):
    client.force_login(budi.user)
    data = {"per_week": "90", "from_on": today().isoformat(), "sewing": "1,5", "lasting": "0"}
    assert post(client, "capacity", data).status_code == 302
    latest = budi.business.capacities.latest("from_on")
    assert latest.minutes == {"sewing": 4_320, "lasting": 0}  # 1,5 × 6 days × 8 hours
    page = client.get(reverse("orders:capacity"))
    assert page.context["form"].is_exact
    assert not post(client, "capacity", data | {"hours_per_day": "25"}).context["form"].is_valid()

    data = {"from_on": today().isoformat(), "until_on": today().isoformat(), "reason": "nikahan", "everybody": "on"}
    assert post(client, "close-workshop", data, budi.pk).status_code == 302
    assert Closure.objects.get().business == budi.business  # a member speaks for one's own workshop only
    client.force_login(chair)
    assert post(client, "close-workshop", data | {"reason": "Lebaran"}, budi.pk).status_code == 302
    feast = Closure.objects.get(business=None)
    client.force_login(budi.user)
    assert post(client, "reopen-workshop", {}, feast.pk).status_code == 200
    assert post(client, "reopen-workshop", {}, budi.business.closures.get().pk).status_code == 302


def test_lists_filter_and_export(client, story, secretary):
    client.force_login(secretary)
    for query, count in (("state=open", 1), ("state=finished", 0), ("search=mirasa", 1), ("market=export", 0)):
        page = client.get(reverse("orders:list") + f"?{query}")
        assert page.context["page"].paginator.count == count, query
    assert client.get(reverse("orders:list")).context["total"] == 1_200_000
    book = client.get(reverse("orders:export"))
    assert b"".join(book.streaming_content)[:2] == b"PK"


# -- as many queries for three as for one ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["work", "list", "board", "settlements"])
def test_lists_take_a_constant_number_of_queries(
    client, story, budi, siti, tono, sandal, treasurer, django_assert_max_num_queries, name
):
    reader = treasurer if name == "settlements" else budi.user if name in ("work", "list") else tono.user
    client.force_login(reader)
    url = reverse(f"orders:{name}")
    client.get(url)
    with CaptureQueriesContext(connection) as once:
        client.get(url)
    for _ in range(3):
        offer = an_offer(an_order(budi, sandal, on=today()), quantity=60, on=today())
        a_confirmed_delivery(a_claim(offer, siti, quantity=5, on=today()), on=today())
    with django_assert_max_num_queries(len(once)):
        client.get(url)
    assert Member.objects.count() == 3
