"""What a business has to receive and to pay for shared work: figures worked out by hand, and each sum is its rows."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from orders import queries, services
from tests.orders.builders import MONDAY, a_claim, a_confirmed_delivery, an_offer, an_order, day

pytestmark = pytest.mark.usefixtures("books")

TIME = {"first": MONDAY, "last": day(60)}


def sums(member):
    found = queries.bills(member, **TIME)
    for name, rows in vars(found).items():
        assert found.totals[name] == sum(row.amount for row in rows)
    return tuple(found.totals.values())


@pytest.fixture
def handed(budi, siti, tono, sandal, treasurer):
    """Budi's order at 9,000 a pair; a fifth may be paid ahead.

    Siti 20: 30,000 ahead; 12 counted on day 8, settled in cash (108,000 − 30,000 = 78,000) and paid out; 8 counted and
    not paid: 72,000. Tono 10: settled directly for 90,000, he has not said yes.
    """
    order = an_order(budi, sandal)
    offer = an_offer(order, quantity=60, advance_bp=2_000)
    of_siti, of_tono = a_claim(offer, siti, quantity=20), a_claim(offer, tono, quantity=10)
    ahead = services.pay_ahead(of_siti, amount=30_000, method="direct", on=day(1), by=budi.user)
    services.confirm_advance(ahead, on=day(1), by=siti.user)
    first = a_confirmed_delivery(of_siti, delivered=12)
    paid = services.settle(first, method="cash", on=day(9), by=treasurer)
    services.pay_out(paid, method="cash", on=day(10), by=treasurer)
    second = a_confirmed_delivery(of_siti, delivered=8, on=day(11))
    direct = services.settle(a_confirmed_delivery(of_tono), method="direct", on=day(9), by=budi.user)
    return {"second": second, "direct": direct, "of_siti": of_siti, "of_tono": of_tono, "offer": offer}


def test_both_sides_read_the_same_sums(handed, budi, siti, tono, treasurer):
    assert sums(siti) == (72_000, 0, 108_000, 0)
    assert sums(tono) == (90_000, 0, 0, 0)
    assert sums(budi) == (0, 72_000, 0, 30_000 + 78_000 + 90_000)
    services.pay_out(handed["direct"], on=day(10), by=tono.user)
    services.settle(handed["second"], method="cash", on=day(12), by=treasurer)
    assert sums(tono) == (0, 0, 90_000, 0)
    assert sums(siti) == (72_000, 0, 108_000, 0)  # it waits at the cooperative now
    assert sums(budi) == (0, 0, 0, 270_000)


def test_a_reversed_settlement_is_open_again(handed, budi, tono):
    services.reverse_settlement(handed["direct"], reason="salah", on=day(10), by=budi.user)
    assert sums(tono) == (90_000, 0, 0, 0)
    assert sums(budi) == (0, 162_000, 0, 108_000)


def test_what_the_sheet_takes_off_is_taken_off_the_bill(budi, siti, sandal):
    """10 at 9,000, 18,000 paid ahead, in two deliveries of 1 and 9: 9,000 and 81,000 − 18,000, together 72,000."""
    claim = a_claim(an_offer(an_order(budi, sandal), advance_bp=2_000), siti, quantity=10)
    ahead = services.pay_ahead(claim, amount=18_000, method="direct", on=day(1), by=budi.user)
    services.confirm_advance(ahead, on=day(1), by=siti.user)
    deliveries = [a_confirmed_delivery(claim, delivered=1), a_confirmed_delivery(claim, delivered=9)]
    assert [row.amount for row in queries.bills(siti, **TIME).to_receive] == [72_000]
    assert queries.to_be_paid(deliveries) == {deliveries[0].pk: 0, deliveries[1].pk: 72_000}


def test_more_taken_ahead_than_came_of_it_is_paid_back_and_waits_in_my_work(client, budi, siti, sandal):
    claim = a_claim(an_offer(an_order(budi, sandal), advance_bp=2_000), siti, quantity=10)
    ahead = services.pay_ahead(claim, amount=18_000, method="direct", on=day(1), by=budi.user)
    services.confirm_advance(ahead, on=day(1), by=siti.user)
    services.withdraw_claim(claim, on=day(2), by=siti.user)
    other = a_claim(an_offer(an_order(budi, sandal), advance_bp=2_000), siti, quantity=10)
    ahead = services.pay_ahead(other, amount=18_000, method="direct", on=day(1), by=budi.user)
    services.confirm_advance(ahead, on=day(1), by=siti.user)
    one = a_confirmed_delivery(other, delivered=1)
    services.settle(one, method="direct", on=day(9), by=budi.user)
    services.withdraw_claim(other, on=day(10), by=siti.user)
    assert sums(siti)[:2] == (0, 27_000)  # all of the first, given back whole, and 18,000 − 9,000 of the second
    assert sums(budi)[:2] == (27_000, 0)
    client.force_login(siti.user)
    acting = client.get(reverse("orders:work")).context["acting"]
    assert {action.url for _journey, action in acting} == {
        reverse("orders:pay-back", args=[one.pk]) for one in (claim, other)
    }
    assert reverse("orders:pay-back", args=[claim.pk]) in client.get(reverse("orders:claim", args=[claim.pk])).text


def test_only_the_chosen_time_is_counted_as_settled(handed, siti):
    found = queries.bills(siti, first=day(2), last=day(60))
    assert found.totals["received"] == 78_000  # the 30,000 ahead were before
    assert queries.bills(siti, first=day(11), last=day(60)).totals["received"] == 0


# -- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def this_week(budi, siti, sandal):
    claim = a_claim(an_offer(an_order(budi, sandal, on=today()), on=today()), siti, quantity=20, on=today())
    sent = services.deliver(claim, delivered=Decimal(20), on=today(), by=siti.user)
    services.confirm(sent, accepted=Decimal(20), on=today(), by=budi.user)
    return claim


def test_every_sum_leads_to_the_rows_it_sums(client, this_week, budi, siti):
    for member, name in ((siti, "to_receive"), (budi, "to_pay")):
        client.force_login(member.user)
        page = client.get(reverse("orders:bills"))
        urls = {shown: (amount, url) for shown, _label, amount, url in page.context["figures"]}
        assert urls[name][0] == 180_000
        for shown, (amount, url) in urls.items():
            listed = client.get(reverse("orders:bills") + url)
            assert sum(row.amount for row in listed.context["page"].paginator.object_list) == amount
            assert listed.context["show"] == shown
        assert reverse("orders:claim", args=[this_week.pk]) in client.get(reverse("orders:bills") + urls[name][1]).text


def test_nobody_reads_the_bills_of_a_neighbour_but_officers_do(client, this_week, siti, tono, treasurer, supervisor):
    page, export = (reverse(f"orders:{name}", args=[siti.pk]) for name in ("bills-of", "export-bills"))
    client.force_login(tono.user)
    assert client.get(page).status_code == client.get(export).status_code == 404
    for reader in (siti.user, treasurer, supervisor):
        client.force_login(reader)
        assert "180.000" in client.get(page).text
        assert client.get(export).status_code == 200
    client.force_login(treasurer)
    assert client.get(reverse("orders:bills")).status_code == 200  # no workshop of one's own, and it says so


def test_the_page_takes_as_many_queries_for_one_handover_as_for_ten(client, handed, siti, tono, budi):
    client.force_login(siti.user)
    client.get(reverse("orders:bills"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse("orders:bills"))
    for _again in range(9):
        a_confirmed_delivery(a_claim(an_offer(an_order(budi, handed["offer"].line.item)), siti, quantity=2))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("orders:bills"))
    assert len(many) == len(few)


def test_the_treasurer_sees_what_is_really_to_be_received(client, handed, treasurer):
    client.force_login(treasurer)
    page = client.get(reverse("orders:settlements"))
    assert page.context["owed_total"] == 72_000
