"""The money of a handover: 18 pairs at Rp 9.000 are Rp 162.000, on each of the three ways."""

import datetime
from decimal import Decimal

import pytest

from core.errors import Refused
from ledger import chart
from ledger import queries as ledger
from ledger.models import Entry, Receipt, Unit
from members.services import leave, link_login
from orders import services
from orders.arithmetic import settlement
from orders.models import Settlement
from orders.services import OrdersRefused
from pricing.queries import price
from savings import queries as savings
from tests import books as check_books
from tests import builders
from tests.orders.builders import a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.pricing.builders import a_price_list

pytestmark = pytest.mark.usefixtures("books")


@pytest.fixture
def delivery(budi, siti, sandal):
    """Siti made 20 for Budi, 18 are good."""
    claim = a_claim(an_offer(an_order(budi, sandal), price=9_000), siti, quantity=20)
    return a_confirmed_delivery(claim, accepted=18)


def balances(siti):
    on = day(60)
    return {
        "cash": ledger.account_balance(Unit.UMUM, chart.CASH, as_of=on),
        "makers": ledger.member_balance(siti, Unit.UMUM, chart.MAKERS_PAYABLE, as_of=on),
        "between": ledger.account_balance(Unit.UMUM, chart.INTER_UNIT, as_of=on),
        "usp": ledger.account_balance(Unit.USP, chart.INTER_UNIT, as_of=on),
        "savings": ledger.member_balance(siti, Unit.USP, chart.VOLUNTARY_SAVINGS, as_of=on),
    }


NOTHING = {"cash": 0, "makers": 0, "between": 0, "usp": 0, "savings": 0}


def test_the_arithmetic():
    assert settlement.amount(Decimal(18), 9_000) == 162_000
    assert settlement.amount(Decimal("2.5"), 333) == 833  # 832,5 rounds up
    assert settlement.amount(Decimal("0.001"), 499) == 0


def test_cash_waits_at_the_cooperative_until_the_maker_fetches_it(delivery, siti, budi, treasurer):
    paid = services.settle(delivery, method="cash", on=day(9), by=treasurer)
    assert paid.amount == 162_000
    assert balances(siti) == NOTHING | {"cash": 162_000, "makers": 162_000}
    assert paid.entry.reference == f"settlement:{delivery.pk}:settled"

    services.pay_out(paid, on=day(10), by=treasurer)
    assert balances(siti) == NOTHING
    receipts = Receipt.objects.order_by("pk").values_list("direction", "party", "amount")
    assert list(receipts) == [("in", "Budi Hartono", 162_000), ("out", "Siti Rahayu", 162_000)]
    check_books.assert_clean(day(60))


def test_into_savings_crosses_the_units_and_clears(delivery, siti, treasurer):
    paid = services.settle(delivery, method="cash", into_savings=True, on=day(9), by=treasurer)
    assert paid.paid_on == day(9)
    assert balances(siti) == {"cash": 162_000, "makers": 0, "between": -162_000, "usp": 162_000, "savings": 162_000}
    assert savings.balances(siti, as_of=day(9)).voluntary == 162_000
    check_books.assert_clean(day(60))


def test_at_the_counter_cash_may_still_become_savings(delivery, siti, treasurer):
    paid = services.settle(delivery, method="cash", on=day(9), by=treasurer)
    paid = services.pay_out(paid, method="savings", on=day(12), by=treasurer)
    assert (paid.method, paid.savings.amount) == ("savings", 162_000)


def test_paid_directly_is_noted_without_posting_and_the_maker_has_the_last_word(delivery, siti, budi, tono):
    paid = services.settle(delivery, method="direct", on=day(9), by=budi.user)
    assert (paid.entry, paid.paid_on) == (None, None)
    for stranger in (budi.user, tono.user):
        with pytest.raises(OrdersRefused):
            services.pay_out(paid, on=day(9), by=stranger)
    assert services.pay_out(paid, on=day(9), by=siti.user).paid_by == siti.user
    assert not Entry.objects.exists()
    assert "sudah menerima Rp\u00a0162.000 dari Anda" in budi.user.notices.latest("pk").text


def test_the_maker_does_not_write_down_their_own_payment(delivery, siti):
    with pytest.raises(OrdersRefused):
        services.settle(delivery, method="direct", on=day(9), by=siti.user)


def test_members_do_not_touch_the_cash_box(delivery, budi, tono):
    for by in (budi.user, tono.user):
        with pytest.raises(OrdersRefused):
            services.settle(delivery, method="cash", on=day(9), by=by)


def test_an_officer_who_is_one_side_leaves_the_money_to_another(budi, sandal, treasurer, chair, secretary):
    maker = builders.a_member("Lestari", by=secretary)
    builders.a_business(maker, by=secretary)
    link_login(maker, user=treasurer, by=secretary)
    maker.refresh_from_db()
    claim = a_claim(an_offer(an_order(budi, sandal)), maker)
    delivery = a_confirmed_delivery(claim)
    with pytest.raises(OrdersRefused):
        services.settle(delivery, method="cash", on=day(9), by=treasurer)
    paid = services.settle(delivery, method="cash", on=day(9), by=chair)
    with pytest.raises(OrdersRefused):
        services.pay_out(paid, on=day(9), by=treasurer)


