"""The workbook says what the ledger says."""

import datetime
import shutil
import subprocess

import openpyxl
import pytest

from ledger.queries import trial_balance
from orders.models import Settlement
from orders.services import pay_out
from reports import queries
from reports.papers.workbook import workbook


@pytest.fixture
def made(november):
    return workbook(queries.month(november))


def rows(book, tab, first=1):
    """What stands on a sheet, row by row, without empty cells and rows."""
    found = ([cell for cell in row if cell not in (None, "")] for row in book[tab].iter_rows(first, values_only=True))
    return [row for row in found if row]


def labelled(book, tab, width=2):
    """The figures of a sheet by what stands before them."""
    return {tuple(row[:width]): row[width:] for row in rows(book, tab)}


def test_workbook_has_a_sheet_for_every_book(made):
    assert openpyxl.load_workbook(made).sheetnames == [
        "Ringkasan", "Neraca saldo USP", "Neraca saldo Umum", "Posisi keuangan", "Hasil usaha",
        "Buku kas USP", "Buku kas Umum", "Simpanan", "Pinjaman dan tunggakan", "Iuran", "Pesanan lebih",
    ]  # fmt: skip


def test_trial_balance_shows_opening_month_and_closing(made):
    usp = labelled(openpyxl.load_workbook(made, data_only=True), "Neraca saldo USP")
    assert usp["1101", "Kas"] == [150_000, 0, 726_000, 542_000, 334_000, 0]
    assert usp["1201", "Piutang pinjaman anggota"] == [0, 0, 400_000, 100_000, 300_000, 0]
    assert usp["3101", "Simpanan pokok"] == [0, 100_000, 0, 100_000, 0, 200_000]


@pytest.mark.parametrize("unit", ["usp", "umum"])
def test_trial_balance_totals_equal_the_ledger(made, november, unit):
    ledger = trial_balance(unit, as_of=november.replace(day=30))
    tab = {"usp": "Neraca saldo USP", "umum": "Neraca saldo Umum"}[unit]
    total = rows(openpyxl.load_workbook(made, data_only=True), tab)[-1]
    assert total[0] == "Jumlah"
    assert total[-2:] == [sum(row.debit for row in ledger), sum(row.credit for row in ledger)]
    assert total[-2] == total[-1]


def test_financial_position_balances_with_the_result_of_both_years(made):
    position = rows(openpyxl.load_workbook(made, data_only=True), "Posisi keuangan", first=5)
    assert position == [
        ["Kode", "Akun", "USP", "Umum", "Gabungan"],
        ["Aset"],
        ["1101", "Kas", 334_000, 202_000, 536_000],
        ["1102", "Bank", 0, 25_000, 25_000],
        ["1201", "Piutang pinjaman anggota", 300_000, 0, 300_000],
        ["Jumlah aset", 634_000, 227_000, 861_000],
        ["Kewajiban"],
        ["2101", "Simpanan sukarela", 350_000, 0, 350_000],
        ["2401", "Utang kepada perajin", 0, 162_000, 162_000],
        ["Jumlah kewajiban", 350_000, 162_000, 512_000],
        ["Modal sendiri"],
        ["3101", "Simpanan pokok", 200_000, 0, 200_000],
        ["3102", "Simpanan wajib", 40_000, 0, 40_000],
        ["SHU tahun-tahun lalu", 30_000, 0, 30_000],
        ["SHU tahun berjalan", 14_000, 65_000, 79_000],
        ["Jumlah modal sendiri", 284_000, 65_000, 349_000],
        ["Kewajiban dan modal sendiri", 634_000, 227_000, 861_000],
    ]


def test_income_statement_has_the_month_and_the_year(made):
    statement = labelled(openpyxl.load_workbook(made, data_only=True), "Hasil usaha", width=1)
    assert statement["Jumlah pendapatan",] == [14_000, 14_000, 50_000, 80_000, 64_000, 94_000]
    assert statement["Jumlah beban",] == [0, 0, 15_000, 15_000, 15_000, 15_000]
    assert statement["SHU sebelum dibagi",] == [14_000, 14_000, 35_000, 65_000, 49_000, 79_000]


def test_cash_book_runs_from_opening_to_closing_with_its_receipts(made):
    book = rows(openpyxl.load_workbook(made, data_only=True), "Buku kas USP", first=5)
    assert [row[-1] for row in book[1:-1]] == [150_000, 270_000, 770_000, 620_000, 228_000, 334_000]
    assert book[3][1:] == ["KW-2026-0003", "Setoran simpanan sukarela: Sri Lestari (1)", "Kas", 500_000, 0, 770_000]
    assert book[-1] == ["Jumlah", 726_000, 542_000]


