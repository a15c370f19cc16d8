"""The visit that took Rp 999,000,000 out of the cash of a cooperative that had five million: now it is refused, a sum

above the limit waits for another officer, and a smaller mistake is corrected by somebody else.
"""

import datetime
import uuid

import pytest
from django.urls import reverse

from activities.models import Visit
from core.dates import today
from core.permissions import Role
from ledger import chart
from ledger.models import Receipt, Unit
from ledger.queries import account_balance
from tests.books import assert_clean
from tests.builders import a_member, a_user, capital
from tests.treasury.builders import spending_rules
from treasury.models import PaymentRequest

JANUARY = datetime.date(2025, 1, 12)


def text(page) -> str:
    return page.content.decode().replace("\u00a0", " ")


def cash() -> int:
    return account_balance(Unit.UMUM, chart.CASH, as_of=today())


@pytest.fixture
def sri(books, chair, secretary):
    spending_rules(by=chair)
    capital(5_000_000)
    return a_member("Sri Lestari", on=JANUARY, by=secretary)


def record(client, member, amount, **facts):
    typed = {
        "token": str(uuid.uuid4()),
        "member": member.pk,
        "on": today().isoformat(),
        "reason": "Rawat inap",
        "visitors": "Bu Ketua dan Pak Tono",
        "amount": amount,
        "source": "running",
        "channel": "cash",
    }
    return client.post(reverse("activities:record-visit"), typed | facts, follow=True)


def send(client, address, **typed):
    return client.post(address, {"token": str(uuid.uuid4()), **typed}, follow=True)


def test_a_mistyped_visit_is_refused_and_a_smaller_one_corrected(client, sri, treasurer, chair):
    client.force_login(treasurer)
    asked = record(client, sri, "999.000.000")
    request = PaymentRequest.objects.get()
    assert asked.redirect_chain[-1][0] == reverse("treasury:request", args=[request.pk])
    assert "menunggu persetujuan kedua" in text(asked).lower()
    assert "Rawat inap" not in text(asked), "why somebody was visited stays with the visit"
    client.force_login(chair)
    no = send(client, reverse("treasury:confirm-payment", args=[request.pk]))
    assert no.status_code == 200
    assert "5.000.000" in text(no), "the sentence names what is there"
    assert (cash(), Visit.objects.count(), Receipt.objects.count()) == (5_000_000, 0, 0)
    send(client, reverse("treasury:decline-payment", args=[request.pk]), reason="Kelebihan tiga nol")

    client.force_login(treasurer)
    record(client, sri, "990.000")  # 99,000 was meant
    wrong = Visit.objects.get()
    assert (wrong.receipt.direction, wrong.receipt.amount, cash()) == ("out", 990_000, 4_010_000)
    back, why = reverse("activities:reverse-visit", args=[wrong.pk]), {"reason": "Salah ketik", "on": str(today())}
    own = send(client, back, **why)
    assert "Anda sendiri yang mencatatnya" in text(own)
    client.force_login(chair)
    entry = client.get(reverse("ledger:entry", args=[wrong.entry_id]))
    assert entry.context["origin"] == reverse("activities:visit", args=[wrong.pk])
    send(client, back, **why)
    assert cash() == 5_000_000
    client.force_login(treasurer)
    record(client, sri, "99.000")
    assert (cash(), Visit.objects.unreversed().count()) == (4_901_000, 1)
    assert_clean(today())


def test_a_payment_above_the_limit_is_booked_once_another_officer_confirms(client, sri, treasurer, chair):
    client.force_login(treasurer)
    record(client, sri, "1.500.000", report="Butuh kursi roda")
    request = PaymentRequest.objects.get()
    client.force_login(a_user(Role.MEMBER, username="tono"))
    assert client.get(reverse("treasury:request", args=[request.pk])).status_code == 403
    client.force_login(chair)
    send(client, reverse("treasury:confirm-payment", args=[request.pk]))
    visit = Visit.objects.get()
    assert (visit.member, visit.amount, visit.by, visit.report) == (sri, 1_500_000, treasurer, "Butuh kursi roda")
    paper = client.get(reverse("ledger:receipt", args=[visit.receipt_id]))
    assert "Bantuan saat kunjungan" in text(paper)
    assert "Rawat inap" not in text(paper)
    assert cash() == 3_500_000
    assert_clean(today())
