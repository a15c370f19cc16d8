"""The pages: every one opens for whom it should, a neighbour's stock is 404, two taps write down a use."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from ledger import chart
from ledger.models import Receipt
from stock import queries, services
from stock.models import StockLoan
from tests import builders
from tests.books import assert_clean
from tests.pricing.builders import an_item, unit
from tests.stock.builders import a_loan, balance, bought, lent, used


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


# -- lending -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ready(rules, orders, budi, siti, leather):
    bought(budi, leather, 100, on=today())


def test_a_roll_goes_over_the_fence_and_back(client, ready, budi, siti, leather):
    client.force_login(siti.user)
    assert budi.name in client.get(reverse("stock:holders", args=[leather.pk])).text
    data = {
        "lender": budi.pk,
        "borrower": siti.pk,
        "quantity": "2",
        "unit": unit("sheet").pk,
        "handed_on": today(),
    }
    assert post(client, "lend", data, leather.pk, "borrower").status_code == 302
    loan = StockLoan.objects.get()
    assert (loan.quantity, loan.price, loan.recorded_for) == (45, 30_000, siti)
    page = client.get(reverse("stock:loan", args=[loan.pk]))
    assert page.context["action"] is None
    client.force_login(budi.user)
    page = client.get(reverse("stock:loans"))
    assert reverse("stock:confirm", args=[loan.pk]) in page.text
    assert post(client, "confirm", {"on": today()}, loan.pk).status_code == 302
    client.force_login(siti.user)
    page = client.get(reverse("stock:loan", args=[loan.pk]))
    assert page.context["action"].url == reverse("stock:give-back", args=[loan.pk])
    data = {"quantity": "20", "unit": leather.base_unit_id, "way": "goods", "on": today()}
    assert post(client, "give-back", data, loan.pk).status_code == 302
    client.force_login(budi.user)
    page = client.get(reverse("stock:loan", args=[loan.pk]))
    assert page.context["action"].url == reverse("stock:confirm-return", args=[loan.returns.get().pk])
    assert post(client, "confirm-return", {"on": today()}, loan.returns.get().pk).status_code == 302
    assert queries.held(budi, leather, as_of=today()) == 75


def test_no_is_also_an_answer(client, ready, budi, siti, leather):
    loan = a_loan(budi, siti, leather, 10, on=today())
    client.force_login(siti.user)
    assert post(client, "decline", {"reason": "Bukan saya"}, loan.pk).status_code == 302
    loan = lent(budi, siti, leather, 10, on=today())
    back = services.give_back(loan, quantity=10, way="goods", on=today(), by=siti.user)
    client.force_login(budi.user)
    assert post(client, "decline-return", {"reason": "Lebih tipis"}, back.pk).status_code == 302
    assert "Lebih tipis" in client.get(reverse("stock:loan", args=[loan.pk])).text


def test_the_treasurer_receives_the_money_and_it_is_saved(client, ready, books, treasurer, chair, budi, siti, leather):
    builders.savings_rules(by=chair)
    loan = lent(budi, siti, leather, 10, on=today())
    client.force_login(siti.user)
    data = {"quantity": "10", "unit": leather.base_unit_id, "way": "savings", "on": today()}
    post(client, "give-back", data, loan.pk)
    client.force_login(treasurer)
    page = client.get(reverse("stock:all-loans"))
    assert "300.000" in page.text
    back = loan.returns.get()
    assert client.get(reverse("stock:loan", args=[loan.pk])).context["action"].url.endswith(f"{back.pk}/confirm/")
    assert post(client, "confirm-return", {"channel": "qris", "on": today()}, back.pk).status_code == 302
    back.refresh_from_db()
    assert (back.channel, balance(chart.QRIS)) == ("qris", 300_000)
    assert (back.amount, back.savings.amount, back.savings.member) == (300_000, 300_000, budi)
    assert Receipt.objects.get(entry=back.entry).member == siti
    entry = client.get(reverse("ledger:entry", args=[back.entry_id]))
    assert entry.context["origin"] == reverse("stock:loan", args=[loan.pk])
    url = reverse("stock:reverse-return", args=[back.pk])
    assert url not in client.get(reverse("stock:loan", args=[loan.pk])).text
    client.force_login(chair)
    assert url in client.get(reverse("stock:loan", args=[loan.pk])).text
    assert post(client, "reverse-return", {"reason": "Salah pinjaman", "on": today()}, back.pk).status_code == 302
    assert "Salah pinjaman" in client.get(reverse("stock:loan", args=[loan.pk])).text


def test_a_stranger_finds_no_loan_and_no_return(client, ready, budi, siti, tono, secretary, leather):
    loan = lent(budi, siti, leather, 10, on=today())
    back = services.give_back(loan, quantity=5, way="goods", on=today(), by=siti.user)
    urls = [reverse(f"stock:{name}", args=[loan.pk]) for name in ("loan", "confirm", "decline", "give-back")]
    urls += [reverse(f"stock:{name}", args=[back.pk]) for name in ("confirm-return", "decline-return")]
    client.force_login(tono.user)
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.get(reverse("stock:all-loans")).status_code == 403
    assert client.get(reverse("stock:limit", args=[budi.pk, leather.pk])).status_code == 404
    client.force_login(secretary)
    assert {client.get(url).status_code for url in urls} == {200}
    assert client.get(reverse("stock:export-loans")).status_code == 200


def test_pages_of_lending_open_for_who_has_no_workshop(client, ready, supervisor, leather):
    client.force_login(supervisor)
    for url in ("materials", "loans", "all-loans"):
        assert client.get(reverse(f"stock:{url}")).status_code == 200
    assert client.get(reverse("stock:lend", args=[leather.pk, "lender"])).status_code == 403


def test_the_holder_says_how_much_he_lends(client, ready, budi, siti, leather):
    client.force_login(budi.user)
    data = {"at_most": "0", "from_on": today()}
    assert post(client, "limit", data, budi.pk, leather.pk).status_code == 302
    client.force_login(siti.user)
    assert budi.name not in client.get(reverse("stock:holders", args=[leather.pk])).text


def test_lists_ask_no_more_when_more_is_lent(client, ready, budi, siti, tono, secretary, leather):
    def count(url):
        with CaptureQueriesContext(connection) as run:
            assert client.get(url).status_code == 200
        return len(run)

    client.force_login(secretary)
    urls = [reverse("stock:all-loans"), reverse("stock:holders", args=[leather.pk])]
    lent(budi, siti, leather, 1, on=today())
    few = [count(url) for url in urls]
    for borrower in (siti, tono) * 3:
        lent(budi, borrower, leather, 1, on=today())
    assert [count(url) for url in urls] == few


def test_who_holds_what_is_shown_before_the_members_have_decided_on_lending(client, budi, siti, leather):
    bought(budi, leather, 5, on=today())
    client.force_login(siti.user)
    page = client.get(reverse("stock:holders", args=[leather.pk]))
    assert page.status_code == 200
    assert "Budi Hartono" in page.content.decode()


def test_the_form_knows_who_borrows_and_from_whom(client, ready, budi, siti, tono, secretary, leather):
    """A member is one side already; for an officer the link says whom it is for."""
    bought(budi, leather, 5, on=today())
    url = reverse("stock:lend", args=[leather.pk, "borrower"])
    for user, asked in ((siti.user, {"with": budi.pk}), (secretary, {"with": budi.pk, "for": siti.pk})):
        client.force_login(user)
        form = client.get(url, asked).context["form"]
        assert (int(form["lender"].value()), int(form["borrower"].value())) == (budi.pk, siti.pk)
    client.force_login(siti.user)
    form = client.get(url, {"for": tono.pk}).context["form"]
    assert form["borrower"].value() == siti.pk


@pytest.mark.usefixtures("books", "ready")
def test_finished_goods_are_taken_for_a_price_until_a_day_and_both_confirm(client, budi, siti, sandal):
    """Siti finds Budi's 30 pairs, takes 20 at 12,500 to be paid in ten days, pays 12 directly and brings 8 back."""
    services.record(budi, item=sandal, kind="made", quantity=Decimal(30), on=today(), by=budi.user)
    client.force_login(siti.user)
    assert reverse("stock:holders", args=[sandal.pk]) in client.get(reverse("stock:materials")).text
    page = client.get(reverse("stock:holders", args=[sandal.pk]))
    assert "30 pasang" in page.text
    assert "pesanan sendiri" not in page.text  # what of them is promised to a buyer nobody knows but Budi
    data = {"lender": budi.pk, "borrower": siti.pk, "quantity": "20", "unit": sandal.base_unit_id, "price": "12.500"}
    page = post(client, "lend", data | {"handed_on": today()}, sandal.pk, "borrower")
    assert set(page.context["form"].errors) == {"agreed", "due_on"}
    due = today() + datetime.timedelta(days=10)
    data |= {"agreed": "money", "due_on": due, "handed_on": today()}
    assert post(client, "lend", data, sandal.pk, "borrower").status_code == 302
    loan = StockLoan.objects.get()
    client.force_login(budi.user)
    page = client.get(reverse("stock:confirm", args=[loan.pk])).text
    assert "12.500" in page
    assert "dibayar dengan uang" in page
    assert post(client, "confirm", {"on": today()}, loan.pk).status_code == 302
    for quantity, way in (("12", "direct"), ("8", "goods")):
        client.force_login(siti.user)
        data = {"quantity": quantity, "unit": sandal.base_unit_id, "way": way, "on": today()}
        assert post(client, "give-back", data, loan.pk).status_code == 302
        client.force_login(budi.user)
        assert post(client, "confirm-return", {"on": today()}, loan.returns.latest("pk").pk).status_code == 302
    assert loan.returns.get(way="direct").amount == 150_000
    assert [queries.held(member, sandal, as_of=today()) for member in (budi, siti)] == [18, 12]
    assert "Semua sudah kembali" in client.get(reverse("stock:loan", args=[loan.pk])).text
    assert_clean(today())


@pytest.mark.usefixtures("ready")
def test_a_unit_the_material_is_not_counted_in_is_refused(client, budi, siti, leather):
    client.force_login(siti.user)
    data = {"lender": budi.pk, "borrower": siti.pk, "quantity": "2", "unit": unit("kg").pk, "handed_on": today()}
    page = post(client, "lend", data, leather.pk, "borrower")
    assert "unit" in page.context["form"].errors
    assert not StockLoan.objects.exists()