def test_savings_per_member_run_from_opening_to_closing(made):
    savings = labelled(openpyxl.load_workbook(made, data_only=True), "Simpanan")
    assert savings[1, "Sri Lestari"] == [
        100_000, 0, 0, 100_000, 20_000, 0, 0, 20_000, 0, 500_000, 150_000, 350_000, 0, 0, 0, 0, 470_000,
    ]  # fmt: skip
    assert savings[2, "Tono Raharjo"] == [0, 100_000, 0, 100_000, 0, 20_000, 0, 20_000, 0, 0, 0, 0, 0, 0, 0, 0, 120_000]


def test_loans_run_from_opening_to_closing_with_what_was_earned(made):
    loans = rows(openpyxl.load_workbook(made, data_only=True), "Pinjaman dan tunggakan", first=6)
    fees = [6_000, 0, 0, 0]
    assert loans == [
        [
            "PJ-2026-0001",
            "Tono Raharjo",
            datetime.datetime(2026, 11, 15),
            *[400_000, 0, 400_000, 0, 100_000, 0, 300_000],
            *fees,
        ],
        ["Jumlah", 0, 400_000, 0, 100_000, 0, 300_000, *fees],
    ]


def test_loans_sheet_shows_what_is_overdue_and_since_when(november):
    """The second instalment of 100,000 and 6,000 was due on 15 January; on the 31st it is 16 days late."""
    january = workbook(queries.month(november.replace(year=2027, month=1)))
    [loan, _total] = rows(openpyxl.load_workbook(january, data_only=True), "Pinjaman dan tunggakan", first=6)
    assert loan[-4:] == [100_000, 6_000, datetime.datetime(2027, 1, 15), 16]


def test_dues_per_member_show_what_came_in_and_what_is_owed(made):
    dues = rows(openpyxl.load_workbook(made, data_only=True), "Iuran", first=6)
    assert dues == [
        [1, "Sri Lestari", 25_000, 0, 25_000, 0],
        [2, "Tono Raharjo", 25_000, 0, 25_000, 0],
        ["Jumlah", 50_000, 0, 50_000, 0],
    ]


def test_surplus_work_shows_goods_and_money(made):
    [work, total] = rows(openpyxl.load_workbook(made, data_only=True), "Pesanan lebih", first=6)
    assert work[1:4] == ["Sandal kulit", "Sri Lestari", "Tono Raharjo"]
    assert work[7:] == [20, 20, 18, 2, 9_000, 162_000, 0, 162_000, 0]
    assert total == ["Jumlah", 162_000, 0, 162_000, 0]


def test_unfinished_surplus_work_stays_on_the_sheet_and_finished_work_leaves(november, treasurer):
    december = november.replace(month=12)
    [work] = queries.month(december).surplus
    assert (work.paid_in, work.paid_out) == (162_000, 0)
    pay_out(Settlement.objects.get(), on=december, by=treasurer)
    assert [row.paid_out for row in queries.month(december).surplus] == [162_000]
    assert queries.month(december.replace(year=2027, month=1)).surplus == []


def test_summary_repeats_the_books_and_every_difference_is_zero(made):
    book = openpyxl.load_workbook(made, data_only=True)
    summary = labelled(book, "Ringkasan", width=1)
    assert summary["Saldo akhir",] == [334_000, 227_000, 561_000]
    assert summary["Aset",] == [634_000, 227_000, 861_000]
    assert summary["SHU sejak Januari",] == [14_000, 65_000, 79_000]
    assert summary["Simpanan sukarela",] == [350_000, 350_000]
    lines = rows(book, "Ringkasan")
    checks = lines[lines.index(["Pemeriksaan: setiap selisih harus 0"]) + 1 : -1]
    assert len(checks) >= 6
    assert {cell for check in checks for cell in check[1:]} == {0}


def test_summary_is_made_of_formulas_over_the_other_sheets(made):
    tab = openpyxl.load_workbook(made)["Ringkasan"]
    formulas = {row[0].value: row[1].value for row in tab.iter_rows()}
    assert formulas["Aset"] == "='Posisi keuangan'!C10"
    assert [label for label, value in formulas.items() if isinstance(value, int)] == []


def test_month_costs_the_same_questions_whatever_stands_in_it(november, books, django_assert_num_queries):
    with django_assert_num_queries(18):
        queries.month(november)
    with django_assert_num_queries(18):
        queries.month(november.replace(year=2024))


def recalculated(made, folder):
    """The workbook after LibreOffice has worked its formulas out anew."""
    (folder / "report.xlsx").write_bytes(made.getvalue())
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "out"]
    subprocess.run([*command, "report.xlsx"], cwd=folder, check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(folder / "out" / "report.xlsx", data_only=True)


def test_workbook_recalculates_in_libreoffice_to_the_same_figures(made, tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed: the workbook was NOT recalculated")
    ours = openpyxl.load_workbook(made, data_only=True)
    theirs = recalculated(made, tmp_path)
    for tab in ours.sheetnames:
        assert rows(theirs, tab) == rows(ours, tab)
