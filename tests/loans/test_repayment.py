"""Money that comes in: what is asked for is what is owed, and it is said beforehand what becomes of more."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from core.dates import add_months, today
from core.money import format_rupiah
from kokkmas.office import home
from ledger.models import Unit
from ledger.queries import account_balance
from loans import hooks, queries, services
from loans.papers.arrears import reminder
from savings import queries as savings
from tests.books import assert_clean
from tests.builders import a_member_in
from tests.loans.builders import DAY, a_disbursed_loan, an_approved_loan, loan_rules
from tests.treasury.builders import into_bank
from treasury.services import open_bank_account

pytestmark = pytest.mark.django_db

FEBRUARY = datetime.date(2026, 2, 12)
LATE = datetime.date(2026, 2, 22)


def a_loan(sri, treasurer, secretary, *, on=DAY, **values):
    """1,200,000 flat over 12 months: 118,000 on the 12th, from February on."""
    loan_rules(by=secretary, on=datetime.date(2025, 7, 12), **values)
    return a_disbursed_loan(sri, by=treasurer, on=on)


def page(client, address):
    return " ".join(client.get(address).content.decode().replace("\u00a0", " ").split())


def test_a_bill_that_is_paid_in_full_leaves_nothing_in_arrears(sri, treasurer, secretary):
    """Ten days late at 0.1 % a day: 118,000 and 1,180 of penalty, which the bill once left out."""
    loan = a_loan(sri, treasurer, secretary, penalty_rate_bp=10)
    [bill] = hooks.owed(as_of=LATE, until=LATE)
    [row] = queries.arrears(as_of=LATE)
    assert (bill.rupiah, row.due, queries.position(loan, as_of=LATE).due) == (119_180, 119_180, 119_180)
    assert "Rp\u00a0119.180" in reminder(row)
    others = savings.obligation(sri, as_of=LATE).owed
    assert home.owes(sri, LATE).reply == format_rupiah(119_180 + others)
    services.repay(loan, amount=bill.rupiah, on=LATE, by=treasurer)
    assert queries.due(as_of=LATE) == []
    assert queries.arrears(as_of=LATE + datetime.timedelta(days=1)) == []
    assert_clean(LATE)


def test_what_is_asked_for_on_the_due_day_is_the_instalment_alone(sri, treasurer, secretary):
    loan = a_loan(sri, treasurer, secretary, penalty_rate_bp=10)
    assert queries.due(as_of=FEBRUARY - datetime.timedelta(days=1)) == []
    [row] = queries.due(as_of=FEBRUARY)
    assert (row.due, row.days, row.penalty) == (118_000, 0, 0)
    assert queries.arrears(as_of=FEBRUARY) == []
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    assert queries.due(as_of=FEBRUARY) == []


def test_the_form_fills_in_what_is_due_and_not_what_comes(sri, treasurer, secretary):
    loan = a_loan(sri, treasurer, secretary, on=today())
    client = Client()
    client.force_login(treasurer)
    address = reverse("loans:repay", args=[loan.pk])
    assert client.get(address).context["form"]["amount"].value() is None
    said = page(client, address)
    assert "Hari ini tidak ada yang jatuh tempo." in said
    assert "Rp 118.000" in said  # the next one, with its day
    other = a_member_in("Budi Santoso", by=treasurer)
    older = a_disbursed_loan(other, by=treasurer, on=add_months(today(), -1))
    due = queries.position(older, as_of=today()).due
    assert due == 118_000
    assert client.get(reverse("loans:repay", args=[older.pk])).context["form"]["amount"].value() == due


def test_money_on_the_day_of_the_payout_pays_the_first_instalment(sri, treasurer, secretary):
    """It all went to principal, and the first instalment was still asked for a month later."""
    loan = a_loan(sri, treasurer, secretary, over_payment="fewer")
    ahead = queries.ahead(loan, on=DAY)
    assert (ahead.rule, ahead.running, ahead.due_on, ahead.limit) == ("fewer", 118_000, FEBRUARY, 118_000)
    services.repay(loan, amount=118_000, on=DAY, by=treasurer)
    assert queries.due(as_of=FEBRUARY) == []
    rows = queries.position(loan, as_of=FEBRUARY).rows
    assert (len(rows), rows[0].paid_interest, rows[0].paid_principal) == (12, 18_000, 100_000)
    assert_clean(FEBRUARY)


def test_a_second_payment_before_the_due_day_shortens_the_loan(sri, treasurer, secretary):
    loan = a_loan(sri, treasurer, secretary, over_payment="fewer")
    services.repay(loan, amount=118_000, on=DAY, by=treasurer)
    assert queries.ahead(loan, on=LATE).running == 118_000  # that of March has begun
    services.repay(loan, amount=100_000, on=FEBRUARY, by=treasurer)
    assert len([row for row in queries.position(loan, as_of=FEBRUARY).rows if row.owed]) == 10
    assert_clean(FEBRUARY)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("next", "membayar angsuran berikutnya"),
        ("fewer", "Di atas Rp 118.000, uangnya mengurangi pokok: jumlah angsuran berkurang"),
        ("smaller", "Di atas Rp 118.000, uangnya mengurangi pokok: jumlah angsuran tetap"),
        ("refuse", "Lebih dari Rp 118.000 tidak diterima"),
    ],
)
def test_the_form_says_what_becomes_of_more(sri, treasurer, secretary, rule, said):
    loan = a_loan(sri, treasurer, secretary, on=today(), over_payment=rule)
    client = Client()
    client.force_login(treasurer)
    assert said in page(client, reverse("loans:repay", args=[loan.pk]))


def test_with_the_running_instalment_paid_the_form_says_that_money_shortens_the_loan(sri, treasurer, secretary):
    loan = a_loan(sri, treasurer, secretary, on=today(), over_payment="fewer")
    services.repay(loan, amount=118_000, on=today(), by=treasurer)
    client = Client()
    client.force_login(treasurer)
    said = page(client, reverse("loans:repay", args=[loan.pk]))
    assert "Uang yang dibayar sekarang mengurangi pokok: jumlah angsuran berkurang" in said


# -- ways ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def banks(treasurer):
    """Two accounts of the savings and loan unit, so that every form asks which; the second holds 5,000,000."""
    facts = {"unit": Unit.USP, "holder": "KOKKMAS", "on": datetime.date(2025, 1, 1), "by": treasurer}
    open_bank_account(bank="BPD DIY", number="001-111-22", **facts)
    second = open_bank_account(bank="BRI", number="0123-01-000456-50-7", **facts).account.code
    into_bank(second, 5_000_000, on=datetime.date(2025, 1, 1), by=treasurer)
    return second


def on_account(code, as_of):
    return account_balance(Unit.USP, code, as_of=as_of)


def test_every_way_of_a_loan_names_the_bank_account(sri, treasurer, chair, banks):
    way = f"bank:{banks}"
    loan = an_approved_loan(sri, by=treasurer, on=today())
    client = Client()
    client.force_login(treasurer)
    paid_out = send(client, reverse("loans:disburse", args=[loan.pk]), through="bank", on=today().isoformat())
    assert "Pilih rekening bank" in paid_out  # one of the two, not "bank"
    send(client, reverse("loans:disburse", args=[loan.pk]), through=way, on=today().isoformat())
    loan.refresh_from_db()
    assert (loan.through, loan.receipt.direction, on_account(banks, today())) == ("bank", "out", 3_800_000)
    paid = send(client, reverse("loans:repay", args=[loan.pk]), amount="118.000", through=way, on=today().isoformat())
    assert "Kuitansi" in paid
    assert (on_account(banks, today()), loan.repayments.get().through) == (3_918_000, "bank")
    assert_clean(today())


def send(client, address, **data):
    """Fill in the form that the page shows and send it."""
    token = client.get(address).context["form"]["token"].value()
    return client.post(address, {"token": token, **data}, follow=True).content.decode()
