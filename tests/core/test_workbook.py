import datetime
import itertools

import openpyxl
import pytest

from core.workbook import COMPUTED, Cell, Column, Formula, Named, Result, Section, Sheet, build

ON = datetime.date(2026, 11, 30)


def sheet(rows, **changes):
    facts = {"title": "Simpanan", "name": "savings", "heading": "Simpanan anggota", "lead": "Unit simpan pinjam"}
    columns = [Column("Nama"), Column("Tanggal", "date"), Column("Saldo", "rupiah", name="balance")]
    return Sheet(columns=columns, rows=rows, **facts | changes)


def opened(*sheets, values=True):
    return openpyxl.load_workbook(build(sheets, on=ON), data_only=values)


ROWS = [["Sri", ON, 50_000], ["Tono", None, 1_200_000]]


def test_sheet_has_titles_header_rows_and_total(settings):
    tab = opened(sheet(ROWS))["Simpanan"]
    found = [[cell for cell in row if cell is not None] for row in tab.iter_rows(values_only=True)]
    assert found == [
        [settings.COOPERATIVE_NAME],
        ["Simpanan anggota"],
        ["Unit simpan pinjam"],
        [],
        ["Nama", "Tanggal", "Saldo"],
        ["Sri", datetime.datetime(2026, 11, 30), 50_000],
        ["Tono", 1_200_000],
        ["Jumlah", 1_250_000],
    ]


def test_total_is_a_formula_that_carries_its_value():
    assert opened(sheet(ROWS), values=False)["Simpanan"]["C8"].value == "=SUM(C6:C7)"
    assert opened(sheet(ROWS))["Simpanan"]["C8"].value == 1_250_000


def test_sheet_without_rows_still_has_its_total():
    assert opened(sheet([]))["Simpanan"]["C6"].value == 0


def test_sheet_prints_on_a4_with_its_header_on_every_page():
    tab = opened(sheet(ROWS))["Simpanan"]
    assert (tab.page_setup.orientation, tab.page_setup.paperSize) == ("landscape", 9)
    assert (tab.print_title_rows, tab.freeze_panes) == ("$5:$5", "B6")
    assert (tab.page_setup.fitToWidth, tab.page_setup.fitToHeight) == (None, 0)


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-2", "@SUM(A1)", "http://example.com", "{=1}", "0812", "1.000"])
def test_text_stays_text(evil):
    cell = opened(sheet([[evil, None, 0]]), values=False)["Simpanan"]["A6"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (evil, "s", None)


def test_formula_reaches_into_another_sheet_and_carries_its_value():
    total = Cell("savings", "total", "balance")
    summary = Sheet(
        "Ringkasan",
        [Column("Uraian"), Column("Rp", "rupiah")],
        [["Simpanan", Formula([total])], ["Selisih", Formula([total], [Cell("savings", "sri", "balance")])]],
        name="summary",
        rank=1,
        totals=False,
    )
    rows = [Named("sri", ROWS[0]), ROWS[1]]
    formulas = opened(summary, sheet(rows), values=False)["Ringkasan"]
    values = opened(summary, sheet(rows))["Ringkasan"]
    assert [formulas["B5"].value, formulas["B6"].value] == ["='Simpanan'!C8", "='Simpanan'!C8-'Simpanan'!C6"]
    assert [values["B5"].value, values["B6"].value] == [1_250_000, 1_200_000]


def test_sections_end_in_sums_and_a_result():
    columns = [Column("Akun"), Column("Rp", "rupiah", name="amount")]
    rows = [
        Section("Pendapatan", [["Jasa", 700], ["Denda", 50]], "Jumlah pendapatan", "income"),
        Section("Beban", [["Rapat", 200]], "Jumlah beban", "expense"),
        Result("Sisa hasil usaha", "result", plus=["income"], minus=["expense"]),
    ]
    statement = Sheet("PHU", columns, rows, name="income", totals=False)
    values = list(opened(statement)["PHU"].iter_rows(min_row=5, values_only=True))
    assert values == [
        ("Pendapatan", None), ("Jasa", 700), ("Denda", 50), ("Jumlah pendapatan", 750),
        ("Beban", None), ("Rapat", 200), ("Jumlah beban", 200), ("Sisa hasil usaha", 550),
    ]  # fmt: skip
    assert opened(statement, values=False)["PHU"]["B12"].value == "='PHU'!B8-'PHU'!B11"


def test_rows_may_come_one_by_one():
    book = opened(sheet(itertools.chain([ROWS[0]], (row for row in ROWS[1:]))))
    assert book["Simpanan"].max_row == 8


def test_computed_columns_are_formulas_over_their_row_and_the_row_above():
    columns = [
        Column("Tanggal", "date"),
        Column("Masuk", "rupiah", name="in"),
        Column("Keluar", "rupiah", name="out"),
        Column("Selisih", "rupiah", plus=["in"], minus=["out"]),
        Column("Saldo", "rupiah", running=True, plus=["in"], minus=["out"]),
    ]
    rows = [[ON, 0, 0, COMPUTED, 500], [ON, 70, 0, COMPUTED, COMPUTED], [ON, 0, 20, COMPUTED, COMPUTED]]
    book = Sheet("Kas", columns, rows)
    formulas = list(opened(book, values=False)["Kas"].iter_rows(min_row=6, min_col=4, values_only=True))
    values = list(opened(book)["Kas"].iter_rows(min_row=6, min_col=4, values_only=True))
    assert formulas == [("=B6-C6", "=E5+B6-C6"), ("=B7-C7", "=E6+B7-C7"), ("=SUM(D5:D7)", None)]
    assert values == [(70, 570), (-20, 550), (50, None)]
