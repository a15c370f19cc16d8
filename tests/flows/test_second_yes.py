"""A payment above the limit, from a mistyped request to its paper: what is asked, who says yes, and what stays.

The general unit holds Rp 12,000,000 of a grant. One officer pays up to 1,000,000 alone; above 5,000,000 a decision is
needed. Electricity so far was Rp 150,000 a month.
"""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from core.dates import today
from core.forms import Form
from ledger import chart
from ledger.queries import account_balance
from tests.books import assert_clean
from tests.builders import a_decision
from tests.treasury.builders import DAY, a_voucher, category, money_in, spending_rules
from treasury import services
from treasury.errors import TreasuryRefused
from treasury.models import PaymentRequest, Voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(books, treasurer, chair):
    spending_rules(by=chair, decision_above=5_000_000)
    money_in(treasurer, amount=12_000_000)
    a_voucher(treasurer)


def send(client, name, *args, **typed):
    return client.post(reverse(name, args=args), {"token": str(Form()["token"].value()), **typed})


def bought(**changes):
    facts = {
        "unit": "umum", "category": category("equipment and machines").pk, "payee": "Toko Mesin Jaya",
        "purpose": "Mesin seset", "amount": "6.000.000", "channel": "cash", "on": DAY.isoformat(),
    }  # fmt: skip
    return facts | changes


def test_payment_above_the_limit_from_the_request_to_the_paper(rules, client, treasurer, chair):
    # A zero too many is asked about; the tick is for the sum that was asked about and for no other.
    client.force_login(treasurer)
    asked = send(client, "treasury:record-voucher", "out", **bought(amount="60.000.000")).content.decode()
    assert "Maksud Anda Rp\u00a0600.000?" in asked
    asked = send(client, "treasury:record-voucher", "out", **bought(), amount_sure="60000000").content.decode()
    [sure] = re.findall(r'name="amount_sure" value="(\d+)"', asked)
    assert not PaymentRequest.objects.exists()
    send(client, "treasury:record-voucher", "out", **bought(), amount_sure=sure)
    request = PaymentRequest.objects.get()
    assert (request.amount, account_balance("umum", chart.CASH, as_of=DAY)) == (6_000_000, 11_850_000)

    # Whoever asked finds no button, and is refused at the address; the chair needs the decision.
    page = client.get(reverse("treasury:request", args=[request.pk])).content.decode()
    assert reverse("treasury:confirm-payment", args=[request.pk]) not in page
    with pytest.raises(TreasuryRefused):
        services.confirm_payment(request, on=DAY, by=treasurer)
    client.force_login(chair)
    refused = send(client, "treasury:confirm-payment", request.pk)
    assert refused.status_code == 200
    assert not Voucher.objects.filter(payee="Toko Mesin Jaya").exists()
    decision = a_decision(by=chair, on=DAY, kind="spending", about=request)
    send(client, "treasury:confirm-payment", request.pk, decision=decision.pk)

    # The request leads to what it booked, and its paper has both names.
    voucher = Voucher.objects.get(payee="Toko Mesin Jaya")
    request.refresh_from_db()
    assert (request.entry, request.decision) == (voucher.entry, decision)
    assert (
        reverse("ledger:entry", args=[voucher.entry_id])
        in client.get(reverse("treasury:request", args=[request.pk])).content.decode()
    )
    paper = client.get(reverse("treasury:voucher-paper", args=[voucher.pk]))
    text = PdfReader(io.BytesIO(b"".join(paper.streaming_content))).pages[0].extract_text()
    assert all(word in text for word in (voucher.number, "enam juta rupiah", treasurer.name, chair.name))

    # A smaller one was wrong: it is reversed by the chair and done again; the journal keeps all three.
    client.force_login(treasurer)
    send(client, "treasury:record-voucher", "out", **bought(amount="950.000", purpose="Servis"))
    wrong = Voucher.objects.get(purpose="Servis")
    client.force_login(chair)
    send(client, "treasury:reverse-voucher", wrong.pk, reason="Harusnya 590.000", on=wrong.on.isoformat())
    client.force_login(treasurer)
    send(client, "treasury:record-voucher", "out", **bought(amount="590.000", purpose="Servis"))
    assert account_balance("umum", chart.CASH, as_of=today()) == 12_000_000 - 150_000 - 6_000_000 - 590_000
    assert_clean(today())


def test_confirmed_after_the_cash_is_gone_it_is_refused_and_still_waits(rules, client, treasurer, chair):
    client.force_login(treasurer)
    send(client, "treasury:record-voucher", "out", **bought(amount="1.400.000"))
    for _payment in range(12):
        a_voucher(treasurer, amount=900_000, of="rent")
    request = PaymentRequest.objects.get()
    client.force_login(chair)
    refused = send(client, "treasury:confirm-payment", request.pk)
    assert "Kas hanya berisi Rp\u00a01.050.000" in refused.content.decode()
    request.refresh_from_db()
    assert request.answer == ""
    assert_clean(today())