def test_a_delivery_is_settled_once_and_paid_out_once(delivery, treasurer):
    paid = services.settle(delivery, method="cash", on=day(9), by=treasurer)
    with pytest.raises(OrdersRefused):
        services.settle(delivery, method="cash", on=day(9), by=treasurer)
    services.pay_out(paid, on=day(9), by=treasurer)
    with pytest.raises(OrdersRefused):
        services.pay_out(paid, on=day(9), by=treasurer)
    assert Entry.objects.count() == 2


def test_nothing_is_paid_before_it_is_counted_or_for_nothing(budi, siti, sandal, treasurer):
    claim = a_claim(an_offer(an_order(budi, sandal)), siti)
    sent = services.deliver(claim, delivered=Decimal(20), on=day(7), by=siti.user)
    with pytest.raises(OrdersRefused):
        services.settle(sent, method="cash", on=day(9), by=treasurer)
    services.confirm(sent, accepted=Decimal(0), rejection_reason="salah ukuran", on=day(8), by=budi.user)
    with pytest.raises(OrdersRefused):
        services.settle(sent, method="cash", on=day(9), by=treasurer)
    assert not Settlement.objects.exists()


def test_days_run_forward(delivery, treasurer):
    with pytest.raises(Refused) as refusal:
        services.settle(delivery, method="cash", on=day(7), by=treasurer)
    assert refusal.value.field == "on"
    paid = services.settle(delivery, method="cash", on=day(9), by=treasurer)
    with pytest.raises(Refused):
        services.pay_out(paid, on=day(8), by=treasurer)


def test_a_closed_month_refuses_and_writes_nothing(delivery, treasurer):
    with pytest.raises(Refused):
        services.settle(delivery, method="cash", on=datetime.date(2029, 1, 1), by=treasurer)


@pytest.mark.parametrize("into_savings", [False, True])
def test_a_wrong_settlement_is_reversed_and_done_again(delivery, siti, treasurer, chair, into_savings):
    builders.savings_rules(by=chair)
    paid = services.settle(delivery, method="cash", into_savings=into_savings, on=day(9), by=treasurer)
    if not into_savings:
        services.pay_out(paid, on=day(9), by=treasurer)
    services.reverse_settlement(paid, reason="salah cara", on=day(10), by=chair)
    assert balances(siti) == NOTHING
    with pytest.raises(OrdersRefused):
        services.reverse_settlement(paid, reason="lagi", on=day(10), by=chair)
    again = services.settle(delivery, method="cash", on=day(11), by=treasurer)
    assert again.entry.reference == f"settlement:{delivery.pk}:settled:2"
    assert balances(siti) == NOTHING | {"cash": 162_000, "makers": 162_000}
    check_books.assert_clean(day(60))


def test_a_direct_payment_is_undone_until_the_maker_has_confirmed_it(delivery, budi, siti):
    paid = services.settle(delivery, method="direct", on=day(9), by=budi.user)
    services.reverse_settlement(paid, reason="belum jadi", on=day(9), by=budi.user)
    paid = services.settle(delivery, method="direct", on=day(10), by=budi.user)
    services.pay_out(paid, on=day(10), by=siti.user)
    with pytest.raises(OrdersRefused):
        services.reverse_settlement(paid, reason="minta kembali", on=day(10), by=budi.user)


def test_the_agreed_price_stays_when_the_list_changes(budi, siti, tono, sandal, secretary, chair, treasurer):
    """Taken at 9,000 while the list says 12,000; before the money the members agree on 15,000, then on 8,000.

    Neither moves what was agreed, nor the buyer's price on the line; only a new order has the new price.
    """
    order = an_order(budi, sandal, due=60)
    claim = a_claim(an_offer(order, price=9_000, due=50), siti, quantity=20)
    first = a_confirmed_delivery(claim, delivered=10, on=day(7))
    a_price_list({sandal: 15_000}, start=day(9), drafter=secretary, decider=chair)
    assert price(sandal, as_of=day(9)).amount == 15_000
    assert services.settle(first, method="cash", on=day(9), by=treasurer).amount == 90_000

    second = a_confirmed_delivery(claim, delivered=10, on=day(19))
    a_price_list({sandal: 8_000}, start=day(20), drafter=secretary, decider=chair)  # less than the maker was promised
    paid = services.settle(second, method="cash", on=day(21), by=treasurer)
    assert (paid.work, paid.amount) == (90_000, 90_000)
    assert order.lines.get().price == 12_000
    assert an_order(tono, sandal, on=day(21)).lines.get().price == 8_000
    services.reverse_settlement(paid, reason="salah hitung", on=day(22), by=chair)
    assert services.settle(second, method="cash", on=day(23), by=treasurer).amount == 90_000
    check_books.assert_clean(day(60))


def test_a_maker_who_left_sends_what_is_out_and_is_paid(budi, siti, sandal, secretary, treasurer):
    """Leaving through the pages waits until this is done; a death does not. The work still ends, in cash."""
    offer = an_offer(an_order(budi, sandal), price=9_000)
    claim = a_claim(offer, siti, quantity=20)
    leave(siti, on=day(1), reason="own_request", by=secretary)
    delivery = a_confirmed_delivery(claim, accepted=18)
    with pytest.raises(Refused):
        services.settle(delivery, method="cash", into_savings=True, on=day(9), by=treasurer)
    assert balances(siti) == NOTHING
    paid = services.settle(delivery, method="cash", on=day(9), by=treasurer)
    services.pay_out(paid, method="cash", on=day(10), by=treasurer)
    assert balances(siti) == NOTHING
    siti.refresh_from_db()
    with pytest.raises(Refused):
        a_claim(offer, siti, quantity=5, on=day(2))
    check_books.assert_clean(day(60))
