"""The big story: 70 kodi of sandals reach one workshop, and eight make them. Figures worked out by hand.

Budi makes 100 pairs a week. On 2 March a shop in Bandung orders 70 kodi = 1,400 pairs at Rp12,000, due on 30 March:
28 days are 400 pairs, 20 kodi, so 50 kodi do not fit. He offers them at Rp9,000, in whole kodi, shared when the offer
closes on the 7th; rejects are mended, a day late costs Rp5,000, a fifth may be paid ahead. It closes by itself on the
8th, when 20 days are left until the work is due on the 28th.

            wish  room  kodi at most   gets                                    is paid
    Tono     100   200       5          5 = 100, all he asked for              900,000 into savings
    Tuti     200   100       5          5 = 100, all she has room for          900,000 − 50,000 leather, directly
    Agus     140   140       7          7 = 140                              1,260,000 into savings
    Siti     200   200      10          9 = 180, one of the last             1,620,000 − 324,000 ahead, in cash
    Rini     200   200      10          8 = 160                              1,440,000 in cash
    Wati     300   300      15          8 = 160                              1,440,000 in cash
    Joko     300   300      15          8 = 160, ten of them mended, 2 days late: 1,350,000 and 90,000 − 10,000

5 + 5 + 7 leave 33 kodi for four: 8 each is 32, and the odd one goes to Siti: all received the same before, and she is
the member with the lowest number. 50 kodi × 20 × 9,000 = 9,000,000.
Tono has no leather: Rini lends him 100 feet, he buys and gives it back.
"""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import call_command

from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance, member_balance
from orders import queries, services
from orders.models import Claim, Round, Settlement
from reports.queries import month
from sales import queries as sales_queries
from sales import services as sales
from sales.arithmetic.market import Quarter
from stock import queries as stock_queries
from stock import services as stock
from tests import builders
from tests.books import assert_clean
from tests.orders.builders import MONDAY, a_workshop, an_offer, an_order, day
from tests.pricing.builders import a_price_list, an_item, unit
from tests.stock.builders import stock_rules

MAKERS = {  # pairs a week, the most they want
    "Siti": (70, 200),
    "Tono": (70, 100),
    "Tuti": (35, 200),
    "Wati": (105, 300),
    "Joko": (105, 300),
    "Rini": (70, 200),
    "Agus": (49, 140),
}
TERMS = {"rejects": "rework", "late_penalty": 5_000, "advance_bp": 2_000}


@pytest.fixture
def people(books, chair, secretary, treasurer):
    budi = a_workshop("Budi Hartono", per_week=100, by=secretary)
    makers = {name: a_workshop(name, per_week=weekly, by=secretary) for name, (weekly, _wish) in MAKERS.items()}
    stock_rules(by=chair)
    return budi, makers


