"""How many taps a day's work takes from home, counted: every click and every Enter is one."""

import datetime

import pytest

from core.dates import next_meeting, today
from governance.services import plan_next
from ledger.models import Receipt
from loans.models import Repayment
from orders import services as orders
from orders.models import Claim
from tests import builders
from tests.browser.conftest import LAPTOP, PHONE, examine
from tests.loans.builders import a_disbursed_loan, loan_rules
from tests.orders.builders import a_claim, a_workshop, an_offer, an_order
from tests.pricing.builders import a_price_list, an_item


class Taps:
    def __init__(self, page):
        self.page, self.count = page, 0
        page.goto("/")

    def _moves(self, does):
        with self.page.expect_navigation():
            does()
        self.count += 1
        examine(self.page)
        return self

    def link(self, name, *, within="body"):
        return self._moves(self.page.locator(within).get_by_role("link", name=name).locator("visible=true").first.click)

    def to(self, address):
        return self._moves(self.page.locator(f"main a[href='{address}']").first.click)

    def enter(self):
        return self._moves(lambda: self.page.keyboard.press("Enter"))

    def button(self):
        return self._moves(self.page.locator("main form .button.primary").first.click)


@pytest.fixture
def loan(books, capital, chair, secretary, treasurer):
    builders.savings_rules(by=secretary)
    loan_rules(by=secretary)
    budi = builders.a_member_in("Budi Hartono", on=datetime.date(2025, 1, 12), by=treasurer, username="budi")
    return a_disbursed_loan(budi, by=treasurer)


@pytest.mark.parametrize("scripts", [True, False])
def test_treasurer_has_the_receipt_of_a_repayment_after_four(login_as, loan, scripts):
    taps = Taps(login_as("treasurer", size=LAPTOP, scripts=scripts)).link("Simpan pinjam", within=".rooms")
    taps.link("Terima", within="main table").button()
    [repayment] = Repayment.objects.all()
    taps.link(repayment.receipt.number)
    assert taps.count == 4
    assert taps.page.url.endswith(f"/ledger/receipts/{repayment.receipt_id}/")


def test_a_name_with_a_wrong_letter_leads_to_the_form(login_as, loan):
    taps = Taps(login_as("treasurer", size=LAPTOP))
    taps.page.keyboard.press("/")
    taps.page.keyboard.type("hartno")
    taps.enter().link("Terima angsuran")
    assert taps.page.url.endswith(f"/loans/{loan.pk}/repay/")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_receipt_is_there_after_two_by_its_number(login_as, loan, scripts):
    receipt = Receipt.objects.order_by("pk").last()
    taps = Taps(login_as("treasurer", size=PHONE, scripts=scripts)).link("Cari di semua bagian", within=".band")
    taps.page.locator("main [name=q]").fill(receipt.number)
    taps.enter()
    assert taps.count == 2
    assert taps.page.url.endswith(f"/ledger/receipts/{receipt.pk}/")


def test_secretary_has_the_agenda_after_two(login_as, loan):
    meeting = plan_next(on=next_meeting(today()))
    taps = Taps(login_as("secretary", size=LAPTOP)).link("Rapat", within=".rooms")
    taps.link("Rapat", within="main tbody")
    assert taps.count == 2
    assert taps.page.url.endswith(f"/governance/meetings/{meeting.pk}/")
    assert taps.page.get_by_role("heading", name="acara").count()


@pytest.fixture
def neighbours(books, chair, secretary):
    """Budi has an order and offers a part of it; Siti has room."""
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    a_price_list({sandal: 12_000}, start=today() - datetime.timedelta(days=60), drafter=secretary, decider=chair)
    budi, siti = (a_workshop(name, by=secretary) for name in ("Budi Hartono", "Siti Rahayu"))
    return budi, siti, an_offer(an_order(budi, sandal, on=today()), quantity=20, on=today())


@pytest.mark.parametrize("scripts", [True, False])
def test_a_maker_has_claimed_work_after_three(log_in, open_page, neighbours, scripts):
    _budi, siti, offer = neighbours
    taps = Taps(log_in(open_page(size=PHONE, scripts=scripts), siti.user)).to("/orders/board/")
    taps.to(f"/orders/offers/{offer.pk}/").button()
    assert taps.count == 3
    assert Claim.objects.get().offer == offer


@pytest.mark.parametrize("scripts", [True, False])
def test_a_delivery_is_counted_and_confirmed_after_two(log_in, open_page, neighbours, scripts):
    budi, siti, offer = neighbours
    delivery = orders.deliver(a_claim(offer, siti, on=today()), delivered=20, on=today(), by=siti.user)
    taps = (
        Taps(log_in(open_page(size=PHONE, scripts=scripts), budi.user))
        .to(f"/orders/deliveries/{delivery.pk}/confirm/")
        .button()
    )
    delivery.refresh_from_db()
    assert (taps.count, delivery.confirmed_on) == (2, today())


def test_the_keyboard_goes_to_the_box(login_as, loan):
    page = login_as("treasurer", size=LAPTOP)
    page.goto("/")
    for keys in ("/", "Control+k"):
        page.keyboard.press(keys)
        assert page.evaluate("document.activeElement.name") == "q"
        page.evaluate("document.activeElement.blur()")
    phone = login_as("treasurer", size=PHONE)
    phone.goto("/members/")
    with phone.expect_navigation():
        phone.keyboard.press("Control+k")
    assert phone.evaluate("document.activeElement.name") == "q"
