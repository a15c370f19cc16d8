"""The first day: a workbook of the old books becomes members, savings, loans, prices and balances, all or nothing.

Two members with 100,000 + 1,200,000 + 350,000 and 100,000 + 600,000 + 0 of savings, a loan with 1,500,000 left, so
own capital and savings are 2,350,000; against them 1,500,000 is lent and 850,000 lies in the cash box of usp.
"""

import contextlib
import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from core.permissions import Role
from kokkmas.importing import workbook
from ledger import chart
from ledger.models import Entry, Unit
from ledger.queries import account_balance
from loans import queries as loans
from loans.models import Loan
from members.models import Member
from pricing.models import PriceList
from savings import queries as savings
from tests.books import assert_clean
from tests.builders import a_user, savings_rules
from tests.loans.builders import loan_rules

ON = datetime.date(2025, 12, 31)

SHOP = ["Kulit Lestari", "sandal, tas"]

OLD_BOOKS = {
    "Anggota": [
        [1, "Sri Lestari", datetime.date(2019, 3, 12), "", "", "P", "0812-3456-7890", "MG I/11", "054", "013", *SHOP],
        [2, "Tono Raharjo", "14/08/2021", "", "", "L", "", "Keparakan Kidul", "", "", "", ""],
    ],
    "Simpanan": [[1, 100_000, 1_200_000, 350_000], [2, 100_000, "600.000", 0]],
    "Pinjaman": [[1, "modal", 1_500_000, 6, datetime.date(2026, 1, 12), "Bahan kulit"]],
    "Harga": [["SDL-01", "Sandal kulit pria", "pasang", 45_000]],
    "Saldo awal": [["usp", 1101, 850_000, ""], ["umum", "1101", 400_000, ""], ["umum", 3301, "", 400_000]],
}


@pytest.fixture
def board(db):
    chair, treasurer = a_user(Role.CHAIR), a_user(Role.TREASURER)
    a_user(Role.SECRETARY)
    savings_rules(by=chair, on=datetime.date(2025, 12, 1), principal=100_000, mandatory=20_000)
    loan_rules(by=chair, on=datetime.date(2025, 12, 1))
    return chair, treasurer


@pytest.fixture
def fill(tmp_path):
    """Writes a workbook from the template, with these rows in place of the old books' own."""

    def write(**sheets):
        path = tmp_path / "buku.xlsx"
        workbook.template(str(path))
        book = load_workbook(path)
        for name, rows in (OLD_BOOKS | sheets).items():
            book[name].delete_rows(2)
            for row in rows:
                book[name].append(row)
        book.save(path)
        return path

    return write


def run(path, *args):
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("import_books", str(path), "--on", "2025-12-31", "--format", "json", *args, stdout=out)
    return json.loads(out.getvalue())


def test_the_old_books_are_carried_over(board, fill):
    outcome = run(fill())
    assert outcome == {
        "rows": {"Anggota": 2, "Simpanan": 2, "Pinjaman": 1, "Harga": 1, "Saldo awal": 3},
        "refused": [],
        "kept": True,
    }
    sri, tono = Member.objects.order_by("number")
    assert (sri.name, sri.number, sri.entered_on) == ("Sri Lestari", 1, datetime.date(2019, 3, 12))
    assert set(sri.business.products) == {"sandals", "bags"}
    assert savings.balances(sri, as_of=ON).total == 1_650_000
    loan = Loan.objects.get()
    owed = loans.position(loan, as_of=ON)
    assert (loan.member, owed.principal, loan.rows.count()) == (sri, 1_500_000, 6)
    assert loan.rows.order_by("number").first().due_on == datetime.date(2026, 1, 12)
    assert account_balance(Unit.USP, chart.CASH, as_of=ON) == 850_000
    assert account_balance(Unit.USP, chart.OPENING_BALANCES, as_of=ON) == 0
    assert PriceList.objects.get().in_force_from is None, "the meeting puts the prices in force"
    assert_clean(datetime.date(2026, 1, 31))
    assert savings.balances(tono, as_of=ON).mandatory == 600_000


def test_what_was_saved_before_settles_the_months_before_and_none_after(board, fill):
    run(fill())
    sri = Member.objects.get(number=1)
    assert savings.mandatory_owed(sri, as_of=ON) == 0
    assert savings.mandatory_owed(sri, as_of=datetime.date(2026, 2, 20)) == 40_000, "January and February"


def test_a_trial_keeps_nothing(board, fill):
    outcome = run(fill(), "--dry-run")
    assert (outcome["refused"], outcome["kept"]) == ([], False)
    assert not Member.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        (
            {"Simpanan": [[1, 100_000, 1_200_000, 350_000], [7, 1, 1, 1]]},
            "Simpanan, baris 3: tidak ada anggota nomor 7",
        ),
        ({"Simpanan": [[1, "seratus", 0, 0]]}, "Simpanan, baris 2: Pokok: harus bilangan bulat"),
        (
            {"Anggota": [[2, "Tono", "14/08/2021"]]},
            "baris 2: nomor berikutnya di buku daftar anggota adalah 1",
        ),
        ({"Anggota": [[1, "Tono", "kemarin"]]}, "Anggota, baris 2: Masuk: harus tanggal"),
        ({"Anggota": [[1, "", "14/08/2021"]]}, "Anggota, baris 2: Nama kosong"),
        ({"Pinjaman": [[1, "emas", 1, 1, "2026-01-12", "x"]]}, "Pinjaman, baris 2: tidak ada jenis pinjaman itu"),
        ({"Harga": [["A", "Sandal", "gerobak", 1]]}, "Harga, baris 2: tidak ada satuan"),
        ({"Saldo awal": [["usp", "3102", "", 5]]}, "Saldo awal, baris 2: 3102 sudah diisi"),
        ({"Saldo awal": [["usp", "9999", 5, ""]]}, "Saldo awal, baris 2: tidak ada akun 9999"),
        ({"Saldo awal": [["usp", "1101", 850_001, ""]]}, "tidak seimbang: kurang Rp\u00a01 di sisi kredit"),
    ],
)
def test_one_row_that_is_refused_undoes_everything(board, fill, sheets, says):
    outcome = run(fill(**sheets))
    assert not outcome["kept"]
    assert any(says in sentence for sentence in outcome["refused"]), outcome["refused"]
    assert not Member.objects.exists()


def test_books_that_have_begun_are_left_alone(board, fill):
    path = fill()
    run(path)
    assert run(path)["refused"] == ["Buku ini sudah berisi anggota. Pindahkan ke buku yang masih kosong."]
    assert Member.objects.count() == 2


def test_a_file_that_is_no_workbook_and_one_without_a_sheet(board, fill, tmp_path):
    words = tmp_path / "buku.txt"
    words.write_text("bukan buku kerja")
    with pytest.raises(CommandError, match="tidak bisa dibuka sebagai buku kerja"):
        run(words)
    path = fill()
    book = load_workbook(path)
    del book["Pinjaman"]
    book.save(path)
    with pytest.raises(CommandError, match="Lembar “Pinjaman” tidak ada"):
        run(path)


def test_rules_and_officers_come_first(db, fill):
    with pytest.raises(CommandError, match="exactly one treasurer"):
        run(fill())


def test_a_product_whose_rules_are_not_in_force_yet(board, fill):
    outcome = run(fill(), "--on", "2025-11-30")
    assert any("belum punya aturan" in sentence for sentence in outcome["refused"]), outcome["refused"]
