"""A month closes with its cash counted and three banks reconciled: what is missing keeps it open, in sentences.

January 2024, in rupiah.

    general unit   BCA     grant 5,000,000, electricity −150,000, to BRI −1,000,000, to the savings unit −500,000,
                           fee −15,000 that only the bank knows                                    = 3,335,000
                   BRI     from BCA 1,000,000; stationery −200,000 of the 31st, which the bank moves on 2 February
                           books 800,000, bank 1,000,000
                   cash    1,000,000 in the books, 998,000 in the box
    savings unit   Mandiri 500,000
"""

import datetime

import pytest
from django.urls import reverse

from kokkmas.month_end import closing
from kokkmas.month_end.closing import NotReconciled
from ledger import chart
from ledger.channels import Channel, Way
from ledger.models import Period, Unit
from ledger.queries import account_balance
from tests.books import assert_clean
from tests.builders import a_decision
from tests.treasury.builders import a_voucher, account, money_in, spending_rules
from treasury import services
from treasury.arithmetic.statements.csv_file import PRESETS
from treasury.models import MonthEndRules
from treasury.queries.bank_statement import proposals, reconciliation, unmatched_movements
from treasury.queries.month_end import missing

pytestmark = pytest.mark.django_db

MONTH, END, FEBRUARY = datetime.date(2024, 1, 1), datetime.date(2024, 1, 31), datetime.date(2024, 2, 3)

BCA = b"""No. rekening : 0371234567
Periode : 02/01/2024 - 31/01/2024

Tanggal,Keterangan,Cabang,Jumlah,Saldo
'03/01/2024,TRSF DINAS KOPERASI HIBAH,'0000,"5,000,000.00 CR","5,000,000.00"
'10/01/2024,TRSF KE MANDIRI,'0000,"500,000.00 DB","4,500,000.00"
'16/01/2024,PLN,'0000,"150,000.00 DB","4,350,000.00"
'20/01/2024,TRSF KE BRI,'0000,"1,000,000.00 DB","3,350,000.00"
'31/01/2024,BIAYA ADM,'0371,"15,000.00 DB","3,335,000.00"

Saldo Awal : 0.00
Saldo Akhir : 3335000.00
"""
BRI = b"""NO REKENING;001201000123504
Tanggal Transaksi;Uraian Transaksi;Teller;Debet;Kredit;Saldo
20/01/24;TRANSFER MASUK;888;0,00;1.000.000,00;1.000.000,00
02/02/24;TOKO KERTAS;;200.000,00;0,00;800.000,00
"""
MANDIRI = b"""Account No,1370099887766
Date,Transaction Description,Remark,Reference No.,Debit,Credit,Balance
10/01/2024,Transfer,KOPERASI,REF1,0.00,"500,000.00","500,000.00"
"""


def day(number):
    return datetime.date(2024, 1, number)


@pytest.fixture
def banks(treasurer, books):
    facts = {"holder": "KOKKMAS", "on": day(2), "by": treasurer}
    return [
        services.open_bank_account(unit=unit, bank=bank, number=number, mapping=PRESETS[bank.lower()], **facts)
        for unit, bank, number in [
            (Unit.UMUM, "BCA", "0371234567"),
            (Unit.UMUM, "BRI", "001201000123504"),
            (Unit.USP, "Mandiri", "1370099887766"),
        ]
    ]


@pytest.fixture
def january(banks, treasurer):
    money_in(treasurer, amount=1_000_000, on=day(2))
    money_in(treasurer, channel="bank", on=day(3))
    a_voucher(treasurer, channel="bank", on=day(15))
    for target, amount, on in [(account("1102", unit="usp"), 500_000, day(10)), (account("1103"), 1_000_000, day(20))]:
        services.transfer(source=account("1102"), target=target, amount=amount, purpose="pindah", on=on, by=treasurer)
    bri = Way(Channel.BANK, "1103")
    a_voucher(treasurer, amount=200_000, of="stationery and copies", payee="Toko Kertas", channel=bri, on=END)


def sentences(unit):
    return [each.sentence for each in missing(unit, MONTH)]


def close(treasurer, units=tuple(Unit)):
    periods = list(Period.objects.filter(month=MONTH, unit__in=units).order_by("unit"))
    return closing.close(periods, on=FEBRUARY, by=treasurer)


def confirm_all(bank, treasurer):
    pairs = {match.movement.pk: match.line.pk for match in proposals(bank, as_of=FEBRUARY)}
    return services.confirm_matches(bank, pairs=pairs, on=FEBRUARY, by=treasurer)


