"""Money for a loan that does not pass over the counter: out into the passbook, back from it, back from a settlement."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from ledger import chart
from ledger import services as ledger
from ledger.channels import Channel
from ledger.models import Receipt, Unit
from ledger.queries import account_balance
from ledger.services import credit, debit
from loans import queries, services
from loans.models import Loan, Repayment
from loans.services import LoanRefused
from reports import checks
from savings import queries as savings
from savings.services import SavingsRefused, deposit
from tests.books import assert_clean
from tests.loans.builders import DAY, a_disbursed_loan, an_approved_loan, loan_rules
from tests.reports.conftest import run_around_the_guards

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH = datetime.date(2026, 2, 12), datetime.date(2026, 3, 12)


def usp(code):
    return account_balance("usp", code, as_of=MARCH)


def saved(member):
    return savings.balances(member, as_of=MARCH).voluntary


def test_a_loan_into_savings_puts_what_is_left_after_fees_into_the_passbook(sri, secretary, treasurer):
    loan_rules(by=secretary, on=datetime.date(2025, 5, 12), administration_fee=10_000, provision_bp=100)
    loan, cash, receipts = an_approved_loan(sri, by=treasurer), usp(chart.CASH), Receipt.objects.count()
    loan = services.disburse(loan, on=DAY, by=treasurer, through=Channel.SAVINGS)
    assert (saved(sri), usp(chart.CASH), usp(chart.TRANSFERS)) == (1_178_000, cash, 0)
    assert (usp(chart.LOANS_RECEIVABLE), loan.savings.amount, loan.receipt) == (1_200_000, 1_178_000, None)
    assert Receipt.objects.count() == receipts
    assert_clean(MARCH)


def test_a_loan_is_never_paid_out_through_a_settlement(sri, treasurer):
    with pytest.raises(LoanRefused) as refusal:
        services.disburse(an_approved_loan(sri, by=treasurer), on=DAY, by=treasurer, through=Channel.SETTLEMENT)
    assert refusal.value.field == "through"


def test_an_instalment_from_savings_is_a_withdrawal_and_a_repayment(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    deposit(sri, kind="voluntary", amount=200_000, on=DAY, by=treasurer)
    cash = usp(chart.CASH)
    paid = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer, through=Channel.SAVINGS)
    assert (saved(sri), usp(chart.CASH), usp(chart.TRANSFERS)) == (82_000, cash, 0)
    assert (paid.receipt, paid.savings.amount, queries.outstanding(loan, as_of=MARCH)) == (None, 118_000, 1_100_000)
    assert_clean(MARCH)


def test_more_than_the_savings_hold_is_not_taken_from_them(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    deposit(sri, kind="voluntary", amount=100_000, on=DAY, by=treasurer)
    with pytest.raises(SavingsRefused, match="Paling banyak"):
        services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer, through=Channel.SAVINGS)
    assert (saved(sri), Repayment.objects.count()) == (100_000, 0)


def test_a_reversed_payment_from_savings_goes_back_into_them(sri, treasurer, chair):
    loan = a_disbursed_loan(sri, by=treasurer)
    deposit(sri, kind="voluntary", amount=200_000, on=DAY, by=treasurer)
    paid = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer, through=Channel.SAVINGS)
    services.reverse_repayment(paid, reason="salah buku", on=MARCH, by=chair)
    assert (saved(sri), queries.outstanding(loan, as_of=MARCH), usp(chart.TRANSFERS)) == (200_000, 1_200_000, 0)
    assert_clean(MARCH)


def the_other_side(amount, *, by, reference="test:settled"):
    lines = [debit(chart.CASH, amount), credit(chart.INTER_UNIT, amount)]
    return ledger.post_entry(unit=Unit.UMUM, on=FEBRUARY, reference=reference, memo="Pelunasan", lines=lines, by=by)


def test_an_instalment_from_handed_over_work_is_a_claim_on_the_other_unit(sri, treasurer, chair):
    loan, receipts = a_disbursed_loan(sri, by=treasurer), Receipt.objects.count()
    paid = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer, through=Channel.SETTLEMENT)
    other = the_other_side(118_000, by=treasurer)
    assert (usp(chart.INTER_UNIT), paid.receipt, Receipt.objects.count()) == (118_000, None, receipts)
    assert_clean(MARCH)
    with pytest.raises(LoanRefused, match="pekerjaan yang diserahkan"):
        services.reverse_repayment(paid, reason="salah", on=MARCH, by=chair)
    services.reverse_repayment(paid, reason="salah", on=MARCH, by=chair, with_settlement=True)
    ledger.reverse(other, on=MARCH, reason="salah", by=chair)
    assert usp(chart.INTER_UNIT) == 0
    assert_clean(MARCH)


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        ("UPDATE savings_movement SET amount = amount - 1 WHERE amount = 118000", "repayments_match_their_entries"),
        (
            "UPDATE ledger_line SET date = date + 1 WHERE debit = 118000 AND member_id IS NULL",
            "transfers_come_to_nothing",
        ),
    ],
)
def test_the_books_notice_a_transfer_that_does_not_arrive(sri, treasurer, damage, broken):
    loan = a_disbursed_loan(sri, by=treasurer)
    deposit(sri, kind="voluntary", amount=200_000, on=DAY, by=treasurer)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer, through=Channel.SAVINGS)
    run_around_the_guards(damage)
    assert not checks.run(broken, as_of=MARCH).passed


@pytest.mark.parametrize("through", ["savings", "cash"])
def test_the_database_wants_to_know_where_the_money_went(sri, treasurer, through):
    loan = a_disbursed_loan(sri, by=treasurer)
    paid = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    facts = {"loan": loan, "paid_on": FEBRUARY, "valued_on": FEBRUARY, "amount": 1, "received_by": treasurer}
    with pytest.raises(IntegrityError, match="through_what"), transaction.atomic():
        Repayment.objects.create(entry=loan.entry, through=through, **facts)
    with pytest.raises(IntegrityError, match="paid_through_what"), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(through="settlement")
    assert paid.receipt
