"""One list of what waits: whatever a room waits for names the person it waits for, and nobody else."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from governance.services import vote as votes
from kokkmas.office import mine
from members.models import Member
from orders import services as orders
from stock import services as stock
from tests import builders
from tests.governance.builders import an_item as an_agenda_item
from tests.governance.builders import an_open_meeting
from tests.loans.builders import an_approved_loan, loan_rules
from tests.orders.builders import MONDAY, a_claim, a_workshop, an_offer, an_order, day
from tests.pricing.builders import a_price_list, an_item
from tests.stock.builders import a_loan, bought, stock_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def sandal(books, chair, secretary):
    item = an_item("SDL", name="Sandal kulit", by=secretary)
    a_price_list({item: 12_000}, start=datetime.date(2026, 1, 12), drafter=secretary, decider=chair)
    return item


@pytest.fixture
def neighbours(sandal, secretary):
    """Budi has an order, Siti makes, Tono has nothing to do with it."""
    return [a_workshop(name, by=secretary) for name in ("Budi Hartono", "Siti Rahayu", "Tono Prasetyo")]


def waits_for(*members, on=MONDAY):
    """The addresses that wait for each."""
    return [[line.url for line in mine.waiting(one.user, one, on=on)] for one in members]


def test_work_goes_from_hand_to_hand(neighbours, sandal):
    budi, siti, _tono = neighbours
    claim = a_claim(an_offer(an_order(budi, sandal)), siti)
    assert waits_for(*neighbours) == [[], [reverse("orders:deliver", args=[claim.pk])], []]
    sent = orders.deliver(claim, delivered=20, on=day(3), by=siti.user)
    assert waits_for(*neighbours, on=day(3)) == [[reverse("orders:confirm", args=[sent.pk])], [], []]
    orders.confirm(sent, received=20, accepted=20, on=day(4), by=budi.user)
    assert waits_for(*neighbours, on=day(4)) == [[reverse("orders:settle", args=[sent.pk])], [], []]


def test_a_request_waits_for_who_offers_until_it_is_taken_back(neighbours, sandal):
    budi, siti, _tono = neighbours
    offer = an_offer(an_order(budi, sandal), is_shared=True)
    request = orders.ask(offer, member=siti, quantity=Decimal(20), insist=True, on=MONDAY, by=siti.user)
    assert waits_for(*neighbours) == [[reverse("orders:offer", args=[offer.pk])], [], []]
    orders.withdraw_request(request, on=MONDAY, by=siti.user)
    assert waits_for(*neighbours) == [[], [], []]


def test_lent_material_waits_for_a_yes_and_then_to_be_brought_back(neighbours, sandal, secretary, chair):
    budi, siti, _tono = neighbours
    stock_rules(by=secretary)
    leather = an_item("KLT", name="Kulit", kind="material", by=secretary)
    bought(budi, leather, 50)
    loan = a_loan(budi, siti, leather, 10, price=30_000)
    assert waits_for(*neighbours) == [[], [reverse("stock:confirm", args=[loan.pk])], []]
    stock.confirm(loan, on=MONDAY, by=siti.user)
    assert waits_for(*neighbours) == [[], [], []], "not before the week in which it must be back"
    assert waits_for(*neighbours, on=day(60)) == [[], [reverse("stock:loan", args=[loan.pk])], []]


@pytest.fixture
def backed(books, capital, chair, secretary, treasurer):
    builders.savings_rules(by=secretary)
    loan_rules(by=secretary)
    on = datetime.date(2025, 1, 12)
    return [builders.a_member_in(name, on=on, by=treasurer, username=name.lower()) for name in ("Sri", "Dewi", "Wahyu")]


def test_an_approved_loan_waits_at_the_treasurers(backed, treasurer):
    loan = an_approved_loan(backed[0], by=treasurer)
    assert waits_for(*backed, on=loan.approved_on) == [[reverse("loans:detail", args=[loan.pk])], [], []]


def test_an_open_vote_waits_for_who_is_there_and_has_not_voted(books, chair, secretary):
    members = [builders.a_member(name, username=name.lower()) for name in ("Sri", "Dewi", "Wahyu")]
    meeting = an_open_meeting(by=secretary, present=members[:2])
    item = an_agenda_item(meeting, by=secretary)
    votes.start_vote(item, how="open", by=secretary)
    ballot = reverse("governance:ballot", args=[item.pk])
    assert waits_for(*members, on=meeting.on) == [[ballot], [ballot], []]


def test_home_shows_the_list_and_says_the_same(client, neighbours, sandal):
    budi, siti, _tono = neighbours
    claim = a_claim(an_offer(an_order(budi, sandal, on=today()), on=today()), siti, on=today())
    client.force_login(siti.user)
    page = client.get("/").content.decode()
    address = reverse("orders:deliver", args=[claim.pk])
    assert page.count(address) == 2, "the answer and the list"
    assert address in client.get(reverse("orders:work")).content.decode()
    client.force_login(budi.user)
    assert 'id="waiting"' not in client.get("/").content.decode()


def test_the_list_asks_as_much_for_three_handovers_as_for_one(neighbours, sandal):
    budi, siti, tono = neighbours

    def asked():
        member = Member.objects.select_related("user").get(pk=siti.pk)
        with CaptureQueriesContext(connection) as captured:
            assert mine.waiting(member.user, member, on=MONDAY)
        return len(captured)

    offer = an_offer(an_order(budi, sandal, quantity=200), quantity=100)
    a_claim(offer, siti)
    before = asked()
    a_claim(an_offer(an_order(tono, sandal)), siti)
    assert asked() == before
