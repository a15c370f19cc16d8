"""Nothing of a loan is half-posted when the machine dies in the middle: killed before every single statement."""

import datetime

import pytest

from ledger import chart
from ledger.models import Entry, Receipt
from ledger.queries import account_balance
from loans import services
from loans.models import Instalment, Loan, Repayment, RepaymentPart, WriteOff
from savings.services import deposit
from tests.books import assert_clean
from tests.builders import a_decision
from tests.killing import killed_before_every_statement
from tests.loans.builders import DAY, a_disbursed_loan, an_approved_loan, restructuring_rules

pytestmark = pytest.mark.django_db(transaction=True)

FEBRUARY, MARCH = datetime.date(2026, 2, 12), datetime.date(2026, 3, 12)
START = """
import datetime
from core.models import User
from loans import services
from loans.models import Loan, Repayment, Restructuring, WriteOff
day = datetime.date.fromisoformat
by = User.objects.get(username="{by}")
loan = Loan.objects.get()
"""


def test_killed_while_paying_out(sri, treasurer):
    an_approved_loan(sri, by=treasurer)
    entries, receipts = Entry.objects.count(), Receipt.objects.count()
    kills = killed_before_every_statement(
        START.format(by="treasurer") + "services.disburse(loan, on=day('2026-01-12'), by=by)"
    )
    assert kills > 10
    assert (Entry.objects.count(), Receipt.objects.count()) == (entries + 1, receipts + 1)
    assert (Instalment.objects.count(), Loan.objects.get().state) == (12, Loan.State.RUNNING)
    assert_clean(DAY)


def test_killed_while_receiving_from_savings(sri, treasurer):
    a_disbursed_loan(sri, by=treasurer)
    deposit(sri, kind="voluntary", amount=200_000, on=DAY, by=treasurer)
    kills = killed_before_every_statement(
        START.format(by="treasurer")
        + "services.repay(loan, amount=118_000, on=day('2026-02-12'), by=by, through='savings')"
    )
    assert kills > 10
    assert (Repayment.objects.count(), RepaymentPart.objects.count()) == (1, 1)
    assert account_balance("usp", chart.VOLUNTARY_SAVINGS, as_of=FEBRUARY) == 82_000
    assert_clean(FEBRUARY)


def test_killed_while_putting_a_payment_in_order(sri, treasurer, chair):
    loan = a_disbursed_loan(sri, by=treasurer)
    first = services.repay(loan, amount=50_000, on=FEBRUARY, by=treasurer)
    services.repay(loan, amount=100_000, on=MARCH, by=treasurer)
    kills = killed_before_every_statement(
        START.format(by="chair")
        + f"wrong = Repayment.objects.get(pk={first.pk})\n"
        + "services.reverse_repayment(wrong, reason='salah', on=day('2026-03-20'), by=by)"
    )
    assert kills > 15
    assert Repayment.objects.filter(reversed_on=None).count() == 1
    assert Repayment.objects.count() == 3
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=datetime.date(2026, 3, 20)) == 1_200_000 - 82_000
    assert_clean(datetime.date(2026, 3, 20))


# -- loans in trouble ------------------------------------------------------------------------------------------------


def test_killed_while_writing_off(sri, treasurer, secretary):
    loan = a_disbursed_loan(sri, by=treasurer)
    facts = {
        "decision": a_decision(by=secretary, on=MARCH, number="RA-HAPUS", kind="write_off", about=loan),
        "reason": "Usaha tutup.",
    }
    services.propose_write_off(loan, kind="books", on=MARCH, by=treasurer, **facts)
    entries = Entry.objects.count()
    kills = killed_before_every_statement(
        START.format(by="secretary") + "services.write_off(WriteOff.objects.get(), on=day('2026-03-12'), by=by)"
    )
    assert kills > 10
    assert (Entry.objects.count(), WriteOff.objects.get().claim) == (entries + 1, 1_200_000 + 2 * 18_000)
    assert Loan.objects.get().state == Loan.State.WRITTEN_OFF
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=MARCH) == 0
    assert_clean(MARCH)


@pytest.mark.parametrize(
    ("kind", "added", "owed", "receipts"), [("restructuring", 0, 1_018_000, 0), ("top_up", 500_000, 1_100_000, 1)]
)
def test_killed_while_carrying_new_terms_out(sri, treasurer, secretary, chair, kind, added, owed, receipts):
    """Restructuring: 1,000,000 owed and one instalment of interest late. Top-up: half is paid, 500,000 comes."""
    restructuring_rules(by=secretary)
    loan = a_disbursed_loan(sri, by=treasurer)
    months = range(2, 8) if added else (2, 3)
    for month in months:
        services.repay(loan, amount=118_000, on=datetime.date(2026, month, 12), by=treasurer)
    on = datetime.date(2026, 7 if added else 4, 12)
    facts = {"instalments": 10, "first_due_on": datetime.date(2026, 9, 12), "reason": "Pesanan.", "added": added}
    terms = services.propose_restructuring(loan, kind=kind, on=on, by=secretary, **facts)
    services.approve_restructuring(terms, on=on, by=chair)
    before = Receipt.objects.count()
    kills = killed_before_every_statement(
        START.format(by="treasurer")
        + f"services.carry_out_restructuring(Restructuring.objects.get(), on=day('{on}'), by=by)"
    )
    assert kills > 10
    assert (Loan.objects.get().schedule_version, Receipt.objects.count() - before) == (2, receipts)
    assert Instalment.objects.filter(version=2).count() == 10
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=on) == owed
    assert_clean(on)
