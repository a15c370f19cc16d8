"""No page shows a link that its reader cannot open, and none is too heavy for thin data (D12): every link is followed,

for both sides and for a stranger.
"""

import collections
import gzip
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from core.dates import today
from orders import services
from stock import services as stock
from tests.orders.builders import a_claim, an_offer, an_order
from tests.orders.test_busy_workshop import LATER_PAGE
from tests.orders.test_help import leather, priced  # noqa: F401
from tests.pricing.builders import unit

LINK = re.compile(r'(?:href|src|hx-get)="(/[^"#?]*)')
OF_A_KIND = 2
"""So many pages of one kind are opened: the second order shows the same links as the first."""


def follow(client, *starts) -> dict[str, str]:
    """The pages that were refused, and where the link to each stands."""
    refused, seen, kinds = {}, set(), collections.Counter()
    queue = [(start, "") for start in starts]
    while queue:
        address, where = queue.pop(0)
        kind = re.sub(r"\d+", "N", address)
        if address in seen or kinds[kind] >= OF_A_KIND or address.startswith(("/static", "/log", "/language")):
            continue
        seen.add(address)
        kinds[kind] += 1
        answer = client.get(address)
        if answer.status_code >= 400:
            refused[address] = where
        elif answer.headers.get("Content-Type", "").startswith("text/html") and answer.status_code == 200:
            assert len(gzip.compress(answer.content)) < LATER_PAGE, address
            queue += [(found, address) for found in LINK.findall(answer.content.decode())]
    assert len(seen) > len(starts)
    return refused


@pytest.mark.usefixtures("books")
def test_every_link_can_be_opened_by_who_sees_it(client, budi, siti, tono, sandal, priced):  # noqa: F811
    order = an_order(budi, sandal, quantity=70, unit=unit("kodi"), on=today())
    purchase = services.buy_together(order, on=today(), by=budi.user)
    stock.join(purchase, member=siti, item=priced, quantity=Decimal(10), on=today(), by=siti.user)
    a_claim(an_offer(order, on=today(), at_a_loss=True), siti, on=today())
    services.dispute(order.lines.get().offers.get().claims.get(), text="jahitan", on=today(), by=siti.user)
    for member in (budi, siti, tono):
        client.force_login(member.user)
        assert follow(client, "/", reverse("stock:purchase", args=[purchase.pk]), reverse("orders:work")) == {}
