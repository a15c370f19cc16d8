"""Loans in trouble with two people at once: real threads, real commits, the books clean afterwards."""

import datetime

import pytest

from ledger import chart
from ledger.queries import account_balance, member_balance
from loans import queries, services
from loans.models import Loan, Restructuring, WriteOff
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, a_user
from tests.loans.builders import a_disbursed_loan, restructuring_rules
from tests.loans.test_races import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)

FEBRUARY, AUGUST, SEPTEMBER = (datetime.date(2026, month, 12) for month in (2, 8, 9))


@pytest.fixture
def loan(house, treasurer, secretary):
    """1,200,000 over 12 months at 1.5 % flat, one instalment paid: 1,100,000 is owed."""
    restructuring_rules(by=secretary)
    loan = a_disbursed_loan(a_member_in("Budi", by=treasurer, username="budi"), by=treasurer)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    return loan


@pytest.fixture
def write_off(loan, treasurer, secretary):
    decision = a_decision(by=secretary, on=AUGUST, number="RA-HAPUS", kind="write_off", about=loan)
    facts = {"decision": decision, "reason": "Usaha tutup."}
    return services.propose_write_off(loan, kind="books", on=AUGUST, by=treasurer, **facts)


@pytest.fixture
def new_terms(loan, secretary, chair):
    terms = services.propose_restructuring(
        loan, kind="restructuring", instalments=10, first_due_on=SEPTEMBER, reason="Sepi.", on=AUGUST, by=secretary
    )
    return services.approve_restructuring(terms, on=AUGUST, by=chair)


def receivable(loan):
    return member_balance(loan.member, "usp", chart.LOANS_RECEIVABLE, as_of=AUGUST)


def test_two_officers_write_the_same_loan_off(loan, write_off, chair, secretary):
    results = at_once(*(lambda by=by: services.write_off(write_off, on=AUGUST, by=by) for by in (chair, secretary)))
    [refusal] = refusals(results)
    assert refusal.startswith(f"Pinjaman {loan.number} sekarang dihapus buku.")
    assert (WriteOff.objects.get().principal, receivable(loan)) == (1_100_000, 0)
    assert account_balance("usp", chart.LOAN_LOSSES, as_of=AUGUST) == 1_100_000
    assert_clean(AUGUST)


def test_two_write_offs_do_not_spend_the_same_allowance_and_a_payment_meets_one(loan, write_off, chair, treasurer):
    """Whoever comes first: the payment leaves less to write off, or there is no running loan left to pay."""
    results = at_once(
        lambda: services.write_off(write_off, on=AUGUST, by=chair),
        lambda: services.repay(loan, amount=118_000, on=AUGUST, by=treasurer),
    )
    done = WriteOff.objects.get()
    assert (done.principal, len(refusals(results))) in [(1_000_000, 0), (1_100_000, 1)]
    assert (receivable(loan), Loan.objects.get().state) == (0, Loan.State.WRITTEN_OFF)
    assert_clean(AUGUST)


def test_new_terms_meet_a_payment(loan, new_terms, treasurer):
    """The payment settles the oldest instalment and less goes along, or the new schedule is there already and it

    settles that: 18,000 + 100,000, or interest of 16,500 and more; the interest of six months is principal then.
    """
    results = at_once(
        lambda: services.carry_out_restructuring(new_terms, on=AUGUST, by=treasurer),
        lambda: services.repay(loan, amount=118_000, on=AUGUST, by=treasurer),
    )
    assert refusals(results) == []
    done = Restructuring.objects.get()
    paid = loan.repayments.latest("pk").parts.get().principal
    assert (done.principal_after, paid) in [(1_000_000 + 5 * 18_000, 100_000), (1_208_000, 118_000 - 18_120)]
    owed = queries.outstanding(loan, as_of=AUGUST)
    assert owed == receivable(loan)
    assert owed in (1_090_000, 1_208_000 - 99_880)
    assert Loan.objects.get().schedule_version == 2
    assert_clean(AUGUST)


def test_two_officers_carry_the_same_terms_out(loan, new_terms, treasurer):
    other = a_user("secretary", username="lain")
    results = at_once(
        *(lambda by=by: services.carry_out_restructuring(new_terms, on=AUGUST, by=by) for by in (treasurer, other))
    )
    assert refusals(results) == ["Ketentuan ini sudah dijalankan atau dikesampingkan."]
    assert (Loan.objects.get().schedule_version, receivable(loan)) == (2, 1_208_000)
    assert_clean(AUGUST)


def test_two_proposals_of_new_terms_are_one(loan, secretary, treasurer):
    facts = {"kind": "rescheduling", "instalments": 10, "first_due_on": SEPTEMBER, "reason": "Sepi.", "on": AUGUST}
    results = at_once(
        *(lambda by=by: services.propose_restructuring(loan, by=by, **facts) for by in (secretary, treasurer))
    )
    assert len(refusals(results)) == Restructuring.objects.count() == 1
