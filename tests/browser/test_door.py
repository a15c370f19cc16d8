"""The first page anybody sees: by keyboard, without JavaScript, on the narrowest phone, in the dark, and how heavy."""

import brotli
import pytest

from tests.browser.conftest import LAPTOP, PASSWORD, PHONE, axe_clean, fits


@pytest.fixture
def siti(treasurer):
    return treasurer


def type_login(page):
    page.keyboard.type("treasurer")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")


def test_login_by_keyboard_only(page, siti):
    page.goto("/login/")
    page.locator("[name=username]").focus()
    type_login(page)
    assert page.title() == "Beranda · KOKKMAS"


def test_skip_link_is_the_first_stop_and_leads_to_the_content(login_as):
    page = login_as("treasurer")
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_login_language_and_logout_without_javascript(open_page, siti):
    page = open_page(scripts=False, size=PHONE)
    page.goto("/login/")
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", name="Log in").is_visible()
    page.locator("[name=username]").fill("treasurer")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.locator("details.person summary").click()
    page.get_by_role("button", name="Indonesia").click()
    page.locator("details.person summary").click()
    page.get_by_role("button", name="Keluar").click()
    assert page.get_by_role("heading", name="Masuk").is_visible()


def test_colours_are_remembered_without_javascript(open_page, siti):
    page = open_page(scripts=False)
    page.goto("/login/")
    assert page.locator("html").get_attribute("data-theme") is None
    page.get_by_role("button", name="Gelap").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Otomatis").click()
    assert page.locator("html").get_attribute("data-theme") is None


def test_wrong_password_keeps_the_name_and_says_what_to_do(open_page, siti):
    page = open_page(size=PHONE)
    page.goto("/login/")
    page.locator("[name=username]").fill("treasurer")
    page.locator("[name=password]").fill("keliru")
    page.get_by_role("button", name="Masuk").click()
    assert page.locator(".error-summary li").inner_text().startswith("Nama pengguna dan sandi tidak cocok.")
    assert page.locator("[name=username]").input_value() == "treasurer"
    axe_clean(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(320, 640), PHONE, LAPTOP], ids=["320", "360", "1280"])
def test_login_fits_and_is_accessible(open_page, size, dark):
    page = open_page(size=size, dark=dark)
    page.goto("/login/")
    assert fits(page)
    axe_clean(page)


def test_first_visit_weighs_less_than_60_kb_and_the_next_page_less_than_15(open_page, siti):
    """As brotli sends it, static files once: in production they are compressed and kept for good."""
    page = open_page(size=PHONE)
    weights = {}
    page.on("response", lambda r: weights.setdefault(r.url, len(brotli.compress(r.body())) if r.ok else 0))
    page.goto("/login/", wait_until="networkidle")
    assert 0 < (first_visit := sum(weights.values())) < 60_000
    page.locator("[name=username]").focus()
    type_login(page)
    page.wait_for_load_state("networkidle")
    assert 0 < sum(weights.values()) - first_visit < 15_000
