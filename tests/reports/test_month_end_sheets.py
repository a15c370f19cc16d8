"""Classes, provision, interest and tax in the monthly workbook, equal to the books.

Tono owes 300,000 of the loan of November and pays nothing more: due on 15 January 2027, on 30 April 105 days late.
By the days scheme that is substandard, 10 % = 30,000. Sri's savings earn 4,000 and Tono's 250,000, of which 25,000 is
tax; posted here by hand, whatever the rules of saving may say.
"""

import datetime
import shutil

import openpyxl
import pytest

from ledger import chart
from ledger.services import credit, debit, post_entry
from loans import services as loans
from members.models import Member
from reports import queries
from reports.papers.month import paper
from reports.papers.workbook import workbook
from reports.summary import summary
from tests.loans.builders import class_rules
from tests.reports.test_monthly_workbook import labelled, recalculated, rows

APRIL, END = datetime.date(2027, 4, 1), datetime.date(2027, 4, 30)


def give_interest(name, gross, tax, *, by):
    member = Member.objects.get(name=name)
    lines = [debit(chart.SAVINGS_INTEREST, gross, member=member)]
    lines += [credit(chart.TAX_PAYABLE, tax, member=member)] if tax else []
    lines += [credit(chart.MEMBER_RECEIVABLES, gross - tax, member=member)]
    post_entry(unit="usp", on=END, reference=f"jasa:{name}", memo="Jasa simpanan", lines=lines, by=by)


@pytest.fixture
def april(november, treasurer, chair):
    class_rules(by=chair, scheme="days", on=datetime.date(2026, 1, 12))
    give_interest("Sri Lestari", 4_000, 0, by=treasurer)
    give_interest("Tono Raharjo", 250_000, 25_000, by=treasurer)
    loans.post_provision(APRIL, on=END, by=treasurer)
    return queries.month(APRIL)


def opened(month):
    return openpyxl.load_workbook(workbook(month), data_only=True)


def test_classes_and_what_is_set_aside(april):
    found = rows(opened(april), "Golongan pinjaman", first=6)
    assert found == [
        [
            *["PJ-2026-0001", "Tono Raharjo", "kurang lancar", datetime.datetime(2027, 1, 15), 105],
            *[300_000, 300_000, 0, 30_000],
        ],
        ["Jumlah", 300_000, 300_000, 0, 30_000],
    ]


def test_interest_and_tax_per_member(april):
    found = labelled(opened(april), "Jasa dan pajak", width=2)
    assert found[1, "Sri Lestari"] == [4_000, 0, 4_000]
    assert found[2, "Tono Raharjo"] == [250_000, 25_000, 225_000]
    assert rows(opened(april), "Jasa dan pajak")[-1] == ["Jumlah", 254_000, 25_000, 229_000]


def test_the_summary_has_the_figures_and_every_check_is_nothing(april):
    lines = rows(opened(april), "Ringkasan")
    figures = {line[0]: line[1] for line in lines if len(line) > 1}
    assert figures["Pokok bermasalah"] == 300_000
    assert figures["Perlu dicadangkan"] == 30_000
    assert figures["Jasa simpanan bulan ini"] == 254_000
    assert figures["Pajak yang dipotong"] == 25_000
    checks = lines[lines.index(["Pemeriksaan: setiap selisih harus 0"]) + 1 : -1]
    assert {cell for check in checks for cell in check[1:]} == {0}
    assert len(checks) >= 9


def test_before_the_run_the_allowance_is_not_compared(november, chair):
    class_rules(by=chair, scheme="days", on=datetime.date(2026, 1, 12))
    month = queries.month(APRIL)
    assert not month.is_provided
    labels = [line[0] for line in rows(opened(month), "Ringkasan")]
    assert "Golongan pinjaman dikurangi pinjaman per anggota" in labels
    assert not [label for label in labels if "cadangan di neraca" in str(label)]


def test_the_paper_shows_the_same_lines(april):
    labels = [line.label for group in summary(april) for line in group.lines]
    assert {"Pokok bermasalah", "Perlu dicadangkan", "Jasa simpanan bulan ini", "Pajak yang dipotong"} <= set(labels)
    assert paper(april, signatories=[("Bendahara", "Tono")], failed_checks=0).startswith(b"%PDF")


def test_the_sheets_recalculate_in_libreoffice(april, tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed: the workbook was NOT recalculated")
    made = workbook(april)
    ours = openpyxl.load_workbook(made, data_only=True)
    theirs = recalculated(made, tmp_path)
    for tab in ours.sheetnames:
        assert rows(theirs, tab) == rows(ours, tab)
