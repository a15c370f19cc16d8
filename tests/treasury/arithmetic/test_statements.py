"""Statements of three Indonesian banks (made for these tests), MT940 and OFX, and files that are none."""

import contextlib
import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.arithmetic.statements import ParsedStatement, StatementError, StatementLine, in_rupiah, read
from treasury.arithmetic.statements.csv_file import PRESETS, Mapping

BCA = """No. rekening : 0371234567
Nama : KOPERASI CONTOH
Periode : 01/10/2026 - 31/10/2026

Tanggal,Keterangan,Cabang,Jumlah,Saldo
'01/10/2026,TRSF E-BANKING CR SRI LESTARI,'0000,"250,000.00 CR","5,250,000.00"
'03/10/2026,BIAYA ADM,'0371,"15,000.00 DB","5,235,000.00"
'31/10/2026,BUNGA,'0000,"1,234.56 CR","5,236,234.56"

Saldo Awal : 5000000.00
Saldo Akhir : 5236234.56
"""
BRI = """NO REKENING;0012-01-000123-50-4
Tanggal Transaksi;Uraian Transaksi;Teller;Debet;Kredit;Saldo
01/10/26;SETORAN;888;0,00;1.500.000,00;2.500.000,00
02/10/26;ADM;;2.500,00;0,00;2.497.500,00
"""
MANDIRI = """Account No,1370099887766
Date,Transaction Description,Remark,Reference No.,Debit,Credit,Balance
05/10/2026,Biaya,ADM,,"15,000.00",0.00,"1,235,000.00"
02/10/2026,Transfer,SRI LESTARI,REF123,0.00,"250,000.00","1,250,000.00"
"""
MT940 = """:20:STMT
:25:1370099887766
:28C:1/1
:60F:C261001IDR1000000,00
:61:2610021002C250000,00NTRFANGSURAN//REF123
:86:SRI LESTARI PJ-2026-0003
:61:2610051005D15000,00NCHGADM
:86:BIAYA ADM
:62F:C261031IDR1235000,00
"""
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261101<LANGUAGE>ENG</SONRS>
</SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>IDR
<BANKACCTFROM><BANKID>014<ACCTID>0371234567<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261001<DTEND>20261031
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261002<TRNAMT>250000.00<FITID>A1<NAME>SRI LESTARI</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>1250000.00<DTASOF>20261031</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def day(number):
    return datetime.date(2026, 10, number)


def line(number, amount, text="", reference=""):
    return StatementLine(day(number), Decimal(amount), text, reference)


def test_bca_signs_stand_behind_the_amounts_and_days_behind_an_apostrophe():
    assert read(BCA.encode(), PRESETS["bca"]) == ParsedStatement(
        (
            line(1, "250000.00", "TRSF E-BANKING CR SRI LESTARI"),
            line(3, "-15000.00", "BIAYA ADM"),
            line(31, "1234.56", "BUNGA"),
        ),
        "0371234567",
        Decimal("5000000.00"),
        Decimal("5236234.56"),
        day(1),
        day(31),
    )


def test_bri_has_two_columns_and_a_comma_before_the_sen():
    found = read(BRI.encode(), PRESETS["bri"])
    assert found.lines == (line(1, "1500000.00", "SETORAN", "888"), line(2, "-2500.00", "ADM"))
    assert (found.account_number, found.opening, found.closing) == ("001201000123504", 1_000_000, 2_497_500)


def test_mandiri_tells_the_newest_first():
    found = read(MANDIRI.encode(), PRESETS["mandiri"])
    assert [(each.on, each.amount) for each in found.lines] == [(day(2), 250_000), (day(5), -15_000)]
    assert (found.opening, found.closing, found.lines[0].text) == (1_000_000, 1_235_000, "Transfer SRI LESTARI")


def test_mt940():
    found = read(MT940.encode(), PRESETS["bca"])
    assert [(each.on, each.amount, each.reference) for each in found.lines] == [
        (day(2), 250_000, "ANGSURAN"),
        (day(5), -15_000, "ADM"),
    ]
    assert (found.account_number, found.opening, found.closing) == ("1370099887766", 1_000_000, 1_235_000)
    assert "PJ-2026-0003" in found.lines[0].text


