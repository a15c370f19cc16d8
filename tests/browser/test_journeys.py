"""The two journeys of docs/architecture.md, walked page by page: artisans on a phone, officers on a laptop.

LOAN     Rp1.200.000 over 12 months at 1,5 % flat: 100.000 + 18.000 a month. One instalment is paid, 1.100.000 are left.
SURPLUS  200 pairs are ordered, 120 of them offered at Rp9.000. Siti takes 80, sends 80, 76 are good:
         76 × 9.000 = 684.000 through the cooperative's cash. 40 + 4 are still on the board.
"""

import datetime

from core.dates import today
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance, member_balance
from loans.models import Guarantor, Loan
from orders.models import Claim, Delivery, Offer, Order, Settlement
from tests.books import assert_clean
from tests.browser.conftest import send
from tests.builders import a_member
from tests.loans.builders import loan_rules
from tests.orders.builders import a_buyer, a_workshop
from tests.pricing.builders import a_price_list, an_item

MONEY = "Rp\u00a0"


def test_loan_from_the_application_to_the_first_instalment(visit, capital, chair, treasurer, secretary):
    sri = a_member("Sri Lestari", username="sri", by=secretary)
    joko = a_member("Joko Susilo", username="joko", by=secretary)
    loan_rules(by=chair, guarantors_needed=1)

    page = visit(sri.user, "/loans/apply/")
    send(page, principal="1.200.000", instalments=12, purpose="Kulit untuk pesanan toko", guarantor_1=joko.pk)
    assert page.locator("#checks").is_visible()
    assert not Loan.objects.exists()
    send(page)
    loan = Loan.objects.get(member=sri)

    send(visit(joko.user, f"/loans/guarantees/{Guarantor.objects.get().pk}/"))
    send(visit(chair, f"/loans/{loan.pk}/approve/"))
    send(visit(treasurer, f"/loans/{loan.pk}/disburse/"))
    assert member_balance(sri, Unit.USP, chart.LOANS_RECEIVABLE, as_of=today()) == 1_200_000

    page = visit(treasurer, f"/loans/{loan.pk}/repay/")
    send(page, amount="118.000")
    assert f"{MONEY}118.000" in page.locator("main").inner_text()

    page = visit(sri.user, f"/loans/{loan.pk}/")
    assert "1.100.000" in page.locator("main").inner_text()
    assert member_balance(sri, Unit.USP, chart.LOANS_RECEIVABLE, as_of=today()) == 1_100_000
    assert account_balance(Unit.USP, chart.LOAN_INTEREST, as_of=today()) == 18_000
    assert_clean(today())


def test_surplus_work_from_the_order_to_the_money(visit, books, chair, treasurer, secretary):
    budi, siti = (a_workshop(name, by=secretary) for name in ("Budi Hartono", "Siti Rahayu"))
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    a_price_list({sandal: 12_000}, drafter=secretary, decider=chair)
    buyer = a_buyer()
    due_on, closes_on = today() + datetime.timedelta(days=21), today() + datetime.timedelta(days=7)

    page = visit(budi.user, "/orders/take/")
    send(page, partner=buyer.pk, due_on=due_on, item=sandal.pk, quantity=200, unit=sandal.base_unit_id)
    assert "muat" in page.locator("main").inner_text()
    assert not Order.objects.exists()
    send(page)
    line = Order.objects.get().lines.get()
    assert (line.base_quantity, line.price) == (200, 12_000)

    page = visit(budi.user, f"/orders/lines/{line.pk}/offer/")
    send(page, quantity=120, maker_price="9.000", due_on=due_on, closes_on=closes_on)
    offer = Offer.objects.get()

    page = visit(siti.user, "/orders/board/")
    page.get_by_role("link", name="Lihat dan ambil").click()
    page.wait_for_url(f"**/orders/offers/{offer.pk}/")
    send(page, quantity=80)
    claim = Claim.objects.get()
    assert (claim.member, claim.quantity) == (siti, 80)

    send(visit(siti.user, f"/orders/claims/{claim.pk}/deliver/"), delivered=80)
    delivery = Delivery.objects.get()
    page = visit(budi.user, f"/orders/deliveries/{delivery.pk}/confirm/")
    send(page, accepted=76, rejection_reason="Jahitan lepas")
    send(visit(treasurer, f"/orders/deliveries/{delivery.pk}/settle/"), method="cash")
    paid = Settlement.objects.get()
    assert member_balance(siti, Unit.UMUM, chart.MAKERS_PAYABLE, as_of=today()) == paid.amount == 684_000
    send(visit(treasurer, f"/orders/settlements/{paid.pk}/pay-out/"), method="cash")

    page = visit(siti.user, f"/orders/claims/{claim.pk}/")
    assert f"{MONEY}684.000" in page.locator("main").inner_text()
    page = visit(budi.user, f"/orders/offers/{offer.pk}/")
    assert "44 pasang" in page.locator("main").inner_text()
    assert member_balance(siti, Unit.UMUM, chart.MAKERS_PAYABLE, as_of=today()) == 0
    assert_clean(today())
