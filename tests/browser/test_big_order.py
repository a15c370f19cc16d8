"""The big story, page by page: 70 kodi of sandals reach one workshop, 20 fit, the rest is shared over seven others.

The service level of it, with more money in it, is tests/flows/test_big_order.py; the same people are set up here. Now
the offer is shared in single pairs, on 8 March, with 20 days left:

    Tono 100 (his wish), Tuti 100 (her room), Agus 140 (his wish), which leaves 660 for four: 165 each
    Joko's 165: 155 are good, 1.395.000; ten are mended and come two days late, 90.000 − 2 × 5.000 = 80.000
    1.000 × 9.000 = 9.000.000 of work; 1.400 × 12.000 = 16.800.000 go to Bandung, all of it the rest of Indonesia
"""

from decimal import Decimal

import pytest

from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance
from orders import queries, services
from orders.models import Claim, Offer, Order, Round, Settlement, TermsChange
from stock import services as stock
from stock.models import StockLoan, StockReturn
from tests.books import assert_clean
from tests.browser.conftest import send
from tests.builders import a_partner
from tests.flows.test_big_order import MAKERS, handed_over, held
from tests.orders.builders import MONDAY, a_workshop, day
from tests.pricing.builders import a_price_list, an_item, unit
from tests.stock.builders import bought, stock_rules

MONEY = "Rp\u00a0"


@pytest.fixture
def sandal(books, chair, secretary):
    stock_rules(by=chair)
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    a_price_list({sandal: 12_000}, drafter=secretary, decider=chair)
    return sandal


@pytest.fixture
def leather(books, secretary):
    return an_item("KLT", name="Kulit sapi", kind="material", base="sqft", by=secretary)


@pytest.fixture
def budi(secretary):
    return a_workshop("Budi Hartono", per_week=100, by=secretary)


@pytest.fixture
def makers(secretary, budi):
    return {name: a_workshop(name, per_week=weekly, by=secretary) for name, (weekly, _wish) in MAKERS.items()}


def words(page):
    return page.locator("main").inner_text()


def test_seventy_kodi_from_phone_to_phone(visit, it_is, sandal, leather, budi, makers, treasurer):
    order = taken_and_offered(visit, it_is, sandal, budi)
    offer = Offer.objects.get()
    asked(visit, it_is, offer, makers)
    claims = shared_out(visit, it_is, offer, budi, makers)
    lent = leather_borrowed(visit, leather, makers["Rini"], makers["Tono"])
    agreed(visit, claims["Joko"], budi, makers["Joko"])
    for name, claim in claims.items():
        if name != "Joko":
            done = handed_over(claim, good=claim.quantity, on=day(24), holder=budi)
            paid = services.settle(done, method="cash", on=day(25), by=treasurer)
            services.pay_out(paid, on=day(25), by=treasurer)
    it_is(day(25))
    handed(visit, claims["Joko"], budi, treasurer, sent=165, good=155, shows=f"{MONEY}1.395.000")
    it_is(day(28))
    handed(visit, claims["Joko"], budi, treasurer, sent=10, good=10, shows=f"{MONEY}80.000")
    leather_back(visit, leather, lent)
    send(visit(budi.user, f"/sales/orders/{order.pk}/finish/"))
    counted(visit, it_is, budi, makers, treasurer)


def taken_and_offered(visit, it_is, sandal, budi):
    """Before the yes the page says what fits; the rest goes onto the board in one go, to be shared."""
    it_is(MONDAY)
    buyer = a_partner("Toko Bandung", market="national")
    page = visit(budi.user, "/orders/take/")
    send(page, partner=buyer.pk, due_on=day(28), item=sandal.pk, quantity=70, unit=unit("kodi").pk)
    assert "400 dari 1.400" in words(page)
    assert not Order.objects.exists()
    page.locator("main button[value=keep]").click()
    page.wait_for_url("**/orders/*/")
    order = Order.objects.get()
    page = visit(budi.user, f"/orders/{order.pk}/help/")
    page.locator(f"main a[href='/orders/{order.pk}/help/offer/']").click()
    assert "1.000 pasang" in words(page)
    line = order.lines.get()
    send(page, **{f"price_{line.pk}": "9.000"})
    return order


def asked(visit, it_is, offer, makers):
    """Tono finds it on the board; Tuti is warned that she has no room for 200 and asks all the same."""
    it_is(day(3))
    page = visit(makers["Tono"].user, "/orders/board/")
    page.locator(f"main a[href='/orders/offers/{offer.pk}/']").first.click()
    send(page, quantity=100)
    page = visit(makers["Tuti"].user, f"/orders/offers/{offer.pk}/")
    send(page, quantity=200)
    assert offer.requests.count() == 1
    page.locator("main [name=insist]").check()
    send(page)
    assert {one.member.name: one.wish for one in offer.requests.all()} == {"Tono": 100, "Tuti": 200}
    for name, (_weekly, wish) in MAKERS.items():
        if name not in ("Tono", "Tuti"):
            services.ask(
                offer, member=makers[name], quantity=Decimal(wish), insist=True, on=day(3), by=makers[name].user
            )


