"""Joining and saving, walked from the login page on: the treasurer on a laptop, the new member on a phone.

Principal 100.000 and the first mandatory 20.000 are 120.000; 50.000 of voluntary savings make it 170.000.
"""

from core.dates import today
from ledger import chart
from ledger.models import Receipt, Unit
from ledger.queries import account_balance
from members import services as members
from tests.books import assert_clean
from tests.browser.conftest import PASSWORD, PHONE, axe_clean, fits
from tests.builders import a_user, an_applicant, savings_rules


def examine(page):
    axe_clean(page)
    assert fits(page)


def walk_in(page, username):
    page.goto("/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")


def press(page):
    page.locator("main form .button.primary").first.click()
    page.wait_for_load_state()
    examine(page)


def test_joining_and_a_deposit_with_its_receipt(open_page, books, secretary, treasurer):
    savings_rules(by=secretary)
    sri = an_applicant("Sri Lestari", by=secretary)
    members.admit(sri, on=today(), by=secretary)

    page = open_page()
    walk_in(page, "treasurer")
    page.goto(f"/savings/{sri.pk}/join/")
    examine(page)
    assert page.locator(".amount").inner_text() == "Rp\u00a0120.000"
    press(page)
    page.wait_for_url(f"**/savings/{sri.pk}/")

    page.goto(f"/savings/{sri.pk}/deposit/")
    examine(page)
    page.locator("main [name=kind][value=voluntary]").check(force=True)
    page.locator("main [name=amount]").fill("50.000")
    press(page)
    page.wait_for_url(f"**/savings/{sri.pk}/")
    first, second = Receipt.objects.order_by("pk")
    assert (first.amount, second.amount) == (120_000, 50_000)
    page.goto(f"/ledger/receipts/{second.pk}/")
    examine(page)
    assert "Rp\u00a050.000" in page.locator("main").inner_text()

    sri.refresh_from_db()
    members.link_login(sri, user=a_user("member", username="sri", name="Sri Lestari"), by=secretary)
    page = open_page(size=PHONE)
    walk_in(page, "sri")
    page.goto("/savings/")
    examine(page)
    assert "170.000" in page.locator("main").inner_text()
    assert account_balance(Unit.USP, chart.CASH, as_of=today()) == 170_000
    assert_clean(today())
