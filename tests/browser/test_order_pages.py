"""Taking, making and sending an order with one thumb at 360 px: every page fits, is accessible and light."""

from decimal import Decimal

import brotli
import pytest
from django.urls import reverse

from core.dates import today
from orders import services
from orders.models import Order
from sales import services as sales
from tests.browser.conftest import PHONE, axe_clean, fits
from tests.orders.builders import a_buyer, a_workshop, an_offer, an_order
from tests.pricing.builders import a_price_list, an_item


@pytest.fixture
def budi(secretary, chair, books):
    """An order of which a part is on offer, a part made, a part sent and invoiced; full weeks and closed days."""
    member = a_workshop("Budi Hartono", by=secretary)
    sandal = an_item("SDL", name="Sandal kulit", sewing=12, by=secretary)
    a_price_list({sandal: 12_000}, drafter=secretary, decider=chair)
    a_buyer()
    order = an_order(member, sandal, quantity=400, on=today())
    an_offer(order, quantity=100, on=today())
    line = order.lines.get()
    services.set_capacity(
        member.business, from_on=today(), per_week=70, hands={"sewing": Decimal("1.5")}, by=member.user
    )
    services.close_workshop(member.business, from_on=today(), until_on=today(), reason="Hajatan", by=member.user)
    services.tell_progress(line, made=Decimal(40), on=today(), by=member.user)
    sales.ship(order, quantities={line: Decimal(40)}, on=today(), by=member.user)
    sales.issue_invoice(order, on=today(), by=member.user)
    return member


def test_every_page_of_an_order_fits_a_thumb_and_is_light(budi, log_in, open_page):
    order = Order.objects.get()
    line, invoice = order.lines.get(), order.invoices.get()
    page = log_in(open_page(size=PHONE), budi.user)
    page.goto(reverse("orders:work"), wait_until="networkidle")  # from here on the static files are there
    paths = [
        "/orders/take/",
        "/orders/capacity/",
        f"/orders/capacity/{budi.pk}/close/",
        f"/orders/{order.pk}/",
        f"/orders/lines/{line.pk}/progress/",
        f"/orders/lines/{line.pk}/specify/",
        f"/sales/orders/{order.pk}/ship/",
        f"/sales/orders/{order.pk}/finish/",
        f"/sales/orders/{order.pk}/invoice/",
        f"/sales/orders/{order.pk}/deposit/",
        f"/sales/invoices/{invoice.pk}/pay/",
        "/sales/receivables/",
        "/sales/market/",
    ]
    for path in paths:
        answer = page.goto(path)
        assert len(brotli.compress(answer.body())) < 15_000, path
        assert fits(page), path
        axe_clean(page)
        small = page.evaluate(
            "[...document.querySelectorAll('main .button')].filter(b => b.offsetParent && b.offsetHeight < 40)"
            ".map(b => b.textContent)"
        )
        assert small == [], path
