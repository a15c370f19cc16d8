"""What an artisan typed survives a lost connection, and is nobody else's business on a shared telephone."""

import pytest

from orders.models import Order
from tests.browser.conftest import PHONE
from tests.orders.builders import a_buyer, a_workshop
from tests.pricing.builders import a_price_list, an_item


@pytest.fixture
def budi(secretary, chair):
    member = a_workshop("Budi Hartono", by=secretary)
    sandal = an_item("SDL", name="Sandal kulit", by=secretary)
    a_price_list({sandal: 12_000}, drafter=secretary, decider=chair)
    a_buyer()
    return member


def drafts(page):
    return page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('draft:'))")


def test_a_draft_survives_the_lost_connection_and_goes_when_it_is_done(budi, log_in, open_page):
    page = log_in(open_page(size=PHONE), budi.user)
    page.goto("/orders/take/")
    page.fill("[name=quantity]", "60")
    page.fill("[name=note]", "Warna cokelat tua, sol karet")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.goto("/orders/take/")
    assert page.input_value("[name=note]") == "Warna cokelat tua, sol karet"
    assert page.input_value("[name=quantity]") == "60"
    assert "Draf dipulihkan" in page.inner_text("main")

    [(key, kept)] = drafts(page)
    assert key == f"draft:{budi.user.pk}:take"
    token, csrf = page.input_value("[name=token]"), page.input_value("main [name=csrfmiddlewaretoken]")
    assert token not in kept
    assert csrf not in kept

    for name, label in (("partner", "Toko Mirasa"), ("item", "Sandal kulit"), ("unit", "pasang")):
        page.select_option(f"[name={name}]", label=label)
    page.fill("[name=due_on]", "2027-03-01")
    page.locator("main .button.primary").first.click()
    assert drafts(page)  # the page that says what fits is not yet the yes
    page.locator("main .button.primary").first.click()
    page.wait_for_url("**/orders/*/")
    assert Order.objects.get().note == "Warna cokelat tua, sol karet"
    assert drafts(page) == []


def test_a_draft_is_thrown_away_on_demand_and_at_logout(budi, siti_too, log_in, open_page):
    page = log_in(open_page(size=PHONE), budi.user)
    page.goto("/orders/take/")
    page.fill("[name=note]", "rahasia Budi")
    page.reload()
    page.get_by_role("button", name="Buang draf").click()
    assert page.input_value("[name=note]") == ""
    assert drafts(page) == []

    page.fill("[name=note]", "rahasia Budi")
    log_in(page, siti_too.user)
    page.goto("/orders/take/")
    assert page.input_value("[name=note]") == ""
    assert drafts(page) == []

    page.fill("[name=note]", "rahasia Siti")
    assert drafts(page)
    page.locator(".person summary").click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/login/**")
    assert drafts(page) == []


@pytest.fixture
def siti_too(secretary):
    return a_workshop("Siti Rahayu", by=secretary)
