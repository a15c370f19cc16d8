import datetime

import pytest
from django.urls import reverse

from core.dates import today
from pricing import services
from pricing.models import Item, PriceList
from tests.pricing.builders import DECIDED_ON, a_decision, a_price_list, an_item, unit


@pytest.fixture
def sandal(secretary):
    return an_item("SDL", name="Sandal kulit", by=secretary)


@pytest.fixture
def listed(sandal, secretary, chair):
    leather = an_item("KLT", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    return a_price_list({sandal: 12_000, leather: 33_000}, drafter=secretary, decider=chair)


def post(client, name, data, *args):
    """Open the form for its token, then send it."""
    url = reverse(f"pricing:{name}", args=args)
    form = client.get(url).context["form"]
    return client.post(url, {"token": str(form["token"].value()), **data})


def test_buyers_read_products_without_a_login(client, listed):
    page = client.get("/prices/")
    assert page.status_code == 200
    assert [price.item.name for price in page.context["prices"]] == ["Sandal kulit"]
    text = page.content.decode()
    assert "Rp\u00a012.000" in text
    assert "Rp\u00a0240.000" in text  # a kodi
    pdf = client.get("/prices/pdf/")
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"


def test_before_the_first_list_buyers_find_a_sentence(client, db):
    assert client.get("/prices/").status_code == 200
    assert client.get("/prices/pdf/").status_code == 404


def test_the_public_page_takes_a_constant_number_of_queries(
    client, listed, secretary, chair, django_assert_num_queries
):
    client.get("/prices/")
    with django_assert_num_queries(3):
        client.get("/prices/")
    amounts = {an_item(f"X{n}", by=secretary): 1_000 + n for n in range(5)}
    a_price_list(amounts, start=DECIDED_ON + datetime.timedelta(days=1), drafter=secretary, decider=chair)
    with django_assert_num_queries(3):
        client.get("/prices/")


@pytest.mark.parametrize("name", ["list", "history", "compare", "items"])
def test_members_read_lists_and_items(client, listed, supervisor, name):
    client.force_login(supervisor)
    assert client.get(reverse(f"pricing:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["draft-list", "draft", "discard-draft", "put-in-force", "add-item"])
def test_who_may_not_change_prices_gets_403(client, listed, supervisor, name):
    client.force_login(supervisor)
    assert client.get(reverse(f"pricing:{name}")).status_code == 403


def test_a_draft_is_nobody_elses_business(client, listed, secretary, supervisor):
    draft = services.draft_list(on=DECIDED_ON, by=secretary)
    client.force_login(supervisor)
    assert client.get(reverse("pricing:detail", args=[draft.pk])).status_code == 404
    assert client.get(reverse("pricing:pdf", args=[draft.pk])).status_code == 404


def test_every_member_reads_what_a_draft_would_change(client, listed, sandal, secretary, supervisor):
    client.force_login(supervisor)
    assert client.get(reverse("pricing:proposed")).status_code == 404
    draft = services.draft_list(on=DECIDED_ON, by=secretary)
    services.set_prices(draft, amounts={sandal: 13_500}, version=1, by=secretary)
    assert reverse("pricing:proposed") in client.get(reverse("pricing:list")).content.decode()
    page = client.get(reverse("pricing:proposed"))
    assert page.context["changes"] == ["Sandal kulit: Rp\u00a012.000 → Rp\u00a013.500"]


def test_secretary_drafts_and_chair_decides_in_the_browser(client, listed, sandal, secretary, chair):
    client.force_login(secretary)
    assert post(client, "draft-list", {}).status_code == 302
    [draft] = PriceList.objects.draft()
    answer = post(client, "draft", {"version": 1, f"amount_{sandal.pk}": "13.500"})
    assert answer.status_code == 302
    assert dict(draft.prices.values_list("item__code", "amount")) == {"SDL": 13_500}

    decision = a_decision(draft, by=secretary, on=today(), number="RA-baru")
    client.force_login(chair)
    page = client.get(reverse("pricing:put-in-force"))
    assert page.context["page"].consequences[0] == "Sandal kulit: Rp\u00a012.000 → Rp\u00a013.500"
    facts = {"in_force_from": today().isoformat(), "decision": decision.pk, "version": 2}
    assert post(client, "put-in-force", facts).status_code == 302
    assert PriceList.objects.current(today()).pk == draft.pk
    assert client.get(reverse("pricing:detail", args=[draft.pk])).status_code == 200
    assert client.get(reverse("pricing:item", args=[sandal.pk])).status_code == 200
    pdf = client.get(reverse("pricing:pdf", args=[draft.pk]))
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"


@pytest.mark.parametrize("typed", ["-5", "12,5", "dua belas", "1.2000"])
def test_a_wrong_amount_keeps_what_was_typed_and_writes_nothing(client, listed, sandal, secretary, typed):
    services.draft_list(on=DECIDED_ON, by=secretary)
    client.force_login(secretary)
    page = post(client, "draft", {"version": 1, f"amount_{sandal.pk}": typed})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert page.context["form"][f"amount_{sandal.pk}"].value() == typed
    assert PriceList.objects.draft().get().version == 1


def test_a_stale_draft_page_is_refused_with_a_sentence(client, listed, sandal, secretary):
    draft = services.draft_list(on=DECIDED_ON, by=secretary)
    client.force_login(secretary)
    services.set_prices(draft, amounts={sandal: 12_500}, version=1, by=secretary)
    page = post(client, "draft", {"version": 1, f"amount_{sandal.pk}": "99.000"})
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert draft.prices.get(item=sandal).amount == 12_500


def test_discarding_needs_no_second_thought_twice(client, listed, secretary):
    services.draft_list(on=DECIDED_ON, by=secretary)
    client.force_login(secretary)
    assert post(client, "discard-draft", {}).status_code == 302
    assert client.get(reverse("pricing:discard-draft")).status_code == 404


def test_secretary_adds_and_corrects_items(client, secretary):
    client.force_login(secretary)
    facts = {"code": "tas-1", "name": "Tas selempang", "kind": "product", "base_unit": unit("piece").pk}
    assert post(client, "add-item", facts).status_code == 302
    item = Item.objects.get(code="TAS-1")
    assert post(client, "add-item", facts).context["form"].errors["code"]
    facts |= {"name": "Tas bahu", "version": 1, "is_active": "on"}
    assert post(client, "correct-item", facts, item.pk).status_code == 302
    conversion = {"unit": unit("roll").pk, "in_base": "12,5"}
    assert post(client, "set-conversion", conversion, item.pk).status_code == 302
    item.refresh_from_db()
    assert item.name == "Tas bahu"
    assert str(item.conversions.get().in_base) == "12.500"
