"""Entries by hand: never on accounts that other books keep, numbered, with their paper and a second approval."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core import audit
from ledger import chart
from ledger.errors import LedgerRefused
from ledger.models import Account, Entry, Unit
from ledger.queries import account_balance
from ledger.services import credit, debit, post_entry
from tests.books import assert_clean
from tests.builders import a_journal, a_member
from tests.ledger.builders import run
from tests.papers import a_pdf, words_on
from tests.treasury.builders import spending_rules
from treasury import services
from treasury.errors import TreasuryRefused
from treasury.models import Journal, PaymentRequest

pytestmark = pytest.mark.django_db

MARCH = datetime.date(2026, 3, 12)
PAPER = [debit(chart.OFFICE, 40_000), credit(chart.CASH, 40_000)]


@pytest.fixture
def office(client, treasurer):
    client.force_login(treasurer)
    return client


def said(response):
    return response.content.decode().replace("\u00a0", " ")


def test_entries_by_hand_are_numbered_and_recorded(capital, treasurer):
    first = a_journal(PAPER, on=MARCH, by=treasurer)
    second = a_journal(PAPER, unit=Unit.USP, on=MARCH, by=treasurer)
    assert [first.number, second.number] == ["JU-2026-0001", "JU-2026-0002"]
    assert [first.entry.reference, second.entry.reference] == ["journal:2026-0001", "journal:2026-0002"]
    assert [event.action for event in audit.trail(first)] == ["journal.posted"]
    assert_clean(MARCH)


# -- accounts that other books keep ----------------------------------------------------------------------------------


def test_every_account_that_names_members_is_kept_by_its_book(books):
    assert {account.code for account in chart.CHART if account.needs_member and not account.is_control} == set()
    stored = Account.objects.filter(unit="usp", is_control=True).values_list("code", flat=True)
    assert set(stored) == {account.code for account in chart.CHART if account.is_control}


@pytest.mark.parametrize("code", [account.code for account in chart.CHART if account.is_control])
@pytest.mark.parametrize("reference", ["journal:2026-0001", "voucher:BKM-2026-0001"])
def test_database_refuses_a_control_account_by_hand(books, treasurer, secretary, code, reference):
    """The mistake that made header and movements of a passbook differ by 50,000: a journal on 2101 for a member."""
    member = a_member(by=secretary) if code in chart.KEPT_PER_MEMBER else None
    facts = {"unit": "usp", "on": MARCH, "memo": "Koreksi", "by": treasurer}
    lines = [debit(chart.CASH, 50_000), credit(code, 50_000, member=member)]
    with pytest.raises(LedgerRefused, match="oleh bukunya sendiri"), transaction.atomic():
        post_entry(reference=reference, lines=lines, **facts)
    post_entry(reference="room:1", lines=lines, **facts)  # the book that keeps it does post


def test_service_refuses_before_anything_waits(books, chair, treasurer):
    spending_rules(by=chair, alone_up_to=0)
    for lines in (
        [debit(chart.CASH, 5), credit(chart.DUES, 5)],
        [debit(chart.CASH, 5), credit(chart.OTHER_INCOME, 4)],
        [debit(chart.CASH, 5)],
    ):
        with pytest.raises(TreasuryRefused):
            a_journal(lines, on=MARCH, by=treasurer)
    assert not PaymentRequest.objects.exists()


def test_form_offers_no_control_account_and_says_why(office, books):
    page = said(office.get("/ledger/post/"))
    assert f'value="{chart.OFFICE}"' in page
    assert f'value="{chart.VOLUNTARY_SAVINGS}"' not in page
    assert "mempunyai buku sendiri" in page


# -- a second approval, a paper, a reversal --------------------------------------------------------------------------


def test_large_entry_waits_with_its_lines_and_paper(office, capital, chair):
    spending_rules(by=chair, alone_up_to=30_000)
    response = office.post("/ledger/post/", typed(BALANCED, post="1", paper=a_pdf()))
    payment = PaymentRequest.objects.get()
    assert response.url == reverse("treasury:request", args=[payment.pk])
    assert not Journal.objects.exists()
    assert (payment.amount, payment.channel) == (40_000, "cash")
    page = said(office.get(response.url))
    assert "5201" in page
    assert "40.000" in page
    _request, journal = services.confirm_payment(payment, on=MARCH, by=chair)
    assert (journal.number, journal.by, words_on(bytes(journal.paper.content))) == (
        "JU-2026-0001",
        payment.requested_by,
        "nota",
    )
    assert account_balance(Unit.UMUM, chart.OFFICE, as_of=MARCH) == 40_000


def test_entry_without_money_waits_too(books, chair, treasurer):
    spending_rules(by=chair, alone_up_to=30_000)
    lines = [debit(chart.DEPRECIATION, 40_000), credit(chart.ACCUMULATED_DEPRECIATION, 40_000)]
    waits = a_journal(lines, on=MARCH, by=treasurer)
    assert (type(waits), waits.channel) == (PaymentRequest, "nothing")


def test_pages_of_an_entry_by_hand(office, capital, treasurer):
    journal = a_journal(PAPER, memo="Kertas dan tinta", on=MARCH, by=treasurer)
    page = said(office.get(reverse("treasury:journal", args=[journal.pk])))
    assert "JU-2026-0001" in page
    assert reverse("treasury:reverse-journal", args=[journal.pk]) not in page  # not by who posted it
    paper = office.get(reverse("treasury:journal-paper", args=[journal.pk]))
    assert b"".join(paper)[:5] == b"%PDF-"
    entry = office.get(reverse("ledger:entry", args=[journal.entry_id]))
    assert entry.context["origin"] == reverse("treasury:journal", args=[journal.pk])


def test_reversal_is_by_somebody_else(client, capital, treasurer, chair):
    journal = a_journal(PAPER, on=MARCH, by=treasurer)
    with pytest.raises(TreasuryRefused, match="sendiri"):
        services.reverse_journal(journal, reason="salah akun", on=MARCH, by=treasurer)
    client.force_login(chair)
    address = reverse("treasury:reverse-journal", args=[journal.pk])
    assert "40.000" in said(client.get(address))
    client.post(address, {"on": "2026-03-13", "reason": "salah akun", "token": TOKEN})
    assert Entry.objects.get(reverses=journal.entry).memo == "Pembatalan journal:2026-0001: salah akun"
    assert "salah akun" in said(client.get(reverse("treasury:journal", args=[journal.pk])))
    assert_clean(MARCH)


@pytest.mark.parametrize(
    "change",
    [
        "amount = amount + 1",
        "paper_id = NULL, memo = 'lain'",
        "reversed_on = \"on\", reversed_by_id = by_id, reversal_reason = 'x'",
    ],
)
def test_database_keeps_an_entry_by_hand_as_it_was(capital, treasurer, change):
    a_journal(PAPER, on=MARCH, by=treasurer)
    with pytest.raises(DatabaseError), transaction.atomic():
        run(f"UPDATE treasury_journal SET {change}")
    with pytest.raises(DatabaseError), transaction.atomic():
        run("DELETE FROM treasury_journal")


# -- the page --------------------------------------------------------------------------------------------------------

TOKEN = "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a01"


def typed(lines, **more):
    facts = {"unit": "umum", "on": "2026-03-12", "memo": "Kertas", "token": TOKEN}
    facts |= {"lines-TOTAL_FORMS": str(len(lines)), "lines-INITIAL_FORMS": "0"}
    for index, (code, left, right) in enumerate(lines):
        facts |= {
            f"lines-{index}-code": code,
            f"lines-{index}-debit": left,
            f"lines-{index}-credit": right,
        }
    return facts | more


BALANCED = [(chart.OFFICE, "40.000", ""), (chart.CASH, "", "40.000"), ("", "", "")]


def test_page_writes_the_entry_once(office, capital):
    response = office.post("/ledger/post/", typed(BALANCED, post="1"))
    assert response.url == reverse("treasury:journal", args=[Journal.objects.get().pk])
    again = office.post("/ledger/post/", typed(BALANCED, post="1"))
    assert "Formulir ini sudah terkirim" in said(again)
    assert Journal.objects.count() == 1


def test_page_adds_up_without_posting(office, books):
    response = office.post("/ledger/post/", typed([*BALANCED[:1], (chart.CASH, "", "30.000")], sum="1"))
    assert "berselisih Rp 10.000" in said(response)
    assert not Entry.objects.exists()


def test_page_gives_more_lines_and_keeps_what_was_typed(office, books):
    response = office.post("/ledger/post/", typed(BALANCED, more="1"))
    assert len(response.context["lines"].forms) == 7
    assert 'value="40.000"' in said(response)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([(chart.OFFICE, "40.000", ""), (chart.CASH, "", "30.000")], "Debit dan kredit tidak sama."),
        ([(chart.OFFICE, "40.000", "")], "paling sedikit dua baris"),
        ([], "paling sedikit dua baris"),
        ([(chart.OFFICE, "40,5", ""), (chart.CASH, "", "30.000")], "rupiah bulat"),
        ([(chart.OFFICE, "-5", ""), (chart.CASH, "", "5")], "tidak boleh negatif"),
        ([(chart.OFFICE, "", ""), (chart.CASH, "", "5")], "Tulis jumlahnya"),
        ([("", "5", ""), (chart.CASH, "", "5")], "Pilih akunnya"),
        ([(chart.OFFICE, "5", "5"), (chart.CASH, "", "5")], "bukan keduanya"),
        ([(chart.CASH, "5", ""), (chart.VOLUNTARY_SAVINGS, "", "5")], "oleh bukunya sendiri"),
    ],
)
def test_page_says_what_is_wrong_and_writes_nothing(office, books, lines, sentence):
    response = office.post("/ledger/post/", typed(lines, post="1"))
    assert response.status_code == 200
    assert sentence in said(response)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("forms", ["x", "-1", "9999", ""])
def test_page_survives_a_tampered_number_of_lines(office, books, forms):
    response = office.post("/ledger/post/", typed(BALANCED, post="1") | {"lines-TOTAL_FORMS": forms, "more": "1"})
    assert response.status_code == 200
    assert not Entry.objects.exists()


def test_page_refuses_an_unknown_month_on_the_page(office, books):
    response = office.post("/ledger/post/", typed(BALANCED, post="1", on="2019-03-12"))
    assert "Belum ada pembukuan untuk Maret 2019" in said(response)
