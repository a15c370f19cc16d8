"""Bank accounts, their statements, and transfers."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from core.money import format_rupiah
from kokkmas.office import home
from ledger import chart
from ledger.channels import Channel, Way
from ledger.models import Unit
from ledger.queries import account_balance, cash_book
from reports.papers import ledger_sheets
from reports.queries.month import month
from tests.books import assert_clean
from tests.ledger.builders import run
from tests.treasury.builders import DAY, a_bank, a_voucher, account, bca, money_in
from treasury import services
from treasury.arithmetic.statements import StatementError
from treasury.errors import TreasuryRefused
from treasury.models import BankStatement, StatementLine
from treasury.queries.bank_account import holdings, open_accounts
from treasury.queries.bank_statement import proposals, reconciliation, unmatched_lines, unmatched_movements

pytestmark = pytest.mark.django_db

APRIL = datetime.date(2026, 4, 1)

MARCH = bca((12, "DINAS KOPERASI HIBAH", "5,000,000.00 CR"), (15, "PLN", "150,000.00 DB"), (31, "ADM", "15,000.00 DB"))


@pytest.fixture
def bank(treasurer, books):
    return a_bank(treasurer)


def test_first_account_of_a_unit_is_1102_and_each_further_one_has_its_own(bank, treasurer):
    second = a_bank(treasurer, bank="BRI", number="0012-01")
    other_unit = a_bank(treasurer, bank="BRI", number="777", unit=Unit.USP)
    assert [each.account.code for each in (bank, second, other_unit)] == ["1102", "1103", "1102"]
    assert second.number == "001201"
    assert open_accounts(as_of=DAY, unit=Unit.UMUM) == [bank, second]


@pytest.mark.parametrize("number", ["0371234567", "0371-234-567", "tanpa nomor"])
def test_account_stands_once_with_a_number(bank, treasurer, number):
    with pytest.raises(TreasuryRefused):
        a_bank(treasurer, bank="bca", number=number)


def test_account_with_money_is_not_closed(bank, treasurer):
    voucher = money_in(treasurer, channel="bank")
    with pytest.raises(TreasuryRefused):
        services.close_bank_account(bank, on=DAY, by=treasurer)
    services.transfer(
        source=account(chart.BANK), target=account(), amount=voucher.amount, purpose="tutup", on=DAY, by=treasurer
    )
    assert services.close_bank_account(bank, on=DAY, by=treasurer).closed_on == DAY
    assert open_accounts(as_of=DAY) == []


def test_transfer_within_a_unit_is_one_entry_and_between_units_two(treasurer, books):
    money_in(treasurer)
    within = services.transfer(
        source=account(), target=account(chart.BANK), amount=1_000_000, purpose="setor", on=DAY, by=treasurer
    )
    between = services.transfer(
        source=account(),
        target=account(unit=Unit.USP),
        amount=500_000,
        purpose="pinjam",
        on=DAY,
        by=treasurer,
    )
    assert (within.entry_of_target, between.entry_of_target.unit) == (None, Unit.USP)
    balances = {unit: [holding.balance for holding in rows] for unit, rows in holdings(as_of=DAY)}
    assert list(balances.values()) == [[500_000], [3_500_000, 1_000_000]]
    assert account_balance(Unit.UMUM, chart.INTER_UNIT, as_of=DAY) == 500_000
    assert_clean(DAY)


def test_transfer_is_reversed_in_both_units_by_somebody_else(treasurer, chair, books):
    money_in(treasurer)
    row = services.transfer(
        source=account(), target=account(unit=Unit.USP), amount=500_000, purpose="pinjam", on=DAY, by=treasurer
    )
    with pytest.raises(TreasuryRefused):
        services.reverse_transfer(row, reason="salah", on=DAY, by=treasurer)
    services.reverse_transfer(row, reason="salah", on=DAY, by=chair)
    assert account_balance(Unit.USP, chart.CASH, as_of=DAY) == 0
    assert account_balance(Unit.UMUM, chart.INTER_UNIT, as_of=DAY) == 0
    assert_clean(DAY)


@pytest.mark.parametrize(("source", "target"), [(chart.CASH, chart.CASH), (chart.CASH, chart.OFFICE)])
def test_transfer_goes_from_money_to_other_money(treasurer, books, source, target):
    with pytest.raises(TreasuryRefused):
        services.transfer(source=account(source), target=account(target), amount=1, purpose="x", on=DAY, by=treasurer)


def test_money_on_a_second_account_is_cash_on_every_page(bank, treasurer):
    second = a_bank(treasurer, bank="BRI", number="001201")
    money_in(treasurer, channel=Way(Channel.BANK, second.account.code))
    book = cash_book(Unit.UMUM, first=DAY, last=DAY)
    assert (book.received, book.closing, [row.code for row in book.rows]) == (5_000_000, 5_000_000, ["1103"])
    assert cash_book(Unit.UMUM, first=DAY + datetime.timedelta(days=1), last=APRIL).opening == 5_000_000
    assert home.figures(DAY)[0].value == format_rupiah(5_000_000)
    sheet = ledger_sheets.cash_book(month(DAY.replace(day=1)), Unit.UMUM)
    assert "BRI 001201" in [row[3] for row in sheet.rows[1:]]


# -- statements ------------------------------------------------------------------------------------------------------


@pytest.fixture
def march(bank, treasurer):
    """A grant of 5,000,000 and electricity of 150,000 in the books; the bank has both and a fee of 15,000."""
    money_in(treasurer, channel="bank")
    a_voucher(treasurer, channel="bank", on=DAY + datetime.timedelta(days=1))
    content = bca(
        (12, "DINAS KOPERASI HIBAH", "5,000,000.00 CR"), (15, "PLN", "150,000.00 DB"), (31, "ADM", "15,000.00 DB")
    )
    return services.import_statement(bank, content=content, on=datetime.date(2026, 4, 1), by=treasurer)


def test_movements_are_proposed_and_confirmed(bank, march, treasurer):
    assert (march.first, march.last, march.opening, march.closing) == (
        DAY,
        datetime.date(2026, 3, 31),
        0,
        4_835_000,
    )
    found = proposals(bank, as_of=APRIL)
    assert [(match.movement.amount, match.proposal.is_certain) for match in found] == [
        (5_000_000, True),
        (-150_000, False),
    ]
    pairs = {match.movement.pk: match.line.pk for match in found}
    assert services.confirm_matches(bank, pairs=pairs, on=APRIL, by=treasurer) == 2
    assert [row.text for row in unmatched_movements(bank)] == ["ADM"]
    assert list(unmatched_lines(bank, as_of=APRIL)) == []
    assert reconciliation(bank, as_of=APRIL).difference == 0


def test_what_is_only_at_the_bank_explains_the_difference(bank, march, treasurer):
    found = reconciliation(bank, as_of=APRIL)
    assert (found.bank_balance, found.books_balance, found.difference) == (4_835_000, 4_850_000, 0)
    a_voucher(treasurer, amount=15_000, of="bank charges", channel="bank", on=march.last)
    assert [match.movement.text for match in proposals(bank, as_of=APRIL)][-1] == "ADM"


def test_match_is_taken_back_and_given_once(bank, march, treasurer):
    [first, _second] = proposals(bank, as_of=APRIL)
    pair = {first.movement.pk: first.line.pk}
    services.confirm_matches(bank, pairs=pair, on=APRIL, by=treasurer)
    with pytest.raises(TreasuryRefused):
        services.confirm_matches(bank, pairs=pair, on=APRIL, by=treasurer)
    services.unmatch(first.movement, by=treasurer)
    with pytest.raises(TreasuryRefused):
        services.unmatch(first.movement, by=treasurer)
    assert services.confirm_matches(bank, pairs=pair, on=APRIL, by=treasurer) == 1


def test_all_matches_or_none(bank, march, treasurer):
    [first, second] = proposals(bank, as_of=APRIL)
    with pytest.raises(TreasuryRefused):
        services.confirm_matches(
            bank, pairs={first.movement.pk: first.line.pk, second.movement.pk: 0}, on=APRIL, by=treasurer
        )
    assert StatementLine.objects.unmatched().count() == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (MARCH, "file"),
        (bca((20, "LAIN", "1.00 CR")), "file"),
        (bca((31, "LAIN", "1.00 CR")), "file"),
        (bca((1, "LAIN", "1.00 CR"), number="999888777"), "file"),
    ],
    ids=["same file", "overlaps", "last day again", "another account"],
)
def test_statement_that_does_not_fit_is_refused(bank, march, treasurer, content, said):
    with pytest.raises(TreasuryRefused) as refusal:
        services.import_statement(bank, content=content, on=APRIL, by=treasurer)
    assert refusal.value.field == said
    assert BankStatement.objects.count() == 1


def test_statement_begins_where_the_one_before_ended(bank, march, treasurer):
    content = bca((1, "APRIL", "10.00 CR"), opening="9.00").replace(b"/03/2026", b"/04/2026")
    with pytest.raises(TreasuryRefused):
        services.import_statement(bank, content=content, on=APRIL, by=treasurer)
    content = content.replace(b"Saldo Awal : 9.00", b"Saldo Awal : 4835000.00")
    assert services.import_statement(bank, content=content, on=APRIL, by=treasurer).closing == 4_835_010


def test_file_that_is_no_statement_gets_a_sentence(bank, treasurer):
    with pytest.raises(StatementError):
        services.import_statement(bank, content=b"\x00", on=APRIL, by=treasurer)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE treasury_bankstatement SET closing = 0",
        "DELETE FROM treasury_bankstatement",
        "INSERT INTO treasury_bankstatement (bank_account_id, first, last, opening, closing, digest, imported_on,"
        " imported_by_id)"
        " SELECT bank_account_id, last, last, 0, 0, 'x', last, imported_by_id FROM treasury_bankstatement",
        "UPDATE treasury_statementline SET amount = 1",
        "DELETE FROM treasury_statementline",
        "UPDATE treasury_statementline SET matched_id = (SELECT min(id) FROM ledger_line WHERE debit <> 5000000),"
        ' matched_on = "on", matched_by_id = (SELECT min(id) FROM core_user) WHERE amount = 5000000',
        "UPDATE treasury_bankaccount SET number = '1'",
        "DELETE FROM treasury_bankaccount",
    ],
)
def test_database_refuses_whoever_writes_around_the_services(march, statement):
    with pytest.raises(DatabaseError), transaction.atomic():
        run(statement)


def test_what_was_paid_by_qris_is_passed_on_by_the_bank_less_its_fee(bank, treasurer):
    """500,000 of QRIS: the bank keeps 0.3 % and its statement shows 498,500 in one line."""
    money_in(treasurer, amount=300_000, channel=Channel.QRIS)
    money_in(treasurer, amount=200_000, channel=Channel.QRIS)
    services.transfer(
        source=account(chart.QRIS), target=account(chart.BANK), amount=498_500, purpose="QRIS", on=DAY, by=treasurer
    )
    fee = a_voucher(treasurer, amount=1_500, of="bank charges", channel=Channel.QRIS, payee="BCA", purpose="MDR QRIS")
    assert fee.number.startswith("BKK-")
    assert [account_balance(Unit.UMUM, code, as_of=DAY) for code in (chart.QRIS, chart.BANK)] == [0, 498_500]
    assert_clean(DAY)
