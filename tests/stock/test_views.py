"""The pages: every one opens for whom it should, a neighbour's stock is 404, two taps write down a use."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from stock import queries
from tests.pricing.builders import an_item
from tests.stock.builders import bought, used


def post(client, name, data, *args):
    """Open the form for its token and what it proposes, then send it as the browser would."""
    url = reverse(f"stock:{name}", args=args)
    form = client.get(url).context["form"]
    return client.post(url, {"token": str(form["token"].value()), **data})


@pytest.fixture
def phone(client, budi):
    client.force_login(budi.user)
    return client


def test_an_empty_workshop_is_told_how_to_begin(phone, budi):
    page = phone.get(reverse("stock:mine"))
    assert reverse("stock:choose", args=[budi.pk, "bought"]) in page.text


def test_two_taps_write_down_what_was_used(phone, budi, leather):
    bought(budi, leather, 40, on=today())
    used(budi, leather, 10, on=today())
    url = reverse("stock:record", args=[budi.pk, leather.pk, "used"])
    assert url in phone.get(reverse("stock:mine")).text
    form = phone.get(url).context["form"]
    sent = {name: form[name].value() for name in ("quantity", "on", "unit", "token")} | {"quantity": "10"}
    page = phone.post(url, sent, follow=True)
    assert "20 kaki persegi" in page.text
    assert queries.held(budi, leather, as_of=today()) == 20


def test_buying_something_new_begins_with_choosing_it(phone, budi, leather):
    page = phone.get(reverse("stock:choose", args=[budi.pk, "bought"]))
    assert reverse("stock:record", args=[budi.pk, leather.pk, "bought"]) in page.text
    data = {"quantity": "22,5", "unit": leather.base_unit_id, "on": today()}
    assert post(phone, "record", data, budi.pk, leather.pk, "bought").status_code == 302
    assert "22,5" in phone.get(reverse("stock:item", args=[budi.pk, leather.pk])).text


def test_a_refusal_keeps_what_was_typed(phone, budi, leather):
    bought(budi, leather, 5, on=today())
    data = {"quantity": "6", "unit": leather.base_unit_id, "on": today()}
    page = post(phone, "record", data, budi.pk, leather.pk, "used")
    assert page.status_code == 200
    assert "quantity" in page.context["form"].errors
    assert 'value="6"' in page.text


def test_counting_on_the_phone(phone, budi, leather):
    bought(budi, leather, 5, on=today())
    data = {"quantity": "4", "unit": leather.base_unit_id, "on": today()}
    assert post(phone, "count", data, budi.pk, leather.pk).status_code == 302
    assert queries.held(budi, leather, as_of=today()) == 4


def test_a_neighbours_stock_is_not_found_but_an_officer_opens_it(client, budi, siti, secretary, leather):
    bought(budi, leather, 5, on=today())
    urls = [reverse("stock:of", args=[budi.pk]), reverse("stock:item", args=[budi.pk, leather.pk])]
    urls += [reverse("stock:count", args=[budi.pk, leather.pk]), reverse("stock:export", args=[budi.pk])]
    client.force_login(siti.user)
    assert {client.get(url).status_code for url in urls} == {404}
    client.force_login(secretary)
    assert {client.get(url).status_code for url in urls} == {200}


def test_the_supervisor_reads_and_changes_nothing(client, supervisor, budi, leather):
    client.force_login(supervisor)
    assert client.get(reverse("stock:of", args=[budi.pk])).status_code == 200
    assert client.get(reverse("stock:record", args=[budi.pk, leather.pk, "used"])).status_code == 403
    assert client.get(reverse("stock:record", args=[budi.pk, leather.pk, "lent"])).status_code == 403


def test_what_does_not_happen_to_an_item_has_no_page(phone, budi, leather):
    assert phone.get(reverse("stock:record", args=[budi.pk, leather.pk, "made"])).status_code == 404


def test_the_page_asks_no_more_when_the_workshop_holds_more(phone, budi, secretary, leather):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries_run:
            phone.get(reverse("stock:mine"))
        return len(queries_run)

    bought(budi, leather, 5, on=today())
    few = count()
    for number in range(8):
        bought(budi, an_item(f"M{number}", kind="material", base="kg", by=secretary), 5, on=today())
    assert count() == few
