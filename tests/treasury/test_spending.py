"""A second approval: what one officer pays alone, what waits, and who may answer."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from tests.builders import a_decision
from tests.ledger.builders import run
from tests.treasury.builders import DAY, a_bank, a_voucher, category, money_in, spending_rules
from treasury import services
from treasury.errors import TreasuryRefused
from treasury.forms.common import ChannelField
from treasury.models import PaymentRequest, Voucher
from treasury.queries.spending import Limit, limit_for, waiting_for, waiting_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(treasurer, chair, books):
    """Rp 2,500,000 of rent, above what the treasurer pays alone."""
    spending_rules(by=chair)
    money_in(treasurer)
    return a_voucher(treasurer, amount=2_500_000, of="rent", payee="Bu Parti", purpose="Sewa setahun")


def test_without_rules_nothing_limits_a_payment(treasurer, books):
    assert limit_for("voucher", "cash", on=DAY) == Limit()
    money_in(treasurer, amount=100_000_000)
    assert isinstance(a_voucher(treasurer, amount=99_000_000), Voucher)


def test_up_to_the_limit_one_officer_pays_alone(treasurer, chair, books):
    spending_rules(by=chair)
    money_in(treasurer)
    assert isinstance(a_voucher(treasurer, amount=1_000_000), Voucher)
    assert isinstance(a_voucher(treasurer, amount=1_000_001), PaymentRequest)


def test_money_in_never_waits(treasurer, chair, books):
    spending_rules(by=chair)
    assert isinstance(money_in(treasurer, amount=50_000_000), Voucher)


def test_closest_limit_counts(chair, books):
    spending_rules(
        by=chair,
        limits=[
            {"kind": "voucher", "channel": "", "alone_up_to": 300_000},
            {"kind": "", "channel": "bank", "alone_up_to": 500_000, "decision_above": 900_000},
            {"kind": "voucher", "channel": "bank", "alone_up_to": 100_000},
        ],
    )
    assert limit_for("voucher", "bank", on=DAY) == Limit(100_000)
    assert limit_for("voucher", "cash", on=DAY) == Limit(300_000)
    assert limit_for("visit", "bank", on=DAY) == Limit(500_000, 900_000)
    assert limit_for("visit", "cash", on=DAY) == Limit(1_000_000)


def test_nothing_is_booked_before_the_second_yes(waiting, treasurer, chair):
    assert account_balance(Unit.UMUM, chart.CASH, as_of=DAY) == 5_000_000
    assert (list(waiting_for(chair)), list(waiting_for(treasurer))) == ([waiting], [])
    request, voucher = services.confirm_payment(waiting, on=DAY, by=chair)
    assert (voucher.number, voucher.by, request.answered_by) == ("BKK-2026-0001", treasurer, chair)
    assert account_balance(Unit.UMUM, chart.CASH, as_of=DAY) == 2_500_000
    assert treasurer.notices.count() == 1
    assert list(waiting_for(chair)) == []


def test_nobody_confirms_for_himself(waiting, treasurer):
    for answer in (services.confirm_payment, lambda *a, **f: services.decline_payment(*a, reason="x", **f)):
        with pytest.raises(TreasuryRefused):
            answer(waiting, on=DAY, by=treasurer)


def test_whoever_gets_the_money_does_not_confirm_it(treasurer, chair, secretary, books):
    """The chair made the bags that this pays, so the secretary confirms; the database refuses the chair too."""
    spending_rules(by=chair)
    money_in(treasurer)
    request = services.pay(
        "voucher", amount=2_000_000, channel="cash", payee="Budi", purpose="100 tas", on=DAY, by=treasurer,
        about=12, parties=[chair, None], unit=Unit.UMUM, category=category("rent").pk,
    )  # fmt: skip
    with pytest.raises(TreasuryRefused):
        services.confirm_payment(request, on=DAY, by=chair)
    raw = "UPDATE treasury_paymentrequest SET answer = 'confirmed', answered_on = now(), answered_by_id = %s"
    with pytest.raises(DatabaseError, match="not_by_a_party"), transaction.atomic():
        run(raw, chair.pk)
    assert services.confirm_payment(request, on=DAY, by=secretary)[1].amount == 2_000_000


def test_what_is_paid_once_waits_once(treasurer, chair, secretary, books):
    spending_rules(by=chair)
    money_in(treasurer)
    facts = {"payee": "Budi", "purpose": "100 tas", "unit": Unit.UMUM, "category": category("rent").pk}
    facts |= {"channel": "cash", "on": DAY, "about": 12}
    first = services.pay("voucher", amount=2_000_000, by=treasurer, **facts)
    assert waiting_request("voucher", 12) == first
    with pytest.raises(TreasuryRefused):
        services.pay("voucher", amount=2_000_000, by=secretary, **facts)
    raw = "UPDATE treasury_paymentrequest SET about = '12' WHERE id = %s"
    other = services.pay("voucher", amount=2_000_000, by=secretary, **facts | {"about": 13})
    with pytest.raises(DatabaseError), transaction.atomic():
        run(raw, other.pk)
    services.decline_payment(first, reason="belum dihitung", on=DAY, by=chair)
    assert waiting_request("voucher", 12) is None
    assert isinstance(services.pay("voucher", amount=2_000_000, by=treasurer, **facts), PaymentRequest)


def test_declined_with_a_reason_and_withdrawn_by_who_asked(waiting, treasurer, chair):
    with pytest.raises(TreasuryRefused):
        services.decline_payment(waiting, reason=" ", on=DAY, by=chair)
    with pytest.raises(TreasuryRefused):
        services.withdraw_request(waiting, on=DAY, by=chair)
    assert services.decline_payment(waiting, reason="terlalu mahal", on=DAY, by=chair).answer == "declined"
    again = a_voucher(treasurer, amount=2_500_000, of="rent")
    assert services.withdraw_request(again, on=DAY, by=treasurer).answer == "withdrawn"
    for answered in (waiting, again):
        with pytest.raises(TreasuryRefused):
            services.confirm_payment(answered, on=DAY, by=chair)
    assert Voucher.objects.filter(direction="out").count() == 0


def test_large_sum_needs_a_decision(treasurer, chair, books):
    spending_rules(by=chair, decision_above=2_000_000)
    money_in(treasurer)
    request = a_voucher(treasurer, amount=2_000_001)
    with pytest.raises(TreasuryRefused) as refusal:
        services.confirm_payment(request, on=DAY, by=chair)
    assert refusal.value.field == "decision"
    decision = a_decision(by=chair, on=DAY, number="RP-1", kind="spending", about=request)
    assert services.confirm_payment(request, on=DAY, by=chair, decision=decision)[0].decision == decision


def test_refusal_of_the_room_leaves_the_request_waiting(treasurer, chair, books):
    """The month was closed meanwhile: nothing is booked, and the request can still be answered."""
    spending_rules(by=chair)
    money_in(treasurer)
    request = a_voucher(treasurer, amount=2_000_000)
    with pytest.raises(Exception, match="2030"), transaction.atomic():
        services.confirm_payment(request, on=DAY.replace(year=2030), by=chair)
    request.refresh_from_db()
    assert request.answer == ""


def test_bank_account_is_kept_until_the_second_yes(treasurer, chair, books):
    spending_rules(by=chair)
    a_bank(treasurer)
    second = a_bank(treasurer, bank="BRI", number="001201")
    way = ChannelField(unit=Unit.UMUM).clean(f"bank:{second.account.code}")
    money_in(treasurer, channel=way)
    request = a_voucher(treasurer, amount=2_000_000, channel=way)
    _request, voucher = services.confirm_payment(request, on=DAY, by=chair)
    assert (voucher.channel, request.channel) == ("bank", "bank")
    assert account_balance(Unit.UMUM, second.account.code, as_of=DAY) == 3_000_000


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treasury_paymentrequest SET answer = 'confirmed', answered_on = requested_on,"
        " answered_by_id = requested_by_id",
        "UPDATE treasury_paymentrequest SET answer = 'confirmed'",
        "UPDATE treasury_paymentrequest SET answer = 'declined', answered_on = \"on\", answered_by_id = {chair}",
        "UPDATE treasury_paymentrequest SET answer = 'withdrawn', answered_on = \"on\", answered_by_id = {chair}",
        "UPDATE treasury_paymentrequest SET amount = 1",
        "DELETE FROM treasury_paymentrequest",
    ],
)
def test_database_refuses_whoever_writes_around_the_services(waiting, chair, statement):
    with pytest.raises(DatabaseError), transaction.atomic():
        run(statement.format(chair=chair.pk))


def test_database_lets_a_request_be_answered_once(waiting, chair, treasurer):
    services.withdraw_request(waiting, on=DAY, by=treasurer)
    with pytest.raises(DatabaseError), transaction.atomic():
        run("UPDATE treasury_paymentrequest SET answer = 'confirmed', answered_by_id = %s", chair.pk)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_pay_it_once(waiting, chair, secretary):
    start = threading.Barrier(2)

    def confirm(officer):
        start.wait()
        try:
            return services.confirm_payment(waiting, on=DAY, by=officer)
        except TreasuryRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = [future.result(timeout=30) for future in [pool.submit(confirm, who) for who in (chair, secretary)]]
    assert sorted(isinstance(answer, TreasuryRefused) for answer in answers) == [False, True]
    assert Voucher.objects.filter(direction="out").count() == 1
