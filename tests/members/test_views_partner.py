"""Partners in the browser."""

import pytest

from core.models import AuditEvent
from members import services
from members.models import Partner
from tests.builders import a_partner
from tests.members.pages import errors, post, sent

# -- partners --------------------------------------------------------------------------------------------------------

SHOP = {"name": "Leather House", "kind": "buyer", "market": "export", "city": "Singapore", "phone": "+65 6123 4567"}


def test_partner_is_written_down_found_and_corrected(client, secretary):
    client.force_login(secretary)
    post(client, "/members/partners/add/", **SHOP)
    partner = Partner.objects.get()
    assert (partner.phone.as_e164, partner.since_on) == ("+6561234567", None)
    assert list(client.get("/members/partners/?search=singa&market=export").context["page"]) == [partner]
    assert list(client.get("/members/partners/?kind=supplier").context["page"]) == []
    post(client, f"/members/partners/{partner.pk}/correct/", **SHOP | {"market": "national"})
    partner.refresh_from_db()
    assert (partner.market, partner.version) == ("national", 2)
    assert AuditEvent.objects.get(action="partner.corrected").facts["changes"] == "Tingkat pasar: ekspor → nasional"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "TOKO BATIK MALIOBORO"}, "name"),
        ({"kind": "friend"}, "kind"),
        ({"market": "moon"}, "market"),
        ({"market": ""}, "market"),
        ({"phone": "6123"}, "phone"),
        ({"since_on": "2199-01-01"}, "since_on"),
        ({"city": "x" * 81}, "city"),
    ],
)
def test_partner_says_what_is_wrong(client, secretary, wrong, field):
    a_partner("Toko Batik Malioboro")
    client.force_login(secretary)
    assert list(errors(post(client, "/members/partners/add/", **SHOP | wrong))) == [field]
    assert Partner.objects.count() == 1


def test_partner_refuses_a_stale_page(client, secretary):
    partner = a_partner()
    client.force_login(secretary)
    form = sent(client.get(f"/members/partners/{partner.pk}/correct/"), **SHOP)
    services.correct_partner(partner, version=1, city="Bantul", by=secretary)
    assert list(errors(client.post(f"/members/partners/{partner.pk}/correct/", form))) == ["__all__"]
    partner.refresh_from_db()
    assert partner.city == "Bantul"
