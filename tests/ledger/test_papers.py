import datetime
import io

import pytest
from pypdf import PdfReader

from ledger import chart, papers
from ledger.services import credit, debit, issue_receipt, post_entry
from tests import builders

ON = datetime.date(2026, 11, 12)


@pytest.fixture
def member(db):
    return builders.a_member(name="Sri Wulandari")


def lines_of(pdf):
    [page] = PdfReader(io.BytesIO(pdf)).pages
    return [line.replace("\u00a0", " ").strip() for line in page.extract_text().splitlines()]


def given(lines, *, direction, amount, member, by):
    entry = post_entry(unit="usp", on=ON, reference="savings:1:deposit", memo="Setoran", lines=lines, by=by)
    return issue_receipt(
        entry,
        party=member.name,
        member=member,
        purpose="Setoran 12 November",
        amount=amount,
        direction=direction,
        by=by,
    )


def test_receipt_of_money_received_shows_what_it_was_for(books, member, treasurer):
    receipt = given(
        [
            debit(chart.CASH, 1_250_000),
            credit(chart.MANDATORY_SAVINGS, 50_000, member=member),
            credit(chart.VOLUNTARY_SAVINGS, 1_200_000, member=member),
        ],
        direction="in",
        amount=1_250_000,
        member=member,
        by=treasurer,
    )
    small = papers.receipt(receipt, small=True)
    assert receipt.number in " ".join(lines_of(small))
    lines = lines_of(papers.receipt(receipt))
    for line in (
        "KUITANSI Nomor KW-2026-0001",
        f"Telah terima dari {member.name} ({member.number})",
        "Terbilang satu juta dua ratus lima puluh ribu rupiah",
        "Untuk Setoran 12 November",
        "Simpanan wajib 50.000",
        "Simpanan sukarela 1.200.000",
        "Rp 1.250.000",
        "Yogyakarta, 12 November 2026",
    ):
        assert line in lines


def test_receipt_of_a_payout_takes_off_what_was_kept_back(capital, member, treasurer):
    """A loan of 1,000,000 pays out 980,000: 20,000 of provision is kept back."""
    receipt = given(
        [
            debit(chart.LOANS_RECEIVABLE, 1_000_000, member=member),
            credit(chart.CASH, 980_000),
            credit(chart.PROVISION_FEES, 20_000),
        ],
        direction="out",
        amount=980_000,
        member=member,
        by=treasurer,
    )
    lines = lines_of(papers.receipt(receipt))
    assert f"Dibayarkan kepada {member.name} ({member.number})" in lines
    assert "Piutang pinjaman anggota 1.000.000" in lines
    assert [line for line in lines if line.endswith("−20.000")] == ["Provisi diterima −20.000"] * 2, "once a copy"
    assert "Rp 980.000" in lines
