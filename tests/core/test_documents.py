import datetime
import io

import pytest
from pypdf import PdfReader

from core import documents
from core.terbilang import terbilang

ON = datetime.date(2026, 11, 12)


def receipt(**changes):
    return {
        "on": ON,
        "title": "Kuitansi",
        "number": "KW-2026-0113",
        "copies": ["untuk penyetor", "untuk pembukuan"],
        "labels": {"number": "Nomor", "party": "Telah terima dari", "words": "Terbilang", "purpose": "Untuk"},
        "party": "Sri Wulandari",
        "amount": 1_250_000,
        "words": terbilang(1_250_000),
        "purpose": "Setoran simpanan",
        "lines": [["Simpanan wajib", 50_000], ["Simpanan sukarela", 1_200_000]],
        "place": ON,
        "signatures": [{"office": "Bendahara", "name": "Bu Tini"}, {"office": "Penyetor", "name": ""}],
        "note": "",
    } | changes


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\u00a0", " ")


def test_pdf_shows_letterhead_figures_and_days(settings):
    lines = [line.strip() for line in text_of(documents.pdf("ledger/receipt.typ", receipt())).splitlines()]
    assert lines[:2] == [settings.COOPERATIVE_NAME, settings.COOPERATIVE_ADDRESS]
    for line in (
        "Telah terima dari Sri Wulandari",
        "Terbilang satu juta dua ratus lima puluh ribu rupiah",
        "Simpanan wajib 50.000",
        "Rp 1.250.000",
        "12 November 2026",
    ):
        assert line in lines


@pytest.mark.parametrize("evil", ["#read('../manage.py')", "*tebal* _miring_ $x$", "</b> @ref <label>", "\\u{41}"])
def test_pdf_never_takes_text_for_markup(evil):
    assert evil in text_of(documents.pdf("ledger/receipt.typ", receipt(party=evil)))


def test_pdf_of_the_same_facts_is_the_same_bytes():
    assert documents.pdf("ledger/receipt.typ", receipt()) == documents.pdf("ledger/receipt.typ", receipt())


def test_receipt_stands_twice_on_one_page_of_a4():
    long = [[f"Angsuran ke-{number} pinjaman P-2026-0012", 12_345_678_900] for number in range(1, 7)]
    pdf = documents.pdf("ledger/receipt.typ", receipt(lines=long, purpose="Pembayaran angsuran " * 6))
    [page] = PdfReader(io.BytesIO(pdf)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    upper, lower = page.extract_text().split("untuk pembukuan")
    assert upper.count("KW-2026-0113") == lower.count("KW-2026-0113") == 1


def test_pdf_refuses_what_cannot_stand_on_paper():
    with pytest.raises(TypeError, match="cannot stand on a paper"):
        documents.pdf("ledger/receipt.typ", receipt(note=object()))
