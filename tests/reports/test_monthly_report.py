import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests.reports.conftest import run_around_the_guards


def test_monthly_report_writes_workbook_and_paper(november, tmp_path):
    out = io.StringIO()
    call_command("monthly_report", "2026-11", "--out", str(tmp_path / "new" / "folder"), stdout=out)
    paths = [tmp_path / "new" / "folder" / f"laporan-2026-11.{ending}" for ending in ("xlsx", "pdf")]
    assert out.getvalue().split() == [str(path) for path in paths]
    assert openpyxl.load_workbook(paths[0]).sheetnames[0] == "Ringkasan"
    assert "Laporan bulan November 2026" in PdfReader(paths[1]).pages[0].extract_text()


def test_monthly_report_of_a_month_without_books_is_refused(november, tmp_path):
    with pytest.raises(CommandError, match="no books for 1999-01"):
        call_command("monthly_report", "1999-01", "--out", str(tmp_path))


def test_monthly_report_writes_all_the_same_but_fails_where_books_do_not_agree(november, tmp_path):
    run_around_the_guards("UPDATE ledger_line SET debit = debit + 1 WHERE id = (SELECT min(id) FROM ledger_line)")
    with pytest.raises(CommandError, match="entries_balanced"):
        call_command("monthly_report", "2026-11", "--out", str(tmp_path), stdout=io.StringIO())
    text = PdfReader(tmp_path / "laporan-2026-11.pdf").pages[0].extract_text()
    assert "pemeriksaan pembukuan tidak lolos" in text.replace("\n", " ")
