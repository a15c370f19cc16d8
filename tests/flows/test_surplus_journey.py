"""The SURPLUS journey of docs/architecture.md, from a big order to the last rupiah, with figures worked out by hand.

Budi makes 70 pairs a week, 10 a day. On 2 March a buyer orders 20 kodi = 400 pairs at the list price of Rp12.000,
due on 30 March: 28 days × 10 = 280 fit, 120 do not. He offers the 120 at Rp9.000 each.

     2 Mar  Siti takes 80; Tono reaches for 60, hears that 40 are left, and takes 40
     9 Mar  Siti sends 80; 76 are good, 4 are not and go back on the board
            76 × 9.000 = 684.000 through the cooperative's cash
    10 Mar  Tono sends 40, all good: 40 × 9.000 = 360.000 into his savings; then he takes the 4 that came back
    14 Mar  he sends the 4: 36.000, paid directly
            684.000 + 360.000 + 36.000 = 1.080.000 = 120 × 9.000
"""

from decimal import Decimal

import pytest

from core import audit
from ledger import chart
from ledger.models import Receipt, Unit
from ledger.queries import account_balance, member_balance
from orders import queries, services
from orders.models import Settlement
from sales import services as sales
from tests.books import assert_clean
from tests.orders.builders import MONDAY, a_claim, a_workshop, an_offer, an_order, day
from tests.pricing.builders import a_price_list, an_item, unit


@pytest.mark.django_db
def test_a_big_order_finds_its_hands(books, chair, secretary, treasurer):
    budi, siti, tono = (a_workshop(name, by=secretary) for name in ("Budi Hartono", "Siti Rahayu", "Tono Prasetyo"))
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    a_price_list({sandal: 12_000}, drafter=secretary, decider=chair)

    # The order keeps the price of its day; capacity says what does not fit.
    order = an_order(budi, sandal, quantity=20, unit=unit("kodi"), due=28)
    assert order.lines.get().amount == 4_800_000
    answer = queries.capacity_answer(order, as_of=MONDAY)
    assert (answer.to_make, answer.fits, answer.too_much) == (400, 280, 120)

    # The rest goes on the board, ranked and with reasons.
    offer = an_offer(order, quantity=120, price=9_000, closes=14, due=26)
    [offer] = queries.board(siti, as_of=MONDAY).offers
    assert (offer.left, offer.reasons[0], offer.reasons[1]) == (
        120,
        "punya keterampilannya",
        "muat semuanya sampai 28 Mar",
    )
    assert {one.pk for one in queries.proposals(offer, as_of=MONDAY)} == {siti.pk, tono.pk}

    # Two take part; the second hears what is left.
    of_siti = a_claim(offer, siti, quantity=80, insist=False)
    with pytest.raises(services.OrdersRefused, match="40 pasang"):
        a_claim(offer, tono, quantity=60)
    of_tono = a_claim(offer, tono, quantity=40, insist=False)
    assert queries.left(offer) == 0
    assert queries.capacity_answer(order, as_of=MONDAY).too_much == 0

    # Siti sends 80, Budi accepts 76; the 4 are open again.
    first = handed_over(of_siti, sent=80, good=76, days=7, maker=siti, holder=budi)
    assert queries.left(offer) == 4
    paid = services.settle(first, method="cash", on=day(7), by=treasurer)
    assert balance_of(siti) == paid.amount == 684_000
    assert_clean(day(7))
    services.pay_out(paid, on=day(7), by=treasurer)
    assert balance_of(siti) == 0

    # Tono's part goes into his savings; then he makes the four anew and is paid by hand.
    second = handed_over(of_tono, sent=40, good=40, days=8, maker=tono, holder=budi)
    services.settle(second, method="cash", into_savings=True, on=day(8), by=treasurer)
    again = a_claim(offer, tono, quantity=4, on=day(8))
    third = handed_over(again, sent=4, good=4, days=12, maker=tono, holder=budi)
    direct = services.settle(third, method="direct", on=day(12), by=budi.user)
    services.pay_out(direct, on=day(12), by=tono.user)

    # The books: cash in for both, out for Siti; Tono's savings stand against the two clearing accounts.
    end = day(28)
    assert member_balance(tono, Unit.USP, chart.VOLUNTARY_SAVINGS, as_of=end) == 360_000
    assert account_balance(Unit.UMUM, chart.CASH, as_of=end) == 360_000
    assert account_balance(Unit.UMUM, chart.INTER_UNIT, as_of=end) == -360_000
    assert account_balance(Unit.USP, chart.INTER_UNIT, as_of=end) == 360_000
    assert account_balance(Unit.UMUM, chart.MAKERS_PAYABLE, as_of=end) == 0
    assert sum(Settlement.objects.values_list("amount", flat=True)) == 1_080_000 == 120 * 9_000
    assert list(Receipt.objects.order_by("pk").values_list("direction", "amount")) == [
        ("in", 684_000),
        ("out", 684_000),
        ("in", 360_000),
    ]

    # Nothing waits, so the order may go to the buyer; the trail tells the story of Siti's part.
    assert not queries.to_settle()
    sales.finish(order, on=end, by=budi.user)
    assert queries.jobs(budi, as_of=end) == []
    assert [event.action for event in audit.trail(of_siti)][::-1] == [
        "claim.made",
        "handover.sent",
        "handover.confirmed",
        "settlement.settled",
        "settlement.paid",
    ]
    assert_clean(end)


def handed_over(claim, *, sent, good, days, maker, holder):
    """The maker sends, the holder counts on the same day."""
    delivery = services.deliver(claim, delivered=Decimal(sent), on=day(days), by=maker.user)
    reason = "sol miring" if good < sent else ""
    return services.confirm(delivery, accepted=Decimal(good), rejection_reason=reason, on=day(days), by=holder.user)


def balance_of(maker):
    """What the cooperative holds for a maker on 9 March."""
    return member_balance(maker, Unit.UMUM, chart.MAKERS_PAYABLE, as_of=day(7))
