"""The table on the 12th in a browser: on a phone and a laptop, by keyboard, and without JavaScript.

Sri owes 236.000 on a loan, 40.000 of savings and 30.000 of dues; Wahyu the last two.
"""

import datetime
import os

import pytest

from activities.models import Collection, CollectionCount
from governance.services import hold_meeting
from tests.activities.builders import at_the_table
from tests.books import assert_clean
from tests.browser.conftest import LAPTOP, PHONE, axe_clean, fits

MARCH = datetime.date(2025, 3, 12)


@pytest.fixture
def table(books, treasurer, chair, secretary):
    sri, wahyu, _loan = at_the_table(treasurer, chair)
    return hold_meeting(on=MARCH, by=secretary), sri, wahyu


def open_sheet(page, meeting):
    page.set_default_timeout(30_000)
    page.goto(f"/activities/meetings/{meeting.pk}/collect/")


def look(page, name=""):
    axe_clean(page)
    assert fits(page)
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/sheet_{name}_{page.viewport_size['width']}.png", full_page=False)


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (LAPTOP, False)])
def test_the_table_fits_and_is_clean(login_as, table, size, dark):
    meeting, sri, _wahyu = table
    page = login_as("treasurer", size=size, dark=dark)
    open_sheet(page, meeting)
    look(page, f"open{'_dark' if dark else ''}")
    page.locator(".collection summary").first.click()
    page.locator(f"[name=mandatory_{sri.pk}]").fill("900.000")
    page.locator("[name=sum]").click()
    page.wait_for_load_state()
    look(page, "wrong")
    page.goto(f"/activities/meetings/{meeting.pk}/collect/count/")
    look(page, "count")


def test_by_keyboard_the_sum_runs_along(login_as, table):
    meeting, sri, wahyu = table
    page = login_as("treasurer")
    open_sheet(page, meeting)
    page.locator(f"#given_{sri.pk}").focus()
    page.keyboard.press("Enter")
    with page.expect_response("**/collect/split/**"):
        page.keyboard.type("100000")
        page.keyboard.press("Enter")
    assert page.locator("[data-sum=total]").inner_text() == "Rp\u00a0406.000"
    row = page.locator(f"tr[data-row='{wahyu.pk}']")
    row.locator("[data-said]", has_text="sukarela 30.000").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/meetings/{meeting.pk}/collect/")
    page.locator(".messages .leaf").wait_for()
    look(page, "posted")
    assert sorted(Collection.objects.values_list("amount", flat=True)) == [100_000, 306_000]
    assert_clean(MARCH)


def test_without_javascript_from_the_sheet_to_the_count(login_as, table):
    meeting, sri, wahyu = table
    page = login_as("treasurer", size=PHONE, scripts=False)
    open_sheet(page, meeting)
    for member in (sri, wahyu):
        page.locator(f"[name=on_{member.pk}]").check()
    page.locator(f"#given_{wahyu.pk}").fill("71.000")
    page.locator("[name=post]").click()
    page.wait_for_load_state()
    assert "Rp\u00a0377.000" in page.locator(".notice.amber").inner_text()
    page.locator("[name=post]").click()
    page.wait_for_load_state()
    assert Collection.objects.count() == 2
    page.locator(".page-head .button.primary").click()
    page.locator("[name=pieces_100000]").fill("3")
    page.locator("[name=pieces_75000]").fill("1")
    page.locator("[name=witness]").fill("Bu Darmi")
    page.locator("[name=reason]").fill("Kembalian")
    page.locator("[name=sum]").click()
    page.wait_for_load_state()
    page.locator("[name=keep]").click()
    page.wait_for_load_state()
    assert CollectionCount.objects.get().difference == -2_000
    assert fits(page)
    assert_clean(MARCH)
