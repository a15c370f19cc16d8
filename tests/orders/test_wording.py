"""What people are told: the inbox and WhatsApp say the same: how many, which price, until when, and a link."""

from decimal import Decimal
from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse

from core.models import Notice
from orders import services
from tests.orders.builders import MONDAY, a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.pricing.builders import an_item

pytestmark = pytest.mark.django_db

WORK = "20 pasang Sandal kulit dari pesanan PS-2026-0001 seharga Rp 9.000 per pasang"
DUE = "23 Maret 2026"


def plain(text):
    return text.replace("\u00a0", " ")


def told(member):
    """The newest notice of somebody, and where it leads."""
    notice = member.user.notices.latest("pk")
    return plain(notice.text), notice.url


def written(client, member, name, *args):
    """The text that WhatsApp opens with on a page, as `member` sees it."""
    client.force_login(member.user)
    link = client.get(reverse(f"orders:{name}", args=args)).context["whatsapp"]
    return plain(parse_qs(urlparse(link).query)["text"][0])


@pytest.fixture
def claim(budi, siti, sandal, books):
    return a_claim(an_offer(an_order(budi, sandal)), siti, quantity=20)


def test_an_offer(client, budi, siti, sandal):
    offer = an_offer(an_order(budi, sandal), quantity=20, material=False)
    text = (
        f"Budi Hartono menawarkan {WORK}, bahan sendiri, selesai paling lambat {DUE}. "
        "Ambil bagian paling lambat 7 Maret 2026."
    )
    page = reverse("orders:offer", args=[offer.pk])
    assert told(siti) == (text, page)
    assert written(client, budi, "offer", offer.pk) == f"{text}\nhttp://testserver{page}"


def test_a_claim(client, claim, budi, siti):
    page = reverse("orders:claim", args=[claim.pk])
    text = f"Siti Rahayu mengambil {WORK}, selesai paling lambat {DUE}."
    assert told(budi) == (text, page)
    assert written(client, siti, "claim", claim.pk) == f"{text}\nhttp://testserver{page}"
    assert written(client, budi, "claim", claim.pk).startswith(f"Budi Hartono memberi Anda {WORK}, selesai paling")
    services.withdraw_claim(claim, on=day(1), by=siti.user)
    assert told(budi) == (f"Siti Rahayu mengembalikan {WORK}.", page)
    assert written(client, siti, "claim", claim.pk).startswith(f"Siti Rahayu mengembalikan {WORK}.")


def test_a_round_with_too_little_for_all(client, budi, siti, tono, sandal, secretary):
    offer = an_offer(an_order(budi, sandal), quantity=20, is_shared=True, step=Decimal(20))
    for member in (siti, tono):
        services.ask(offer, member=member, quantity=Decimal(20), on=MONDAY, by=member.user)
    asked = f"Tono Prasetyo meminta sampai {WORK}. Dibagi setelah penawaran ditutup, sesudah 7 Maret 2026."
    assert told(budi) == (asked, reverse("orders:offer", args=[offer.pk]))
    client.force_login(tono.user)
    seen = client.get(reverse("orders:offer", args=[offer.pk])).context["asked"]
    assert plain(parse_qs(urlparse(seen["whatsapp"]).query)["text"][0]).startswith(asked)

    done = services.close_round(offer, on=day(1), by=budi.user)
    got, got_nothing = siti, tono
    page = reverse("orders:round", args=[done.pk])
    text = f"Budi Hartono memberi Anda {WORK}, selesai paling lambat {DUE}."
    assert told(got) == (text, reverse("orders:claim", args=[got.claims.get().pk]))
    nothing = f"Putaran {WORK} sudah ditutup. Kali ini belum ada bagian untuk Anda; alasannya ada di halamannya."
    assert told(got_nothing) == (nothing, page)
    assert told(budi) == (f"Penawaran Anda sudah dibagi: 20 pasang dari {WORK}, kepada 1 pengerja.", page)

    client.force_login(budi.user)
    texts = [plain(parse_qs(urlparse(link).query)["text"][0]) for _share, link in client.get(page).context["shares"]]
    assert [one.split("\n")[0] for one in texts] == [text, nothing]
    assert texts[1].endswith(page)
    client.force_login(tono.user)  # a neighbour who is not the holder writes to nobody
    assert [link for _share, link in client.get(page).context["shares"]] == ["", ""]