def test_a_month_closes_with_its_cash_counted_and_three_banks_reconciled(january, banks, treasurer, chair, client):
    bca, bri, mandiri = banks
    assert sentences(Unit.USP) == [
        "Kas belum dihitung per 31 Januari 2024.",
        "Belum ada rekening koran Mandiri 1370099887766 sampai 31 Januari 2024.",
    ]

    # the evening of the 31st: Rp 2,000 are missing in the box
    services.count_cash(
        unit=Unit.UMUM, pieces={100_000: 9, 50_000: 1, 20_000: 2, 2_000: 4}, witness="Bu Parti",
        reason="uang kembalian kurang", on=END, by=treasurer,
    )  # fmt: skip
    assert account_balance(Unit.UMUM, chart.CASH, as_of=END) == 998_000

    # the statements arrive; the first close is refused with what is missing, and all of it is undone
    for bank, content in [(bca, BCA), (bri, BRI), (mandiri, MANDIRI)]:
        services.import_statement(bank, content=content, until=END, on=FEBRUARY, by=treasurer)
    with pytest.raises(NotReconciled) as refusal:
        close(treasurer, units=[Unit.UMUM])
    assert "BCA 0371234567: 5 mutasi di bank belum ada di pembukuan." in str(refusal.value)
    assert not Period.objects.filter(month=MONTH).exclude(closed_on=None).exists()

    # what both sides know is confirmed, what only the bank knows is entered from its line
    assert [confirm_all(bank, treasurer) for bank in banks] == [4, 2, 1]
    [fee] = unmatched_movements(bca)
    a_voucher(
        treasurer, amount=-fee.amount, of="bank charges", payee="BCA", channel=Way(Channel.BANK, "1102"), on=fee.on
    )
    assert confirm_all(bca, treasurer) == 1
    assert [reconciliation(bank, as_of=END).bank_balance for bank in banks] == [3_335_000, 1_000_000, 500_000]
    assert [reconciliation(bank, as_of=END).difference for bank in banks] == [0, 0, 0]
    assert account_balance(Unit.UMUM, "1103", as_of=END) == 800_000  # the stationery is on its way
    assert sentences(Unit.UMUM) == []

    # a payment that waits is named on the page of the close and does not keep the month open
    spending_rules(by=chair, on=day(2))
    a_voucher(treasurer, amount=1_500_000, of="rent", payee="Bu Parti", purpose="Sewa", on=day(30))
    client.force_login(treasurer)
    page = client.get(reverse("close-month", args=[Period.objects.get(month=MONTH, unit="umum").pk])).content.decode()
    assert "1 pembayaran bulan ini menunggu persetujuan kedua" in page
    assert "dihitung dan dicocokkan" in page

    # the savings unit has never counted: it is warned, not refused
    assert sentences(Unit.USP) == ["Kas belum dihitung per 31 Januari 2024."]
    assert {period.unit for period in close(treasurer)} == {"umum", "usp"}
    assert_clean(END)


def test_money_booked_after_the_count_asks_for_another_one(january, banks, treasurer):
    services.count_cash(unit=Unit.UMUM, pieces={100_000: 10}, witness="Bu Parti", on=END, by=treasurer)
    money_in(treasurer, amount=50_000, on=day(30))
    assert sentences(Unit.UMUM)[0] == (
        "Setelah penghitungan 31 Januari 2024 kas dalam pembukuan berubah dari Rp\xa01.000.000 menjadi "
        "Rp\xa01.050.000. Hitung lagi."
    )


def test_members_may_decide_that_a_missing_count_is_only_a_warning(january, treasurer, chair):
    services.count_cash(unit=Unit.UMUM, pieces={100_000: 10}, witness="Bu Parti", on=day(12), by=treasurer)
    with pytest.raises(NotReconciled):
        close(treasurer)
    MonthEndRules.objects.create(
        in_force_from=day(13), decided_in=a_decision(by=chair, on=day(12)), missing=MonthEndRules.Missing.WARN
    )
    assert len(close(treasurer)) == 2


def test_statement_reaches_as_far_as_it_is_told(banks, treasurer):
    mandiri = banks[2]
    statement = services.import_statement(mandiri, content=MANDIRI, until=END, on=FEBRUARY, by=treasurer)
    assert (statement.first, statement.last) == (day(10), END)
