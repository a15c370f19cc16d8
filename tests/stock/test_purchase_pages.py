"""Buying together in the browser, what each owes and has paid, and putting right what was wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.dates import today
from ledger.models import Receipt
from stock import services
from stock.models import JointPayment, JointPurchase, JointStep
from tests.books import assert_clean
from tests.stock.builders import day, ordered
from tests.stock.test_views import post

pytestmark = pytest.mark.usefixtures("capital")


def test_from_the_first_need_to_the_last_rupiah_in_the_browser(
    client, budi, siti, tanner, leather, chair, treasurer, secretary
):
    on = today()
    client.force_login(budi.user)
    made = post(client, "open-purchase", {"purpose": "Kulit untuk pesanan besar", "needed_on": on})
    purchase = JointPurchase.objects.get()
    assert made.url == reverse("stock:join", args=[purchase.pk])
    for member, quantity in ((budi, "60"), (siti, "40")):
        client.force_login(member.user)
        post(client, "join", {"member": member.pk, "item": leather.pk, "quantity": quantity}, purchase.pk)
    post(client, "quote", {"supplier": tanner.pk, "item": leather.pk, "price": "33.000"}, purchase.pk)
    page = client.get(reverse("stock:purchase", args=[purchase.pk])).text
    assert "3.300.000" in page
    assert client.get(reverse("stock:choose-supplier", args=[purchase.pk])).status_code == 403
    client.force_login(chair)
    assert post(client, "choose-supplier", {"supplier": tanner.pk, "on": on}, purchase.pk).status_code == 302
    client.force_login(treasurer)
    data = {f"quantity_{leather.pk}": "100", f"cost_{leather.pk}": "3.300.000", "on": on}
    assert post(client, "receive", data, purchase.pk).status_code == 302
    assert "1.980.000" in client.get(reverse("stock:share-out", args=[purchase.pk])).text
    assert post(client, "share-out", {"on": on}, purchase.pk).status_code == 302
    data = {"amount": "1.320.000", "channel": "cash", "on": on}
    assert post(client, "pay-share", data, purchase.pk, siti.pk).status_code == 302
    assert post(client, "pay-supplier", {"channel": "cash", "on": on}, purchase.pk).status_code == 302
    page = client.get(reverse("stock:purchase", args=[purchase.pk])).text
    assert "1.980.000" in page
    assert client.get(reverse("stock:purchases")).status_code == 200
    assert_clean(on)


def test_half_filled_lines_are_asked_again(client, purchase, tanner, leather, glue, budi, chair, treasurer):
    ordered(purchase, tanner, leather, glue, budi=budi, chair=chair)
    client.force_login(treasurer)
    page = post(client, "receive", {f"quantity_{leather.pk}": "100", "on": today()}, purchase.pk)
    assert f"cost_{leather.pk}" in page.context["form"].errors


def test_calling_off_tells_who_took_part(client, purchase, budi, siti):
    client.force_login(siti.user)
    page = post(client, "cancel-purchase", {"reason": "Mahal"}, purchase.pk)
    assert page.status_code == 200  # who did not open it cannot call it off
    client.force_login(budi.user)
    assert post(client, "cancel-purchase", {"reason": "Mahal"}, purchase.pk).status_code == 302
    assert "Mahal" in siti.user.notices.latest("pk").text


@pytest.fixture
def shared(arrived, treasurer):
    services.share_out(arrived, on=day(9), by=treasurer)
    return arrived


def test_each_sees_what_he_owes_and_has_paid_with_the_receipt(client, shared, budi, siti, tono, secretary, treasurer):
    services.pay_share(shared, member=siti, amount=400_000, channel="cash", on=day(10), by=treasurer)
    receipt = Receipt.objects.get(member=siti)
    url, paper = reverse("stock:purchase", args=[shared.pk]), reverse("ledger:receipt", args=[receipt.pk])
    client.force_login(siti.user)
    page = client.get(url).text
    assert paper in page
    assert "590.000" in page
    assert client.get(paper).status_code == 200
    assert "590.000" in client.get(reverse("stock:purchases")).text
    client.force_login(tono.user)
    page = client.get(url).text
    assert "1.455.001" in page  # what Budi's share costs is no secret
    assert receipt.number not in page  # who has paid is between him and the officers
    assert "590.000" not in page
    client.force_login(secretary)
    page = client.get(url).text
    assert receipt.number in page
    assert "590.000" in page
    assert "Terima" not in page  # the treasurer receives


def test_a_wrong_sharing_out_is_undone_in_the_browser(client, shared, siti, treasurer, chair, budi):
    services.pay_share(shared, member=siti, amount=990_000, channel="cash", on=day(10), by=treasurer)
    url, payment, step = (
        reverse("stock:purchase", args=[shared.pk]),
        JointPayment.objects.get(),
        JointStep.objects.get(kind="shared"),
    )
    undo_payment = reverse("stock:reverse-share-payment", args=[payment.pk])
    undo_step = reverse("stock:reverse-step", args=[step.pk])
    client.force_login(treasurer)
    page = client.get(url).text
    assert undo_payment not in page  # who wrote it down does not undo it
    client.force_login(chair)
    page = client.get(url).text
    assert undo_payment in page
    assert undo_step not in page
    data = {"reason": "Salah orang", "on": today()}
    assert post(client, "reverse-share-payment", data, payment.pk).status_code == 302
    page = client.get(url).text
    assert "Salah orang" in page
    assert undo_step in page
    assert "990.000" in client.get(undo_step).text
    assert post(client, "reverse-step", {"reason": "Salah bagi", "on": today()}, step.pk).status_code == 302
    assert "Salah bagi" in client.get(url).text
    assert client.get(undo_step).status_code == 404
    assert_clean(today())
    client.force_login(budi.user)
    assert client.get(undo_step).status_code == 403
    assert "Salah bagi" in budi.user.notices.latest("pk").text


def test_a_wrong_supplier_is_taken_back_in_the_browser(client, purchase, tanner, leather, glue, budi, chair, secretary):
    step = ordered(purchase, tanner, leather, glue, budi=budi, chair=chair)
    client.force_login(secretary)
    undo = reverse("stock:reverse-choice", args=[step.pk])
    assert undo in client.get(reverse("stock:purchase", args=[purchase.pk])).text
    assert client.get(reverse("stock:reverse-step", args=[step.pk])).status_code == 403
    assert post(client, "reverse-choice", {"reason": "Salah klik", "on": today()}, step.pk).status_code == 302
    client.force_login(budi.user)
    assert reverse("stock:join", args=[purchase.pk]) in client.get(reverse("stock:purchase", args=[purchase.pk])).text


def test_the_pages_ask_no_more_when_more_take_part(client, shared, siti, tono, treasurer, secretary):
    def count(url):
        with CaptureQueriesContext(connection) as run:
            assert client.get(url).status_code == 200
        return len(run)

    client.force_login(secretary)
    urls = [reverse("stock:purchase", args=[shared.pk]), reverse("stock:purchases")]
    services.pay_share(shared, member=siti, amount=1, channel="cash", on=day(10), by=treasurer)
    few = [count(url) for url in urls]
    for member in (siti, tono) * 2:
        services.pay_share(shared, member=member, amount=1, channel="cash", on=day(10), by=treasurer)
    services.open_purchase(purpose="Satu lagi", needed_on=day(20), on=day(1), by=secretary)
    assert [count(url) for url in urls] == few
