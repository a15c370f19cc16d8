"""Nothing of a loan is half-posted when the machine dies in the middle: killed before every single statement."""

import datetime

import pytest

from ledger import chart
from ledger.models import Entry, Receipt
from ledger.queries import account_balance
from loans import services
from loans.models import Instalment, Loan, Repayment, RepaymentPart
from savings.services import deposit
from tests.books import assert_clean
from tests.killing import killed_before_every_statement
from tests.loans.builders import DAY, a_disbursed_loan, an_approved_loan

pytestmark = pytest.mark.django_db(transaction=True)

FEBRUARY, MARCH = datetime.date(2026, 2, 12), datetime.date(2026, 3, 12)
START = """
import datetime
from core.models import User
from loans import services
from loans.models import Loan, Repayment
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
