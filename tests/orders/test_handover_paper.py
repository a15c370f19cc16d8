"""The printed handover sheet: what was agreed, what came, what was paid, and two lines to sign on."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from orders import services
from tests.orders.builders import MONDAY, a_claim, an_offer, an_order, day
from tests.pricing.builders import an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(budi, siti, sandal, books):
    """20 pairs at 9,000; rejects are mended, a day late costs 5,000, a third may be paid ahead."""
    offer = an_offer(
        an_order(budi, sandal), quality="Jahitan rapat", rejects="rework", late_penalty=5_000, advance_bp=3_000
    )
    return a_claim(offer, siti, quantity=20)


def printed(client, claim, user):
    client.force_login(user)
    answer = client.get(reverse("orders:claim-paper", args=[claim.pk]))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().replace("\u00a0", " ").split())


def test_before_the_work_it_says_what_was_agreed_and_has_room_for_the_pen(client, claim, siti):
    text = printed(client, claim, siti.user)
    for words in ("LEMBAR SERAH TERIMA", "20 pasang Sandal kulit", "Jahitan rapat", "Rp 9.000", "23 Maret 2026"):
        assert words in text
    assert (text.count("Siti Rahayu"), text.count("Budi Hartono")) >= (
        2,
        2,
    )  # in the head and under the line to sign on
    assert "Pengiriman, dalam pasang" in text
    assert "Nilai kerja" not in text


def test_the_whole_story_adds_up_on_paper(client, claim, budi, siti, treasurer, secretary):
    """18 of 20 good, late: 162,000 less 10,000, 50,000 ahead, 54,000 (18/20) of leather. Two are still made."""
    leather = an_item("KLT", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    ahead = services.pay_ahead(claim, amount=50_000, method="direct", on=day(1), by=budi.user)
    services.confirm_advance(ahead, on=day(1), by=siti.user)
    given = services.give_material(
        claim, item=leather, quantity=Decimal("7.5"), value=60_000, is_owed=True, on=MONDAY, by=budi.user
    )
    services.confirm_material(given, on=day(1), by=siti.user)
    sent = services.deliver(claim, delivered=Decimal(20), on=day(23), by=siti.user)
    sent = services.confirm(sent, accepted=Decimal(18), rejection_reason="lem lepas", on=day(24), by=budi.user)
    wrong = services.settle(sent, method="direct", on=day(24), by=budi.user)
    services.reverse_settlement(wrong, reason="salah cara", on=day(24), by=budi.user)
    services.settle(sent, method="cash", on=day(25), by=treasurer)
    text = printed(client, claim, budi.user)
    assert "25/03/26 20 26/03/26 20 18 2 lem lepas 162.000" in text
    assert "Kulit sapi 7,5 kaki persegi (SF)" in text
    assert "162.000 −114.000 48.000" in text
    assert "24/03/26" not in text  # the settlement that was reversed is no part of the sheet
    assert text.count("48.000") == 1


def test_it_is_for_the_two_sides_and_officers(client, claim, tono, budi, secretary):
    for user in (budi.user, secretary):
        assert "Siti Rahayu" in printed(client, claim, user)
    client.force_login(tono.user)
    assert client.get(reverse("orders:claim-paper", args=[claim.pk])).status_code == 404


def test_the_page_leads_to_it(client, claim, siti):
    client.force_login(siti.user)
    page = client.get(reverse("orders:claim", args=[claim.pk])).text
    assert reverse("orders:claim-paper", args=[claim.pk]) in page
