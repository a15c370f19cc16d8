"""How the money of a handover goes: by every channel, with a second approval, and back by somebody else."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from core.errors import Refused
from ledger import chart
from ledger.channels import Channel, Way
from ledger.models import Receipt, Unit
from ledger.queries import account_balance, member_balance
from orders import services
from orders.models import Advance, Settlement
from orders.services import OrdersRefused
from tests import builders
from tests.books import assert_clean
from tests.orders.builders import a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.treasury.builders import a_bank, a_voucher, spending_rules
from treasury.models import PaymentRequest
from treasury.services import confirm_payment, decline_payment

pytestmark = pytest.mark.usefixtures("books")


@pytest.fixture
def claim(budi, siti, sandal):
    return a_claim(an_offer(an_order(budi, sandal), price=9_000), siti, quantity=20)


@pytest.fixture
def delivery(claim):
    """18 pairs at 9,000: 162,000 from Budi to Siti."""
    return a_confirmed_delivery(claim, accepted=18)


@pytest.fixture
def banks(treasurer):
    """BCA is 1102, BRI is 1103."""
    return [a_bank(treasurer), a_bank(treasurer, bank="BRI", number="0012")]


def money(*codes):
    return [account_balance(Unit.UMUM, code, as_of=day(60)) for code in codes]


def test_paid_in_by_qris_and_out_of_the_second_bank_account(delivery, siti, banks, treasurer):
    """The bank has passed the QRIS money on, and Siti's comes out of BRI with a receipt."""
    paid = services.settle(delivery, method=Channel.QRIS, on=day(9), by=treasurer)
    assert (paid.paid_in, paid.method, money(chart.QRIS)) == ("qris", "cash", [162_000])
    builders.capital(200_000, on=day(1), code="1103", units=[Unit.UMUM])
    paid = services.pay_out(paid, method=Way(Channel.BANK, "1103"), on=day(10), by=treasurer)
    assert (paid.method, money(chart.QRIS, chart.BANK, "1103")) == ("bank", [162_000, 0, 38_000])
    assert Receipt.objects.filter(entry=paid.payout_entry, direction="out", amount=162_000).exists()
    assert_clean(day(60))


def test_what_came_by_bank_transfer_is_not_in_the_cash_box(delivery, banks, treasurer):
    paid = services.settle(delivery, method=Way(Channel.BANK, "1103"), on=day(9), by=treasurer)
    with pytest.raises(Refused, match="Kas"):
        services.pay_out(paid, method="cash", on=day(10), by=treasurer)
    paid.refresh_from_db()
    assert paid.paid_on is None


@pytest.fixture
def generous(budi, siti, sandal):
    """Of 20 pairs at 9,000 half may be paid ahead: 90,000."""
    return a_claim(an_offer(an_order(budi, sandal), price=9_000, advance_bp=5_000), siti, quantity=20)


def test_advance_comes_in_one_way_and_goes_out_another(generous, siti, banks, treasurer, chair):
    builders.capital(90_000, on=day(0), units=[Unit.UMUM])
    ahead = services.pay_ahead(
        generous, amount=90_000, method=Way(Channel.BANK, "1103"), handed="cash", on=day(1), by=treasurer
    )
    assert (ahead.method, ahead.handed, money(chart.CASH, "1103")) == ("bank", "cash", [0, 90_000])
    assert set(ahead.entry.receipts.values_list("direction", "amount")) == {("in", 90_000), ("out", 90_000)}
    with pytest.raises(OrdersRefused):
        services.reverse_advance(ahead, reason="salah", on=day(2), by=treasurer)
    with pytest.raises(IntegrityError, match="reversed_by_others"), transaction.atomic():
        Advance.objects.filter(pk=ahead.pk).update(reversed_on=day(2), reversed_by=treasurer, reversal_reason="x")
    services.reverse_advance(ahead, reason="salah", on=day(2), by=chair)
    assert money(chart.CASH, "1103") == [90_000, 0]
    assert_clean(day(60))


def test_advance_above_the_limit_is_booked_with_the_second_approval(generous, treasurer, chair):
    """Nothing is received before it: the two receipts are made together."""
    spending_rules(by=chair, alone_up_to=50_000)
    request = services.pay_ahead(generous, amount=90_000, method="cash", on=day(1), by=treasurer)
    assert isinstance(request, PaymentRequest)
    assert not Advance.objects.exists()
    _request, ahead = confirm_payment(request, on=day(2), by=chair)
    assert (ahead.amount, ahead.paid_on, ahead.confirmed_on, money(chart.CASH)) == (90_000, day(2), day(2), [0])
    assert_clean(day(60))


@pytest.fixture
def waiting(delivery, treasurer, chair):
    """The treasurer pays out 100,000 alone."""
    spending_rules(by=chair, alone_up_to=100_000)
    paid = services.settle(delivery, method="cash", on=day(9), by=treasurer)
    return paid, services.pay_out(paid, method="cash", on=day(10), by=treasurer)


