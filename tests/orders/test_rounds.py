"""Offers that are shared when they close: asking, giving early, closing by hand and by itself, and the explanation."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import today
from core.models import AuditEvent
from core.uploads import Upload
from members import services as members
from orders import queries, services
from orders.models import Claim, Offer, Round, RoundShare, WorkRequest
from orders.services import MustInsist, OrdersRefused
from tests.orders.builders import MONDAY, a_claim, a_workshop, an_offer, an_order, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(budi, sandal):
    """120 pairs that are shared on Saturday, the 7th."""
    return a_shared(budi, sandal)


def a_shared(budi, sandal, *, quantity=120, step=1, closes=5, on=MONDAY) -> Offer:
    order = an_order(budi, sandal, quantity=400, on=on)
    return an_offer(order, quantity=quantity, closes=closes, on=on, is_shared=True, step=Decimal(step))


def ask(offer, member, quantity, *, on=MONDAY, insist=True):
    return services.ask(offer, member=member, quantity=Decimal(quantity), insist=insist, on=on, by=member.user)


def given(done):
    return {share.member.name.split()[0]: (int(share.given), share.reason) for share in done.shares.all()}


def test_the_round_of_the_rules(offer, siti, tono, secretary, budi):
    """docs/rules.md: A wants 20, B 60 with room for 30, C and D 100 each: 20, 30, 35, 35."""
    slow = a_workshop("Bejo", per_week=10, by=secretary)  # 21 days at 10 a week: room for 30
    citra = a_workshop("Citra", per_week=140, by=secretary)
    for member, wish in ((siti, 20), (slow, 60), (citra, 100), (tono, 100)):
        ask(offer, member, wish)
    done = services.close_round(offer, on=MONDAY, by=budi.user)
    assert given(done) == {"Siti": (20, "wish"), "Bejo": (30, "room"), "Citra": (35, "share"), "Tono": (35, "share")}
    assert (done.offered, done.given, done.closed_by) == (120, 120, budi.user)
    assert queries.left(offer) == 0
    assert sorted(int(claim.quantity) for claim in offer.claims.all()) == [20, 30, 35, 35]
    sentences = {share.row.member.name: share.sentence for share in queries.shares(done)}
    assert "30 pasang" in sentences["Bejo"]
    assert "23 Maret 2026" in sentences["Bejo"]


def test_the_odd_pair_goes_to_who_received_least_in_the_past_year(budi, siti, tono, sandal):
    a_claim(an_offer(an_order(budi, sandal)), siti, quantity=10)  # Rp 90.000 of Budi's work
    offer = a_shared(budi, sandal, quantity=41)
    for member in (siti, tono):
        ask(offer, member, 40)
    done = services.close_round(offer, on=day(1), by=budi.user)
    assert given(done) == {"Siti": (20, "share"), "Tono": (21, "odd")}
    assert {share.member: share.balance for share in done.shares.all()} == {siti: 90_000, tono: 0}


def test_an_offer_in_dozens_gives_whole_dozens_and_the_rest_stays_with_the_holder(budi, siti, tono, sandal):
    offer = a_shared(budi, sandal, quantity=70, step=12)
    ask(offer, siti, 50)
    ask(offer, tono, 50)
    done = services.close_round(offer, on=day(1), by=budi.user)
    assert sorted(given(done).values()) == [(24, "share"), (36, "odd")]
    assert done.rest == 10
    assert queries.not_offered(offer.line, as_of=day(1)) == 400 - 60


def test_asking_again_changes_the_wish_and_taking_back_ends_it(offer, siti):
    ask(offer, siti, 20)
    request = ask(offer, siti, 30)
    assert WorkRequest.objects.get().wish == 30
    services.withdraw_request(request, on=day(1), by=siti.user)
    with pytest.raises(OrdersRefused):
        services.withdraw_request(request, on=day(1), by=siti.user)
    ask(offer, siti, 10)
    assert WorkRequest.objects.waiting().get().wish == 10


@pytest.mark.parametrize("quantity", ["0", "0.5", "121", "-1"])
def test_a_wrong_wish_is_refused(offer, siti, quantity):
    with pytest.raises(Exception) as refusal:  # noqa: PT011  two kinds of refusal, both with the field
        ask(offer, siti, quantity)
    assert refusal.value.field == "quantity"


def test_who_may_not_ask(offer, budi, siti, tono, sandal, secretary):
    with pytest.raises(OrdersRefused):
        ask(offer, budi, 10)
    with pytest.raises(OrdersRefused):
        ask(offer, siti, 10, on=day(6))
    with pytest.raises(OrdersRefused):
        services.ask(offer, member=siti, quantity=Decimal(10), on=MONDAY, by=tono.user)
    with pytest.raises(OrdersRefused):
        ask(an_offer(an_order(budi, sandal)), siti, 10)
    with pytest.raises(OrdersRefused):
        a_claim(offer, siti, quantity=10)
    assert not WorkRequest.objects.exists()


def test_too_little_room_warns_insisting_is_kept_and_the_round_still_minds_it(offer, secretary, budi):
    slow = a_workshop("Wati", per_week=10, by=secretary)
    with pytest.raises(MustInsist) as warned:
        ask(offer, slow, 60, insist=False)
    request = ask(offer, slow, 60)
    assert request.warnings == warned.value.warnings
    done = services.close_round(offer, on=day(0), by=budi.user)
    assert given(done) == {"Wati": (30, "room")}
    assert Claim.objects.get().warnings == request.warnings


def test_the_holder_gives_early_by_hand(offer, budi, siti, tono):
    request = ask(offer, siti, 40)
    with pytest.raises(OrdersRefused):
        services.accept_request(request, quantity=Decimal(40), on=MONDAY, by=siti.user)
    for wrong in (0, 41):
        with pytest.raises(Exception):  # noqa: B017, PT011
            services.accept_request(request, quantity=Decimal(wrong), on=MONDAY, by=budi.user)
    claim = services.accept_request(request, quantity=Decimal(25), on=MONDAY, by=budi.user)
    assert (claim.quantity, queries.left(offer)) == (25, 95)
    with pytest.raises(OrdersRefused):
        services.accept_request(request, quantity=Decimal(5), on=MONDAY, by=budi.user)
    ask(offer, tono, 95)
    done = services.close_round(offer, on=day(5), by=budi.user)
    assert list(given(done)) == ["Tono"]
    assert done.offered == 95


def test_an_offer_closes_by_itself_after_its_last_day(offer, siti, budi):
    ask(offer, siti, 20, on=day(5))
    assert services.close_due_rounds(on=day(5)) == 0
    call_command("daily", on=day(6))
    done = Round.objects.get()
    assert (done.closed_by, done.closed_on, given(done)) == (None, day(6), {"Siti": (20, "wish")})
    assert AuditEvent.objects.filter(action="round.closed_itself").count() == 1
    assert services.close_due_rounds(on=day(7)) == 0
    with pytest.raises(OrdersRefused):
        services.close_round(offer, on=day(7), by=budi.user)
    assert siti.user.notices.filter(url=reverse("orders:claim", args=[Claim.objects.get().pk])).exists()


def test_only_the_holder_or_an_officer_closes(offer, siti, secretary):
    ask(offer, siti, 20)
    with pytest.raises(OrdersRefused):
        services.close_round(offer, on=day(1), by=siti.user)
    assert services.close_round(offer, on=day(1), by=secretary).closed_by == secretary


def test_nobody_asked(offer, budi):
    done = services.close_round(offer, on=day(1), by=budi.user)
    assert (done.offered, done.given, queries.shares(done)) == (120, 0, [])


def test_who_left_meanwhile_gets_nothing_and_it_says_so(offer, siti, tono, budi, secretary):
    ask(offer, siti, 100)
    ask(offer, tono, 100)
    members.leave(siti, on=day(1), reason="own_request", by=secretary)
    done = services.close_round(offer, on=day(2), by=budi.user)
    assert given(done) == {"Siti": (0, "left"), "Tono": (100, "wish")}


def test_taken_off_the_board_tells_those_who_asked(offer, siti, budi):
    ask(offer, siti, 20)
    services.withdraw_offer(offer, on=day(1), by=budi.user)
    assert siti.user.notices.filter(url=reverse("orders:offer", args=[offer.pk])).exists()
    with pytest.raises(OrdersRefused):
        services.close_round(offer, on=day(2), by=budi.user)


def test_what_a_round_says_is_never_changed(offer, siti, budi):
    ask(offer, siti, 20)
    services.close_round(offer, on=day(1), by=budi.user)
    for rows in (Round.objects, RoundShare.objects):
        with pytest.raises(Exception, match=r"Cannot"), transaction.atomic():
            rows.update(given=1)


def test_the_database_refuses_two_requests_and_shares_beyond_wish_and_room(offer, siti, budi):
    ask(offer, siti, 20)
    with pytest.raises(IntegrityError, match="orders_workrequest_one_waiting"), transaction.atomic():
        WorkRequest.objects.create(offer=offer, member=siti, wish=5, asked_on=MONDAY)
    done = Round.objects.create(offer=offer, closed_on=day(1), offered=5, given=5)
    taken = Claim.objects.create(offer=offer, member=siti, quantity=4, claimed_on=MONDAY, maker_price=9_000)
    facts = {"round": done, "member": siti, "balance": 0, "reason": "wish", "given": 4}
    for wish, free, claim, name in ((3, None, taken, "within"), (5, 3, taken, "within"), (5, 5, None, "is_claimed")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            RoundShare.objects.create(wish=wish, free=free, claim=claim, **facts)
    with pytest.raises(IntegrityError, match="gives_what_it_has"), transaction.atomic():
        Round.objects.create(offer=offer, closed_on=day(1), offered=5, given=6)


def sentences(done):
    return {share.row.member.name.split()[0]: share.sentence.replace("\u00a0", " ") for share in queries.shares(done)}


def test_who_got_one_lot_less_reads_why_and_that_it_counts_next_time(budi, siti, tono, sandal, secretary):
    """Three kodi for two who want four each: one kodi each, and the odd one to Siti, who is in the register longer.

    In the next round Siti has received 360,000 and Tono 180,000: the odd kodi is Tono's.
    """
    first, second = (a_shared(budi, sandal, quantity=60, step=20) for _again in range(2))
    for offer in (first, second):
        for member in (siti, tono):
            ask(offer, member, 60)
    said = sentences(services.close_round(first, on=day(1), by=budi.user))
    assert "20 pasang itu bagian semua orang" in said["Tono"]
    assert "(Rp 0 di sini)" in said["Tono"]
    assert "lebih dulu terdaftar" in said["Siti"]
    done = services.close_round(second, on=day(1), by=budi.user)
    assert given(done) == {"Siti": (20, "share"), "Tono": (40, "odd")}
    assert "(Rp 360.000 di sini)" in sentences(done)["Siti"]
    assert "Rp 180.000 dari tetangga" in sentences(done)["Tono"]


def test_who_got_nothing_reads_that_there_was_less_than_a_lot_for_each(budi, siti, tono, sandal):
    offer = a_shared(budi, sandal, quantity=20, step=20)
    for member in (siti, tono):
        ask(offer, member, 20)
    said = sentences(services.close_round(offer, on=day(1), by=budi.user))
    assert said["Siti"] == "Meminta 20 pasang dan mendapat semuanya."
    assert "kurang dari satu bagian untuk masing-masing" in said["Tono"]


# -- the pages -------------------------------------------------------------------------------------------------------


def post(client, name, data, *args):
    url = reverse(f"orders:{name}", args=args)
    form = client.get(url).context["form"]
    return client.post(url, {"token": str(form["token"].value()), **data})


def test_from_offering_to_the_explanation_with_the_buttons_of_the_pages(client, budi, siti, tono, sandal):
    order = an_order(budi, sandal, quantity=400, on=today())
    client.force_login(budi.user)
    facts = {
        "quantity": "120",
        "maker_price": "9.000",
        "due_on": order.due_on.isoformat(),
        "closes_on": today().isoformat(),
        "way": "shared",
        "step": "12",
    }
    assert post(client, "post-offer", facts, order.lines.get().pk).status_code == 302
    offer = Offer.objects.get()
    assert (offer.is_shared, offer.step) == (True, 12)

    for member, wish in ((siti, "60"), (tono, "50")):
        client.force_login(member.user)
        assert post(client, "offer", {"quantity": wish}, offer.pk).status_code == 302
    of_siti = WorkRequest.objects.get(member=siti)
    assert "60" in client.get(reverse("orders:offer", args=[offer.pk])).content.decode()
    assert post(client, "withdraw-request", {}, WorkRequest.objects.get(member=tono).pk).status_code == 302

    client.force_login(budi.user)
    assert post(client, "accept-request", {"quantity": "12"}, of_siti.pk).status_code == 302
    client.force_login(tono.user)
    post(client, "offer", {"quantity": "100"}, offer.pk)
    client.force_login(budi.user)
    answer = post(client, "close-round", {}, offer.pk)
    assert answer.url == reverse("orders:round", args=[Round.objects.get().pk])

    for reader in (budi, siti, tono):
        client.force_login(reader.user)
        page = client.get(answer.url)
        assert page.status_code == 200
        assert [share.row.given for share, _link in page.context["shares"]] == [96]
        assert client.get(reverse("orders:rounds")).context["page"].paginator.count == 1
    assert client.get(reverse("orders:close-round", args=[offer.pk])).status_code == 200


def test_a_neighbour_gives_nothing_away_and_closes_nothing(client, offer, siti, tono):
    request = ask(offer, siti, 20)
    client.force_login(tono.user)
    assert post(client, "accept-request", {"quantity": "5"}, request.pk).context["form"].errors
    assert post(client, "close-round", {}, offer.pk).context["form"].errors
    assert post(client, "withdraw-request", {}, request.pk).context["form"].errors
    assert not Claim.objects.exists()


def test_the_photo_of_an_offer_is_seen_by_members(client, budi, siti, sandal):
    photo = Upload("contoh.jpg", "image/jpeg", b"\xff\xd8\xff")
    offer = an_offer(an_order(budi, sandal), photo=photo)
    client.force_login(siti.user)
    answer = client.get(reverse("orders:offer-photo", args=[offer.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    bare = an_offer(an_order(budi, sandal))
    assert client.get(reverse("orders:offer-photo", args=[bare.pk])).status_code == 404


def test_the_explanation_takes_as_many_queries_for_thirty_as_for_two(
    client, budi, siti, tono, sandal, secretary, django_assert_num_queries, django_assert_max_num_queries
):
    few, many = (a_shared(budi, sandal, quantity=q) for q in (100, 100))
    for member in (siti, tono):
        ask(few, member, 20)
    for number in range(30):
        ask(many, a_workshop(f"Pengrajin{number:02}", by=secretary), 20)
    rounds = [services.close_round(offer, on=day(1), by=budi.user) for offer in (few, many)]
    client.force_login(siti.user)
    client.get(reverse("orders:rounds"))
    with django_assert_max_num_queries(8) as captured:
        client.get(reverse("orders:round", args=[rounds[0].pk]))
    with django_assert_num_queries(len(captured)):
        client.get(reverse("orders:round", args=[rounds[1].pk]))
