"""The pages from specification to payment: who sees them, what they do, and that wrong input stays on the form."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.dates import today
from governance.models import Case
from orders import services
from orders.models import LinePhoto, Order
from sales import services as sales
from sales.models import BuyerPayment, Invoice, Shipment
from tests.orders.builders import an_offer, an_order
from tests.orders.test_views import post


def a_photo(size=(60, 40)):
    file = io.BytesIO()
    Image.new("RGB", size, "saddlebrown").save(file, "JPEG")
    return SimpleUploadedFile("contoh.jpg", file.getvalue(), "image/jpeg")


@pytest.fixture
def order(budi, sandal, books):
    return an_order(budi, sandal, quantity=100, on=today())


def test_a_member_takes_an_order_to_the_buyers_money(client, order, budi):
    client.force_login(budi.user)
    line = order.lines.get()
    terms = {"seller": "member", "deposit_asked": "200.000", "terms_days": "14"}
    assert post(client, "sales:terms", terms, order.pk).status_code == 302
    data = {"specification": "Cokelat tua\nSol karet", "photo": a_photo()}
    assert post(client, "specify", data, line.pk).status_code == 302
    assert post(client, "progress", {"made": "30", "on": today()}, line.pk).status_code == 302
    paid = {"amount": "200.000", "method": "cash", "on": today()}
    assert post(client, "sales:deposit", paid, order.pk).status_code == 302
    assert post(client, "sales:ship", {f"line_{line.pk}": "40", "on": today()}, order.pk).status_code == 302
    page = client.get(reverse("sales:invoice", args=[order.pk]))
    assert page.context["page"].amount == 280_000
    assert post(client, "sales:invoice", {"on": today()}, order.pk).status_code == 302
    invoice = Invoice.objects.get()
    over = post(client, "sales:pay-invoice", paid | {"amount": "280.001"}, invoice.pk)
    assert "280.000" in str(over.context["form"].errors["amount"])
    assert post(client, "sales:pay-invoice", paid | {"amount": "100.000"}, invoice.pk).status_code == 302
    page = client.get(reverse("orders:detail", args=[order.pk])).content.decode()
    for word in ("Cokelat tua", invoice.number, "SJ-", "180.000", "40"):
        assert word in page
    assert client.get(reverse("sales:receivables")).context["total"] == 180_000
    for name, pk in (("sales:delivery-note", Shipment.objects.get().pk), ("sales:invoice-paper", invoice.pk)):
        paper = client.get(reverse(name if ":" in name else f"orders:{name}", args=[pk]))
        assert b"".join(paper.streaming_content)[:5] == b"%PDF-"
    book = client.get(reverse("sales:export-receivables"))
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_where_the_cooperative_sells_the_treasurer_writes_and_the_chair_reverses(client, order, budi, treasurer, chair):
    sales.set_terms(order, seller="cooperative", deposit_asked=0, terms_days=0, by=budi.user)
    client.force_login(budi.user)
    sales.finish(order, on=today(), by=budi.user)
    refused = post(client, "sales:invoice", {"on": today()}, order.pk)
    assert refused.context["form"].non_field_errors()
    assert not client.get(reverse("orders:detail", args=[order.pk])).context["may_sell"]
    client.force_login(treasurer)
    assert post(client, "sales:invoice", {"on": today()}, order.pk).status_code == 302
    invoice = Invoice.objects.get()
    done = post(client, "sales:pay-invoice", {"amount": "1.200.000", "method": "bank", "on": today()}, invoice.pk)
    payment = BuyerPayment.objects.get()
    assert done.url == reverse("ledger:receipt", args=[payment.receipt_id])
    undo = {"reason": "salah tulis", "on": today()}
    assert post(client, "sales:reverse-payment", undo, payment.pk).context["form"].non_field_errors()
    client.force_login(chair)
    assert post(client, "sales:reverse-payment", undo, payment.pk).status_code == 302
    assert post(client, "sales:reverse-invoice", undo, invoice.pk).status_code == 302
    assert client.get(reverse("orders:detail", args=[order.pk])).status_code == 200


def test_a_deposit_is_given_back_on_its_page(client, order, budi):
    client.force_login(budi.user)
    paid = {"amount": "50.000", "method": "cash", "on": today()}
    post(client, "sales:deposit", paid, order.pk)
    services.cancel(order, reason="batal", on=today(), by=budi.user)
    assert post(client, "sales:give-back", paid, order.pk).status_code == 302


def test_photos_are_seen_by_who_may_see_the_order_and_by_readers_of_its_offer(client, order, budi, siti):
    client.force_login(budi.user)
    post(client, "specify", {"specification": "", "photo": a_photo()}, order.lines.get().pk)
    address = reverse("orders:photo", args=[LinePhoto.objects.get().pk])
    assert client.get(address)["Content-Type"] == "image/jpeg"
    client.force_login(siti.user)
    assert client.get(address).status_code == 404
    offer = an_offer(order, on=today())
    assert client.get(address).status_code == 200
    assert address in client.get(reverse("orders:offer", args=[offer.pk])).content.decode()


@pytest.mark.parametrize("file", [SimpleUploadedFile("virus.jpg", b"MZ no image at all", "image/jpeg"), "40 MP"])
def test_what_is_no_photo_stays_on_the_form(client, order, budi, file):
    """40 megapixels of one colour are a small file and would be a large picture."""
    client.force_login(budi.user)
    if file == "40 MP":
        file = a_photo((8_000, 5_000))
    page = post(client, "specify", {"specification": "Cokelat", "photo": file}, order.lines.get().pk)
    assert "photo" in page.context["form"].errors
    assert page.context["form"]["specification"].value() == "Cokelat"
    assert not LinePhoto.objects.exists()


def test_a_neighbour_finds_none_of_it(client, order, budi, siti):
    sales.finish(order, on=today(), by=budi.user)
    sales.issue_invoice(order, on=today(), by=budi.user)
    client.force_login(siti.user)
    invoice, line = Invoice.objects.get(), order.lines.get()
    for name, pk in (
        ("sales:terms", order.pk),
        ("sales:ship", order.pk),
        ("sales:invoice", order.pk),
        ("sales:deposit", order.pk),
        ("sales:give-back", order.pk),
        ("specify", line.pk),
        ("progress", line.pk),
        ("sales:delivery-note", Shipment.objects.get().pk),
        ("sales:invoice-paper", invoice.pk),
        ("sales:pay-invoice", invoice.pk),
        ("sales:reverse-invoice", invoice.pk),
    ):
        assert client.get(reverse(name if ":" in name else f"orders:{name}", args=[pk])).status_code == 404, name
    assert client.get(reverse("sales:receivables")).context["total"] == 0
    assert client.get(reverse("orders:below-list")).status_code == 403


def test_a_price_below_the_list_is_seen_and_can_become_a_case(client, budi, sandal, chair, books):
    order = an_order(budi, sandal, price=11_000, reason="barang lama", on=today())
    client.force_login(chair)
    page = client.get(reverse("orders:below-list"))
    assert "barang lama" in page.content.decode()
    line = order.lines.get()
    assert post(client, "report-price", {"reason": "Sudah tiga kali"}, line.pk).status_code == 302
    case = Case.objects.get()
    assert (case.member, case.kind, case.url) == (budi, "price", reverse("orders:detail", args=[order.pk]))


def test_the_page_of_an_order_costs_the_same_with_three_invoices(client, order, budi, django_assert_max_num_queries):
    client.force_login(budi.user)
    page = reverse("orders:detail", args=[order.pk])
    line = order.lines.get()

    def once():
        sales.ship(Order.objects.get(), quantities={line: 10}, on=today(), by=budi.user)
        sales.issue_invoice(order, on=today(), by=budi.user)

    once()
    with django_assert_max_num_queries(60) as first:
        client.get(page)
    once()
    once()
    with django_assert_max_num_queries(len(first)):
        client.get(page)
