"""Figures that were wrong once: turnovers with reversals in them, and term savings that no report knew."""

import datetime

import openpyxl
import pytest
from django.urls import reverse

from governance.services import put_in_force
from ledger import services as ledger
from ledger.chart import CASH, GRANTS, SOLIDARITY, TERM_SAVINGS
from ledger.models import Period, Unit
from ledger.queries import account_balance, cash_book, movements
from ledger.services import close_period
from members.models import Member
from reports import queries
from reports.papers.workbook import workbook
from reports.queries.year import Year
from reports.summary import figures, summary
from savings import services as savings
from savings.models import TermSavingsRules
from tests.builders import a_decision, capital
from tests.reports.conftest import day, post

pytestmark = pytest.mark.django_db
LAST = day("2026-11-30")


def lines(first):
    return {line.key: line for group in summary(queries.month(first)) for line in group.lines}


@pytest.fixture
def mistake(november, treasurer, chair):
    """A visit of 15,000 typed with a zero too many, and undone on the same day: nothing was spent."""
    before = lines(november)
    wrong = post("umum", "2026-11-16", "Kunjungan", {SOLIDARITY: 15_000, CASH: -15_000}, by=treasurer)
    ledger.reverse(wrong, on=day("2026-11-16"), reason="salah ketik", by=chair)
    return before


def test_a_mistake_and_its_reversal_are_no_turnover(mistake, november):
    after = lines(november)
    for key in ("cash_in", "cash_out", "cash_closing", "expenses_month", "result_month"):
        assert (key, after[key].umum) == (key, mistake[key].umum)
    moved = {row.code: row for row in movements(Unit.UMUM, first=november, last=LAST)}
    assert (moved[SOLIDARITY].debit, moved[SOLIDARITY].credit) == (0, 0)


def test_the_cash_book_shows_both_and_sums_what_was_paid(mistake, november):
    book = cash_book(Unit.UMUM, first=november, last=LAST)
    assert [row.paid for row in book.rows if row.memo.startswith(("Kunjungan", "Pembatalan"))] == [15_000, -15_000]
    assert book.closing == account_balance(Unit.UMUM, CASH, as_of=LAST) + account_balance(Unit.UMUM, "1102", as_of=LAST)
    assert book.rows[-1].balance == book.closing


def test_the_workbook_agrees_with_itself_after_a_mistake(mistake, november):
    book = openpyxl.load_workbook(workbook(queries.month(november)), data_only=True)
    trial = {row[0]: row for row in book["Neraca saldo Umum"].iter_rows(values_only=True)}
    assert trial.get(SOLIDARITY) is None or trial[SOLIDARITY][4:6] == (0, 0)
    summed = {row[0]: row[1:] for row in book["Ringkasan"].iter_rows(values_only=True)}
    assert summed["Buku kas dikurangi kas dan bank di neraca saldo"][:2] == (0, 0)


def test_a_reversal_in_a_closed_month_and_one_in_a_later_month(november, treasurer, chair):
    wrong = post("umum", "2026-11-16", "Kunjungan", {SOLIDARITY: 15_000, CASH: -15_000}, by=treasurer)
    right = post("umum", "2026-11-17", "Kunjungan lain", {SOLIDARITY: 10_000, CASH: -10_000}, by=treasurer)
    ledger.reverse(wrong, on=day("2026-11-18"), reason="salah ketik", by=chair)
    ledger.reverse(right, on=day("2026-12-01"), reason="salah akun", by=chair)
    span = {"first": november, "last": day("2026-12-31")}

    def turnover(**span):
        [row] = [row for row in movements(Unit.UMUM, **span) if row.code == SOLIDARITY]
        return row.debit, row.credit

    expected = {"november": (10_000, 0), "december": (-10_000, 0), "both": (0, 0)}

    def found():
        return {
            "november": turnover(first=november, last=LAST),
            "december": turnover(first=day("2026-12-01"), last=day("2026-12-31")),
            "both": turnover(**span),
        }

    assert found() == expected
    for period in Period.objects.filter(unit=Unit.UMUM, month__lte=november).order_by("month"):
        close_period(period, on=day("2026-12-31"), by=treasurer)
    assert found() == expected  # the same from the snapshot of the closed month


def test_savings_that_were_reversed_did_not_come_in(november, treasurer, chair):
    sri = Member.objects.get(name="Sri Lestari")
    wrong = savings.deposit(sri, kind="voluntary", amount=900_000, on=day("2026-11-16"), by=treasurer)
    savings.reverse(wrong, on=day("2026-11-17"), reason="salah ketik", by=chair)
    [row] = [row for row in queries.month(november).savings if row.id == sri.pk]
    assert (row.voluntary_in, row.voluntary_out) == (500_000, 150_000)


def test_own_capital_and_cash_flows_leave_a_mistake_out(november, treasurer, chair):
    wrong = post("usp", "2026-11-16", "Hibah", {CASH: 800_000, GRANTS: -800_000}, by=treasurer)
    ledger.reverse(wrong, on=day("2026-11-17"), reason="salah unit", by=chair)
    year = Year(2026)
    assert [row for row in year.equity_changes if row.name.startswith("Hibah") and (row.added or row.taken)] == []
    assert [flow for flow in year.cash_flows if flow.name.startswith("Hibah")] == []


# -- term savings ----------------------------------------------------------------------------------------------------


@pytest.fixture
def term(november, treasurer, chair):
    sri, on = Member.objects.get(name="Sri Lestari"), day("2026-11-16")
    put_in_force(
        TermSavingsRules, in_force_from=day("2026-01-12"), by=chair, on=day("2026-01-12"), months=6, rate_bp=600,
        decided_in=a_decision(by=chair, on=day("2026-01-12"), number="BERJANGKA"),
    )  # fmt: skip
    savings.open_term_deposit(sri, months=6, amount=7_500_000, channel="cash", renewal="pay_out", on=on, by=treasurer)
    return sri


def test_term_savings_stand_in_the_monthly_report(term, november):
    month = queries.month(november)
    assert lines(november)["savings_term"].usp == 7_500_000
    [row] = [row for row in month.savings if row.id == term.pk]
    assert (row.term_opening, row.term_in, row.term_out) == (0, 7_500_000, 0)
    saved = {figure.key: figure for figure in figures(month, queries.course(november))}["savings"]
    assert saved.value == saved.trend[-1] == 8_090_000  # the home page counts term savings too


def test_term_savings_stand_in_the_workbook(term, november):
    book = openpyxl.load_workbook(workbook(queries.month(november)), data_only=True)
    total = list(book["Simpanan"].iter_rows(values_only=True))[-1]
    assert total[-1] == 8_090_000
    summed = {row[0]: row[1:] for row in book["Ringkasan"].iter_rows(values_only=True)}
    assert summed["Simpanan berjangka"][0] == 7_500_000
    assert summed["Simpanan per anggota dikurangi neraca saldo: berjangka"][0] == 0
    assert account_balance(Unit.USP, TERM_SAVINGS, as_of=LAST) == 7_500_000


def test_monthly_page_leads_to_the_term_deposits(term, november, client, treasurer):
    client.force_login(treasurer)
    page = client.get(reverse("reports:monthly"), {"month": "2026-11"}).content.decode()
    assert reverse("savings:term-deposits") in page


# -- the annual page -------------------------------------------------------------------------------------------------


def test_note_of_the_members_stands_under_the_members_only(november, client, treasurer):
    capital(on=datetime.date(2025, 12, 31))
    client.force_login(treasurer)
    page = client.get(reverse("reports:annual"), {"year": 2025}).content.decode()
    assert page.count("masuk, 0 keluar") == 1