def test_pay_above_the_limit_waits_for_another_officer(waiting, siti, treasurer, chair):
    paid, request = waiting
    assert isinstance(request, PaymentRequest)
    assert money(chart.CASH) == [162_000]
    with pytest.raises(Refused):
        services.pay_out(paid, method="cash", on=day(10), by=treasurer)  # asked for already
    with pytest.raises(Refused):
        services.pay_out(paid, method="savings", on=day(10), by=treasurer)
    with pytest.raises(Refused):
        confirm_payment(request, on=day(11), by=treasurer)
    _request, booked = confirm_payment(request, on=day(11), by=chair)
    assert (booked, booked.paid_on, booked.method) == (paid, day(11), "cash")
    assert money(chart.CASH) == [0]
    assert Receipt.objects.get(direction="out").amount == 162_000
    assert_clean(day(60))


def test_into_savings_no_money_leaves_so_nothing_waits(delivery, siti, treasurer, chair):
    builders.savings_rules(by=chair)
    spending_rules(by=chair, alone_up_to=100_000, on=day(0))
    paid = services.settle(delivery, method="cash", into_savings=True, on=day(9), by=treasurer)
    assert paid.method == "savings"


def test_maker_does_not_confirm_her_own_pay(claim, siti, treasurer, chair, secretary):
    """Siti is the chair: the secretary confirms instead."""
    siti.user = chair
    siti.save()
    delivery = a_confirmed_delivery(claim, accepted=18)
    spending_rules(by=secretary, alone_up_to=100_000)
    request = services.pay_out(
        services.settle(delivery, method="cash", on=day(9), by=treasurer), method="cash", on=day(10), by=treasurer
    )
    with pytest.raises(Refused):
        confirm_payment(request, on=day(11), by=chair)
    confirm_payment(request, on=day(11), by=secretary)


def test_declined_pay_can_be_asked_for_again(waiting, treasurer, chair, secretary):
    paid, request = waiting
    decline_payment(request, reason="tanyakan rekeningnya", on=day(10), by=chair)
    again = services.pay_out(paid, method="cash", on=day(11), by=treasurer)
    confirm_payment(again, on=day(12), by=secretary)
    assert money(chart.CASH) == [0]


def test_confirmed_after_the_cash_is_gone(waiting, treasurer, chair):
    """Electricity was paid meanwhile: the confirmation is refused, the request waits on."""
    paid, request = waiting
    a_voucher(treasurer, amount=100_000, on=day(10))
    with pytest.raises(Refused, match="Kas"):
        confirm_payment(request, on=day(11), by=chair)
    request.refresh_from_db()
    paid.refresh_from_db()
    assert (request.answer, paid.paid_on, money(chart.CASH)) == ("", None, [62_000])


def test_settlement_reversed_while_its_pay_waits(waiting, chair):
    paid, request = waiting
    services.reverse_settlement(paid, reason="salah hitung", on=day(10), by=chair)
    with pytest.raises(OrdersRefused):
        confirm_payment(request, on=day(11), by=chair)
    assert money(chart.CASH) == [0]


def test_waiting_pay_stands_on_its_page_in_place_of_the_form(client, waiting, treasurer):
    paid, request = waiting
    client.force_login(treasurer)
    page = client.get(reverse("orders:pay-out", args=[paid.pk]))
    assert page.context["page"].unavailable.link[1] == reverse("treasury:request", args=[request.pk])


def test_officer_who_received_or_paid_does_not_reverse(delivery, treasurer, chair, secretary):
    paid = services.settle(delivery, method="cash", on=day(9), by=treasurer)
    paid = services.pay_out(paid, method="cash", on=day(10), by=chair)
    for by in (treasurer, chair):
        with pytest.raises(OrdersRefused):
            services.reverse_settlement(paid, reason="salah", on=day(11), by=by)
        with pytest.raises(IntegrityError, match="reversed_by_others"), transaction.atomic():
            Settlement.objects.filter(pk=paid.pk).update(reversed_on=day(11), reversed_by=by, reversal_reason="x")


@pytest.mark.parametrize("event", ["entry", "payout_entry"])
def test_entry_leads_to_the_handover(client, delivery, treasurer, event):
    paid = services.settle(delivery, method="cash", on=day(9), by=treasurer)
    paid = services.pay_out(paid, method="cash", on=day(9), by=treasurer)
    client.force_login(treasurer)
    page = client.get(reverse("ledger:entry", args=[getattr(paid, event).pk]))
    assert page.context["origin"] == reverse("orders:claim", args=[delivery.claim_id])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_confirm_at_once_and_she_is_paid_once(waiting, siti, chair, secretary):
    _paid, request = waiting
    gate = threading.Barrier(2)

    def confirm(by):
        gate.wait(timeout=10)
        try:
            return confirm_payment(request, on=day(11), by=by)
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = [each for each in pool.map(confirm, (chair, secretary)) if each]
    assert (len(done), money(chart.CASH)) == (1, [0])
    assert member_balance(siti, Unit.UMUM, chart.MAKERS_PAYABLE, as_of=day(60)) == 0
    assert_clean(day(60))