@pytest.mark.django_db
def test_seventy_kodi_are_made_by_eight_workshops(people, chair, secretary, treasurer, tmp_path):
    budi, makers = people
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    leather = an_item("KLT", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    a_price_list({sandal: 12_000}, drafter=secretary, decider=chair)
    buyer = builders.a_partner("Toko Bandung", market="national")

    # -- 2 March: the order, and what of it fits
    order = an_order(budi, sandal, quantity=70, unit=unit("kodi"), due=28, partner=buyer)
    answer = queries.capacity_answer(order, as_of=MONDAY)
    assert (answer.to_make, answer.fits, answer.too_much) == (1_400, 400, 1_000)
    offer = an_offer(order, quantity=1_000, closes=5, due=26, is_shared=True, step=Decimal(20), **TERMS)
    assert {one.name.split()[0] for one in queries.proposals(offer, as_of=MONDAY)} == set(MAKERS)

    # -- until the 7th: seven ask, and the offer closes by itself
    for name, (_weekly, wish) in MAKERS.items():
        services.ask(offer, member=makers[name], quantity=Decimal(wish), insist=True, on=day(3), by=makers[name].user)
    call_command("daily", on=day(6), stdout=io.StringIO())
    done = Round.objects.get()
    assert {share.member.name: (int(share.given), share.reason) for share in done.shares.all()} == {
        "Tono": (100, "wish"),
        "Tuti": (100, "room"),
        "Agus": (140, "wish"),
        "Siti": (180, "odd"),
        "Rini": (160, "share"),
        "Wati": (160, "share"),
        "Joko": (160, "share"),
    }
    assert (done.offered, done.given, queries.left(offer)) == (1_000, 1_000, 0)
    assert queries.capacity_answer(order, as_of=day(6)).to_make == 400
    claims = {claim.member.name: claim for claim in Claim.objects.select_related("member")}

    # -- before work starts: money ahead for Siti, leather along for Tuti, and Tono borrows his from Rini
    ahead = services.pay_ahead(claims["Siti"], amount=324_000, method="direct", on=day(7), by=budi.user)
    services.confirm_advance(ahead, on=day(7), by=makers["Siti"].user)
    along = services.give_material(
        claims["Tuti"], item=leather, quantity=Decimal(8), value=50_000, is_owed=True, on=day(7), by=budi.user
    )
    services.confirm_material(along, on=day(7), by=makers["Tuti"].user)
    rini, tono = makers["Rini"], makers["Tono"]
    stock.record(rini, item=leather, kind="bought", quantity=Decimal(300), on=day(7), by=rini.user)
    lent = stock.lend(
        rini, tono, item=leather, quantity=Decimal(100), price=6_500, handed_on=day(8), on=day(8), by=rini.user
    )
    stock.confirm(lent, on=day(8), by=tono.user)
    stock.record(tono, item=leather, kind="used", quantity=Decimal(100), on=day(12), by=tono.user)
    assert held(leather, rini, tono, on=day(12)) == (200, 0)

    # -- the 26th: all send; ten of Joko's must be mended
    for name, claim in claims.items():
        bad = 10 if name == "Joko" else 0
        handed_over(claim, good=claim.quantity - bad, on=day(24), holder=budi)
    assert queries.to_send(claims["Joko"]) == 10
    with pytest.raises(services.OrdersRefused, match="Joko"):
        sales.finish(order, on=day(25), by=budi.user)

    # -- the 27th: the money
    ways = {"Tono": "savings", "Agus": "savings", "Tuti": "direct"}
    paid = {}
    for name, claim in claims.items():
        way = ways.get(name, "cash")
        paid[name] = services.settle(
            claim.deliveries.get(),
            method="direct" if way == "direct" else "cash",
            into_savings=way == "savings",
            on=day(25),
            by=budi.user if way == "direct" else treasurer,
        )
    assert {name: (one.work, one.amount) for name, one in paid.items()} == {
        "Tono": (900_000, 900_000),
        "Tuti": (900_000, 850_000),
        "Agus": (1_260_000, 1_260_000),
        "Siti": (1_620_000, 1_296_000),
        "Rini": (1_440_000, 1_440_000),
        "Wati": (1_440_000, 1_440_000),
        "Joko": (1_350_000, 1_350_000),
    }
    assert_clean(day(25))
    for name in ("Siti", "Rini", "Wati", "Joko"):
        services.pay_out(paid[name], on=day(25), by=treasurer)
    services.pay_out(paid["Tuti"], on=day(25), by=makers["Tuti"].user)

    # -- the 30th: Joko's ten come mended, two days late; Tono gives the leather back; the buyer has it all
    mended = handed_over(claims["Joko"], good=10, on=day(28), holder=budi, sent=10)
    last = services.settle(mended, method="cash", on=day(28), by=treasurer)
    assert (last.work, last.late, last.amount) == (90_000, 10_000, 80_000)
    services.pay_out(last, on=day(28), by=treasurer)
    stock.record(tono, item=leather, kind="bought", quantity=Decimal(100), on=day(28), by=tono.user)
    back = stock.give_back(lent, quantity=Decimal(100), way="goods", on=day(28), by=tono.user)
    stock.confirm_return(back, on=day(28), by=rini.user)
    assert held(leather, rini, tono, on=day(28)) == (300, 0)
    sales.finish(order, on=day(28), by=budi.user)

    # -- the books: nothing waits for a maker, what went into savings stands against the other unit
    end = day(29)
    assert sum(Settlement.objects.values_list("work", flat=True)) == 9_000_000
    assert account_balance(Unit.UMUM, chart.MAKERS_PAYABLE, as_of=end) == 0
    assert account_balance(Unit.UMUM, chart.CASH, as_of=end) == 900_000 + 1_260_000
    assert account_balance(Unit.UMUM, chart.INTER_UNIT, as_of=end) == -2_160_000
    assert member_balance(tono, Unit.USP, chart.VOLUNTARY_SAVINGS, as_of=end) == 900_000
    assert not queries.to_settle()
    assert not queries.to_pay_out()

    # -- counted: fairness, who is asked next, and the month
    given = {row.name.split()[0]: row for row in queries.fairness(first=MONDAY, last=end).rows}
    assert (given["Budi"].given, given["Budi"].given_worth) == (1_000, 9_000_000)
    assert given["Siti"].taken_worth == 1_620_000
    assert (given["Joko"].sent, given["Joko"].in_time, given["Joko"].not_good) == (160, 150, 10)
    assert (given["Rini"].material_given, given["Tono"].material_taken) == (1, 1)
    asked = [row.name for row, _why in queries.next_asked(queries.fairness(first=MONDAY, last=end).rows)]
    assert asked[:2] == ["Budi Hartono", "Tono"]  # nothing in hand anywhere; who received least leads
    rows = month(datetime.date(2026, 3, 1)).surplus
    assert (len(rows), sum(row.accepted for row in rows)) == (7, 1_000)
    in_the_market_mirror(buyer)
    call_command("monthly_report", "2026-03", "--out", str(tmp_path), stdout=io.StringIO())
    in_the_monthly_report(tmp_path / "laporan-2026-03.xlsx")
    assert_clean(end)


def in_the_market_mirror(buyer):
    """1,400 pairs × 12,000 = 16,800,000 went to the rest of Indonesia in the first quarter, all to one buyer."""
    quarter, total, levels = sales_queries.market_levels(Quarter(2026, 1))[0]
    assert (quarter.code, total) == ("2026-1", 16_800_000)
    assert [(one.market, one.amount, one.percent) for one in levels] == [
        ("local", 0, 0),
        ("national", 16_800_000, 100),
        ("export", 0, 0),
    ]
    [row] = sales_queries.market_partners(quarter)
    assert (row.pk, row.amount, row.percent, row.direct) == (buyer.pk, 16_800_000, 100, 16_800_000)
    [row] = sales_queries.market_items(quarter)
    assert (row.name, row.quantity, row.amount) == ("Sandal kulit", 1_400, 16_800_000)


def in_the_monthly_report(path):
    """The sheet of the surplus work: who made how many, what came in for it, went out, and was paid directly."""
    book = openpyxl.load_workbook(path, data_only=True)
    found = {
        row[3]: [row[7], row[8], row[9], row[10], row[11], row[12], row[13], row[14], row[15]]
        for row in book["Pesanan lebih"].iter_rows(values_only=True)
        if row[3] in MAKERS
    }
    assert found == {
        "Tono": [1_000, 100, 100, 0, 9_000, 900_000, 900_000, 0, 0],
        "Tuti": [1_000, 100, 100, 0, 9_000, 0, 0, 0, 850_000],
        "Agus": [1_000, 140, 140, 0, 9_000, 1_260_000, 1_260_000, 0, 0],
        "Siti": [1_000, 180, 180, 0, 9_000, 1_296_000, 1_296_000, 0, 0],
        "Rini": [1_000, 160, 160, 0, 9_000, 1_440_000, 1_440_000, 0, 0],
        "Wati": [1_000, 160, 160, 0, 9_000, 1_440_000, 1_440_000, 0, 0],
        "Joko": [1_000, 160, 160, 0, 9_000, 1_430_000, 1_430_000, 0, 0],
    }


def handed_over(claim, *, good, on, holder, sent=None):
    """The maker sends all of it, the holder counts on the same day."""
    delivered = Decimal(sent or claim.quantity)
    delivery = services.deliver(claim, delivered=delivered, on=on, by=claim.member.user)
    reason = "" if good == delivered else "jahitan lepas"
    return services.confirm(delivery, accepted=Decimal(good), rejection_reason=reason, on=on, by=holder.user)


def held(item, *members, on):
    return tuple(stock_queries.held(member, item, as_of=on) for member in members)