def test_a_part_given_at_once(budi, siti, sandal):
    offer = an_offer(an_order(budi, sandal), is_shared=True)
    request = services.ask(offer, member=siti, quantity=Decimal(30), on=MONDAY, by=siti.user)
    services.accept_request(request, quantity=Decimal(20), on=MONDAY, by=budi.user)
    assert told(siti)[0] == f"Budi Hartono memberi Anda {WORK}, selesai paling lambat {DUE}."


def test_a_delivery_to_confirm_and_its_count(client, claim, budi, siti):
    delivery = services.deliver(claim, delivered=Decimal(20), on=day(7), by=siti.user)
    text = f"Siti Rahayu sudah mengirim {WORK}, selesai paling lambat {DUE}. Hitung lalu konfirmasi."
    assert told(budi)[0] == text
    assert written(client, siti, "claim", claim.pk).startswith(text)
    services.confirm(delivery, accepted=Decimal(18), rejection_reason="lem lepas", on=day(8), by=budi.user)
    text = f"Budi Hartono sudah menghitung {WORK}: 18 pasang diterima, 2 pasang tidak. Nilainya Rp 162.000."
    assert told(siti)[0] == text
    assert written(client, budi, "claim", claim.pk).startswith(text)
    to_pay = WORK.replace("20", "18", 1)
    assert written(client, siti, "claim", claim.pk).startswith(
        f"{to_pay} sudah dibuat Siti Rahayu dan dihitung pada 10 Maret 2026. Rp 162.000 masih harus dibayar."
    )


@pytest.mark.parametrize(
    ("method", "says", "then"),
    [
        ("cash", f"Rp 180.000 untuk Anda sudah siap di koperasi, untuk {WORK}.", f"Rp 180.000 untuk {WORK} sudah"),
        (
            "direct",
            f"Budi Hartono sudah membayar langsung Rp 180.000 kepada Anda untuk {WORK}. "
            "Katakan bila sudah Anda terima.",
            f"Siti Rahayu sudah menerima Rp 180.000 dari Anda untuk {WORK}. Serah terima lunas.",
        ),
    ],
)
def test_a_settlement(client, claim, budi, siti, treasurer, method, says, then):
    delivery = a_confirmed_delivery(claim)
    by, receiver = (budi.user, budi) if method == "direct" else (treasurer, siti)
    paid = services.settle(delivery, method=method, on=day(9), by=by)
    assert told(siti)[0] == says
    assert written(client, budi, "claim", claim.pk).startswith(says)
    services.pay_out(paid, on=day(9), by=siti.user if method == "direct" else treasurer)
    assert told(receiver)[0].startswith(then)
    assert written(client, budi, "claim", claim.pk).startswith(f"{WORK}: semua sudah dikirim, dihitung, dan dibayar.")


def test_terms_and_material(client, claim, budi, siti, secretary):
    leather = an_item("KLT", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    services.propose_terms(claim, maker_price=10_000, reason="solnya dua lapis", on=day(1), by=siti.user)
    text = f"Siti Rahayu mengusulkan ketentuan lain untuk {WORK}: Rp 10.000 satuan. Lihat dan jawab."
    assert told(budi)[0] == text
    assert written(client, siti, "claim", claim.pk).startswith(text)
    services.give_material(claim, item=leather, quantity=Decimal("7.5"), on=day(1), by=budi.user)
    text = f"Budi Hartono menyertakan 7,5 kaki persegi (SF) Kulit sapi untuk {WORK}, selesai paling lambat {DUE}."
    assert told(siti)[0].startswith(text)
    assert written(client, budi, "claim", claim.pk).startswith(text)


def test_the_longest_names_fit_into_a_notice(client, budi, siti, secretary, chair):
    for member in (budi, siti):
        member.name = member.name + "x" * (120 - len(member.name))
        member.save()
    item = an_item("P", name="S" * 80, by=secretary)
    offer = an_offer(an_order(budi, item, price=12_000, reason="baru"), is_shared=True)
    services.ask(offer, member=siti, quantity=Decimal(20), insist=True, on=MONDAY, by=siti.user)
    services.close_round(offer, on=day(1), by=budi.user)
    delivery = a_confirmed_delivery(siti.claims.get(), accepted=1)
    services.settle(delivery, method="direct", on=day(9), by=budi.user)
    assert Notice.objects.count() >= 6


def test_no_message_is_only_a_heading(client, claim, budi, siti):
    for member in (budi, siti):
        assert "Tentang" not in written(client, member, "claim", claim.pk)