def test_ofx_opening_balance_is_worked_out():
    found = read(OFX.encode(), PRESETS["bca"])
    assert found.lines == (line(2, "250000.00", "SRI LESTARI", "A1"),)
    assert (found.account_number, found.opening, found.closing) == ("0371234567", 1_000_000, 1_250_000)


def test_old_windows_file_is_read_too():
    text = "Tanggal,Keterangan,Jumlah\n01/10/2026,Café – tunai,5000\n"
    assert read(text.encode("cp1252"), PRESETS["bca"]).lines[0].text == "Café – tunai"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tanggal, Keterangan, Jumlah"),
        (b"\x00\x01", "CSV"),
        (b"PK\x03\x04\x00\x00", "CSV"),
        (b":20:x\n:61:zz\n", "MT940"),
        (b"<OFX><bad", "OFX"),
        (b"<?xml version='1.0'?><x/>", "OFX"),
        (b"Tanggal,Keterangan,Jumlah\n32/13/2026,x,5\n", "32/13/2026"),
        (b"Tanggal,Keterangan,Jumlah\n01/10/2026,x,1.2.3\n", "1.2.3"),
        (b'Tanggal,Keterangan,Jumlah\n01/10/2026,x,"1.250.000,00"\n', "1.250.000,00"),
        (b"Tanggal,Keterangan,Jumlah\n01/10/2026,x,5 XX\n", "XX"),
        (b"Tanggal,Keterangan,Jumlah\n", ""),
        (BCA.replace("15,000.00 DB", "16,000.00 DB").encode(), "7"),
        (BCA.replace("Saldo Awal : 5000000.00", "Saldo Awal : 4000000.00").encode(), "6"),
        (BCA.replace("Saldo Akhir : 5236234.56", "Saldo Akhir : 5236235.56").encode(), "5236236"),
        (MT940.replace(":25:", ":25:9\n:25:").encode(), ""),
    ],
)
def test_what_is_no_statement_gets_a_sentence(content, said):
    with pytest.raises(StatementError) as refusal:
        read(content, PRESETS["bca"])
    assert said in str(refusal.value)


def test_line_that_is_there_twice_is_named():
    line = '\'03/10/2026,BIAYA ADM,\'0371,"15,000.00 DB","5,235,000.00"\n'
    with pytest.raises(StatementError, match="8"):
        read(BCA.replace(line, line * 2).encode(), PRESETS["bca"])


def test_without_balances_the_reference_tells_a_line_twice_and_equal_lines_without_one_are_two():
    mapping = Mapping(date="Tanggal", text=("Keterangan",), amount="Jumlah", reference="Ref")
    file = "Tanggal,Keterangan,Jumlah,Ref\n01/10/2026,x,5000,{0}\n01/10/2026,x,5000,{0}\n"
    with pytest.raises(StatementError):
        read(file.format("A1").encode(), mapping)
    assert len(read(file.format("").encode(), mapping).lines) == 2


def test_period_of_the_file_is_kept_where_nothing_moved_on_its_last_days():
    quiet = BCA.replace('\'31/10/2026,BUNGA,\'0000,"1,234.56 CR","5,236,234.56"\n', "")
    found = read(quiet.replace("5236234.56", "5235000.00").encode(), PRESETS["bca"])
    assert (found.first, found.last, found.lines[-1].on) == (day(1), day(31), day(3))


def test_excels_unicode_text_is_read_too():
    assert read(BCA.encode("utf-16"), PRESETS["bca"]) == read(BCA.encode(), PRESETS["bca"])


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(StatementError):
        assert read(content, PRESETS["bri"]).closing is not None


@pytest.mark.parametrize("name", PRESETS)
def test_mapping_is_kept_as_json(name):
    assert Mapping.from_json(PRESETS[name].to_json()) == PRESETS[name]


@pytest.mark.parametrize(("amount", "whole"), [("0.49", 0), ("0.50", 1), ("-0.50", -1), ("1234.56", 1235)])
def test_sen_are_rounded_half_up(amount, whole):
    assert in_rupiah(Decimal(amount)) == whole