def shared_out(visit, it_is, offer, budi, makers):
    """Budi closes it, and every member can read who got what, and why."""
    it_is(day(6))
    page = visit(budi.user, f"/orders/offers/{offer.pk}/")
    page.locator(f"main a[href='/orders/offers/{offer.pk}/close/']").click()
    send(page)
    done = Round.objects.get()
    assert {share.member.name: (int(share.given), share.reason) for share in done.shares.all()} == {
        "Tono": (100, "wish"),
        "Tuti": (100, "room"),
        "Agus": (140, "wish"),
        **dict.fromkeys(("Siti", "Rini", "Wati", "Joko"), (165, "share")),
    }
    page = visit(makers["Tuti"].user, f"/orders/rounds/{done.pk}/")
    rows = page.locator("main tbody tr")
    assert rows.count() == 7
    assert "165" in rows.filter(has_text="Joko").inner_text()
    assert page.locator("main .notice").first.inner_text().startswith("Anda:")
    return {claim.member.name: claim for claim in Claim.objects.select_related("member")}


def leather_borrowed(visit, leather, rini, tono):
    """Tono looks who holds leather and writes down what he borrows; Rini says yes."""
    bought(rini, leather, 300, on=day(6))
    page = visit(tono.user, f"/stock/who-holds/{leather.pk}/")
    page.locator(f"main a[href='/stock/lend/{leather.pk}/borrower/?with={rini.pk}']").click()
    send(page, quantity=100, price="6.500")
    lent = StockLoan.objects.get()
    assert held(leather, rini, tono, on=day(6)) == (300, 0)
    page = visit(rini.user, "/stock/loans/")
    page.locator(f"main a[href='/stock/loans/{lent.pk}/confirm/']").click()
    send(page)
    assert held(leather, rini, tono, on=day(6)) == (200, 100)
    return lent


def leather_back(visit, leather, lent):
    """He used it, bought as much again and gives it back; she looks at it."""
    stock.record(lent.borrower, item=leather, kind="used", quantity=Decimal(100), on=day(12), by=lent.borrower.user)
    bought(lent.borrower, leather, 100, on=day(28))
    send(visit(lent.borrower.user, f"/stock/loans/{lent.pk}/give-back/"))
    send(visit(lent.lender.user, f"/stock/returns/{StockReturn.objects.get().pk}/confirm/"))
    assert held(leather, lent.lender, lent.borrower, on=day(28)) == (300, 0)


def agreed(visit, claim, budi, joko):
    """Both agree that what is not good is mended, and what a day late costs."""
    page = visit(budi.user, f"/orders/claims/{claim.pk}/terms/")
    send(page, rejects="rework", late_penalty="5.000", reason="Toko Bandung menunggu semuanya")
    page = visit(joko.user, f"/orders/claims/{claim.pk}/")
    page.locator(f"main a[href='/orders/terms/{TermsChange.objects.get().pk}/']").first.click()
    send(page, answer="agree")
    claim.refresh_from_db()
    assert (claim.rejects, claim.late_penalty) == ("rework", 5_000)


def handed(visit, claim, budi, treasurer, *, sent, good, shows):
    """Joko sends, Budi counts, the treasurer writes down the money and pays it out."""
    send(visit(claim.member.user, f"/orders/claims/{claim.pk}/deliver/"), delivered=sent)
    delivery = claim.deliveries.latest("pk")
    page = visit(budi.user, f"/orders/deliveries/{delivery.pk}/confirm/")
    send(page, accepted=good, rejection_reason="" if good == sent else "Jahitan lepas")
    page = visit(treasurer, f"/orders/deliveries/{delivery.pk}/settle/")
    assert page.locator("main .amount").inner_text() == shows
    send(page, method="cash")
    send(visit(treasurer, f"/orders/settlements/{delivery.settlements.get().pk}/pay-out/"), method="cash")


def counted(visit, it_is, budi, makers, treasurer):
    """The order is with the buyer: both sides read it, fairness and the market mirror count it, the books are clean."""
    it_is(day(29))
    page = visit(makers["Joko"].user, "/orders/fairness/")
    assert "1.485.000" in row_of(page, "Joko")
    assert "9.000.000" in row_of(page, "Budi Hartono")
    page = visit(treasurer, "/sales/market/?quarter=2026-1")
    assert f"{MONEY}16.800.000" in words(page)
    assert "16.800.000" in row_of(page, "Toko Bandung")
    assert sum(Settlement.objects.values_list("work", flat=True)) == 9_000_000
    assert account_balance(Unit.UMUM, chart.MAKERS_PAYABLE, as_of=day(29)) == 0
    assert not queries.to_settle()
    assert not queries.to_pay_out()
    assert_clean(day(29))


def row_of(page, name):
    return page.locator("main tbody tr").filter(has_text=name).first.inner_text()
