"""Why a member is proposed, in words that can be looked up: which delivery proved the skill, how many, when."""

import pytest

from orders import queries
from tests.orders.builders import a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.pricing.builders import an_item

pytestmark = pytest.mark.django_db


def why(offer, member, *, on):
    """The first reason as the holder reads it among the proposals and as the member reads it on the board."""
    [asked] = [one for one in queries.proposals(offer, as_of=on) if one.pk == member.pk]
    [seen] = [one for one in queries.board(member, as_of=on).offers if one.pk == offer.pk]
    assert asked.reasons == seen.reasons
    return asked.reasons[0]


@pytest.fixture
def proven(budi, siti, sandal):
    """Siti made 20 pairs for Budi, counted on 10 March; two were not good."""
    order = an_order(budi, sandal)
    a_confirmed_delivery(a_claim(an_offer(order), siti, quantity=20), accepted=18)
    return order


def test_a_skill_is_proven_by_the_delivery_that_is_named(proven, budi, siti, tono, sandal):
    offer = an_offer(an_order(budi, sandal, on=day(10)), on=day(10))
    assert why(offer, siti, on=day(10)) == (
        f"sudah 1 kali membuatnya, terakhir 18 pasang {sandal} untuk pesanan {proven.number}, diterima 10 Maret 2026"
    )
    assert "kali" not in why(offer, tono, on=day(10))


def test_of_several_the_last_is_named(proven, tono, siti, sandal):
    later = an_order(tono, sandal, on=day(9))
    a_confirmed_delivery(a_claim(an_offer(later, on=day(9)), siti, quantity=30, on=day(9)), on=day(14))
    offer = an_offer(an_order(tono, sandal, on=day(13)), on=day(13))
    assert why(offer, siti, on=day(16)) == (
        f"sudah 2 kali membuatnya, terakhir 30 pasang {sandal} untuk pesanan {later.number}, diterima 17 Maret 2026"
    )
    assert proven.number in why(offer, siti, on=day(14))  # as things stood before the second was counted


def test_what_was_wholly_rejected_or_another_item_proves_nothing(budi, siti, sandal, secretary):
    wallet = an_item("DMP", name="Dompet", by=secretary)
    a_confirmed_delivery(
        a_claim(an_offer(an_order(budi, wallet, price=12_000, reason="belum di daftar")), siti, quantity=20)
    )
    a_confirmed_delivery(a_claim(an_offer(an_order(budi, sandal)), siti, quantity=20), accepted=0)
    offer = an_offer(an_order(budi, sandal), closes=15)
    assert "kali" not in why(offer, siti, on=day(12))
