import datetime
import io

import pytest
from openpyxl import load_workbook

from core.permissions import Role
from ledger import chart
from ledger.models import Period
from ledger.services import close_period, credit, debit, issue_receipt
from tests.builders import a_journal, a_user
from tests.ledger.builders import MARCH, a_member, a_post, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, treasurer):
    client.force_login(treasurer)
    return client


@pytest.fixture
def life(books, treasurer):
    """100.000 of other income in cash, 40.000 of them spent on paper; both on 12 March 2026."""
    a_post(treasurer)
    lines = [debit(chart.OFFICE, 40_000), credit(chart.CASH, 40_000)]
    return a_journal(lines, memo="Kertas dan tinta", on=MARCH, by=treasurer).entry


def said(response):
    return response.content.decode().replace("\u00a0", " ")


def test_accounts_shows_both_units(office, life):
    page = said(office.get("/ledger/?as_of=2026-03-12"))
    assert "1101 Kas" in page
    assert "60.000" in page


def test_account_shows_the_running_balance_newest_first(office, life):
    response = office.get(f"/ledger/accounts/{account(chart.CASH).pk}/?first=2026-01-01&last=2026-12-31")
    assert [(row.debit, row.credit, row.balance) for row in response.context["page"]] == [
        (0, 40_000, 60_000),
        (100_000, 0, 100_000),
    ]
    statement = response.context["statement"]
    assert (statement.opening, statement.closing) == (0, 60_000)


@pytest.mark.parametrize("asked", ["first=kemarin", "last=31/02/2026", "first=&last="])
def test_account_answers_a_day_that_makes_no_sense_with_the_usual(office, life, asked):
    assert office.get(f"/ledger/accounts/{account(chart.CASH).pk}/?{asked}").status_code == 200


def test_export_account_is_a_workbook_in_order(office, life):
    response = office.get(f"/ledger/accounts/{account(chart.CASH).pk}/export/?first=2026-01-01&last=2026-12-31")
    sheet = load_workbook(io.BytesIO(b"".join(response)), data_only=True).active
    balances = [row[6] for row in sheet.iter_rows(values_only=True) if isinstance(row[6], int)]
    assert balances == [100_000, 60_000]


def test_journal_filters_by_text_unit_and_days(office, life):
    def found(query):
        return [entry.memo for entry in office.get(f"/ledger/journal/?{query}").context["page"]]

    assert found("") == ["Kertas dan tinta", "Pendapatan Maret"]
    assert found("search=tinta") == ["Kertas dan tinta"]
    assert found("search=test:1") == ["Pendapatan Maret"]
    assert found("unit=usp") == []
    assert found("first=2026-03-13") == []


def test_journal_is_a_constant_number_of_queries(office, books, treasurer, django_assert_num_queries):
    for count in (1, 2):
        a_post(treasurer, reference=f"test:{count}")
        with django_assert_num_queries(6):
            office.get("/ledger/journal/")


def test_entry_shows_lines_and_who(office, life, treasurer):
    page = said(office.get(f"/ledger/entries/{life.pk}/"))
    assert "journal:2026-0001" in page
    assert treasurer.name in page


def test_trial_balance_adds_up_and_links(office, life):
    response = office.get("/ledger/trial-balance/?unit=umum&as_of=2026-03-12")
    assert (response.context["debit"], response.context["credit"]) == (100_000, 100_000)
    assert f"/ledger/accounts/{account(chart.CASH).pk}/?last=2026-03-12" in said(response)


def test_export_trial_balance_sums_with_formulas(office, life):
    response = office.get("/ledger/trial-balance/export/?unit=umum&as_of=2026-03-12")
    content = b"".join(response)
    last = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))[-1]
    values = list(load_workbook(io.BytesIO(content), data_only=True).active.iter_rows(values_only=True))[-1]
    assert last[2].startswith("=SUM(")
    assert values[2:] == (100_000, 100_000)


def test_income_statement_and_balance_sheet_agree(office, life):
    income = office.get("/ledger/income-statement/?unit=umum&first=2026-01-01&last=2026-03-31").context["statement"]
    assert (income.total_income, income.total_expenses, income.result) == (100_000, 40_000, 60_000)
    sheet = office.get("/ledger/balance-sheet/?unit=umum&as_of=2026-03-31").context["sheet"]
    assert (sheet.total_assets, sheet.total_liabilities_and_equity, sheet.result) == (60_000, 60_000, 60_000)


def test_close_shows_the_obstacle_then_closes(office, books, treasurer):
    january, february = Period.objects.filter(unit="umum").order_by("month")[:2]
    assert "Tutup Januari 2024 dahulu" in said(office.get(f"/ledger/periods/{february.pk}/close/"))
    token = {"token": "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a01"}
    assert office.post(f"/ledger/periods/{january.pk}/close/", token).status_code == 302
    january.refresh_from_db()
    assert january.closed_by == treasurer
    assert january.seal[:12] in said(office.get("/ledger/periods/"))


def test_open_year_opens_the_next(office, books):
    office.post("/ledger/periods/open-year/umum/", {"token": "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7a01"})
    assert Period.objects.filter(unit="umum", month__year=2028).count() == 12
    assert office.get("/ledger/periods/open-year/lain/").status_code == 404


# -- receipts and strangers ------------------------------------------------------------------------------------------


@pytest.fixture
def receipt(books, treasurer):
    member = a_member()
    member.user = a_user(Role.MEMBER, username="sumarni")
    member.save()
    return issue_receipt(
        a_post(treasurer), party="Sumarni", member=member, purpose="Iuran", amount=100_000, direction="in", by=treasurer
    )


def test_receipt_is_open_to_its_member_and_to_no_other(client, receipt):
    client.force_login(receipt.member.user)
    assert "seratus ribu rupiah" in said(client.get(f"/ledger/receipts/{receipt.pk}/"))
    paper = client.get(f"/ledger/receipts/{receipt.pk}/paper/")
    assert b"".join(paper)[:5] == b"%PDF-"
    client.force_login(a_user(Role.MEMBER, username="lain"))
    assert client.get(f"/ledger/receipts/{receipt.pk}/").status_code == 404
    assert client.get(f"/ledger/receipts/{receipt.pk}/paper/").status_code == 404


def test_receipts_lists_and_searches(office, receipt):
    assert "KW-2026-0001" in said(office.get("/ledger/receipts/?search=sumar"))
    assert "Tidak ada kuitansi" in said(office.get("/ledger/receipts/?direction=out"))


READ = ["", "journal/", "trial-balance/", "income-statement/", "balance-sheet/", "periods/", "receipts/"]


@pytest.mark.parametrize("path", READ)
def test_books_are_closed_to_members_and_open_to_the_supervisor(client, supervisor, books, path):
    client.force_login(supervisor)
    assert client.get(f"/ledger/{path}").status_code == 200
    client.force_login(a_user(Role.MEMBER))
    assert client.get(f"/ledger/{path}").status_code == 403


def test_supervisor_writes_nothing(client, supervisor, life):
    client.force_login(supervisor)
    period = Period.objects.filter(closed_on=None).first()
    for path in ("post/", f"periods/{period.pk}/close/", "periods/open-year/usp/"):
        assert client.post(f"/ledger/{path}").status_code == 403


def test_closed_month_stays_on_the_list(office, books, treasurer):
    close_period(Period.objects.get(unit="usp", month=datetime.date(2024, 1, 1)), on=MARCH, by=treasurer)
    assert "ditutup" in said(office.get("/ledger/periods/"))
