"""Two people at once, with real threads and real commits: one gets through, the other a sentence."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from core.errors import Refused
from ledger import chart
from ledger.queries import account_balance
from loans import services
from loans.models import Instalment, Loan, LoanApproval, Repayment, RepaymentPart, Unpaid
from tests.books import assert_clean
from tests.builders import a_member_in
from tests.loans.builders import DAY, a_disbursed_loan, an_application, an_approved_loan, loan_rules

pytestmark = pytest.mark.django_db(transaction=True)

FEBRUARY = datetime.date(2026, 2, 12)


def at_once(*calls):
    """Run the calls in threads that start together; the results, refusals as their sentences."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=10)
            return call()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def refusals(results):
    return [result for result in results if isinstance(result, str)]


def test_two_officers_disburse_the_same_loan(sri, treasurer, chair):
    loan = an_approved_loan(sri, by=sri.user)
    results = at_once(*(lambda by=by: services.disburse(loan, on=DAY, by=by) for by in (treasurer, chair)))
    assert refusals(results) == [f"Pinjaman {loan.number} sekarang berjalan. Buka lagi untuk melihat apa yang terjadi."]
    assert (Instalment.objects.count(), Loan.objects.get().state) == (12, Loan.State.RUNNING)
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=DAY) == 1_200_000
    assert_clean(DAY)


def test_two_payments_of_the_last_instalment(sri, treasurer, house):
    loan = a_disbursed_loan(sri, by=treasurer, principal=1_000_000, instalments=1)
    pay = lambda: services.repay(loan, amount=1_015_000, on=FEBRUARY, by=treasurer)  # noqa: E731
    results = at_once(pay, pay)
    assert refusals(results) == [f"Pinjaman {loan.number} sekarang lunas. Buka lagi untuk melihat apa yang terjadi."]
    assert Repayment.objects.count() == 1
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=FEBRUARY) == 0
    assert_clean(FEBRUARY)


def test_one_officer_approves_twice_at_once(sri, chair):
    loan = an_application(sri, by=sri.user)
    approve = lambda: services.approve(loan, on=DAY, by=chair)  # noqa: E731
    results = at_once(approve, approve)
    assert refusals(results) == [
        f"Pinjaman {loan.number} sekarang disetujui. Buka lagi untuk melihat apa yang terjadi."
    ]
    assert LoanApproval.objects.count() == 1


def test_two_applications_at_once_count_each_other(sri, house):
    apply = lambda: an_application(sri, by=sri.user)  # noqa: E731
    results = at_once(apply, apply)
    assert len(refusals(results)) == 1
    assert Loan.objects.count() == 1


def test_a_guarantor_promised_twice_at_once_stands_for_what_the_savings_allow(sri, house, treasurer, secretary):
    loan_rules(by=secretary, on=datetime.date(2025, 3, 12), guarantors_needed=1, guarantee_multiple=10)
    ani = a_member_in("Ani Rahayu", by=treasurer, username="ani")
    budi = a_member_in("Budi Santoso", by=treasurer, username="budi")
    results = at_once(
        *(lambda member=member: an_application(member, by=member.user, guarantors=[budi]) for member in (sri, ani))
    )
    assert len(refusals(results)) == 1


def test_a_late_payment_meets_one_of_today(sri, treasurer, house):
    """Whoever comes first, February's is allocated before March's, and the books agree."""
    loan = a_disbursed_loan(sri, by=treasurer)
    results = at_once(
        lambda: services.repay(loan, amount=50_000, on=FEBRUARY, by=treasurer),
        lambda: services.repay(loan, amount=118_000, on=datetime.date(2026, 3, 12), by=treasurer),
    )
    assert refusals(results) == []
    counted = Repayment.objects.filter(reversed_on=None).order_by("valued_on")
    first = [list(paid.parts.order_by("pk").values_list("interest", "principal")) for paid in counted]
    assert first == [[(18_000, 32_000)], [(0, 68_000), (18_000, 32_000)]]
    assert_clean(datetime.date(2026, 3, 12))


def test_a_payment_meets_the_reversal_of_the_one_before(sri, treasurer, chair, house):
    loan = a_disbursed_loan(sri, by=treasurer)
    wrong = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    march = datetime.date(2026, 3, 12)
    results = at_once(
        lambda: services.reverse_repayment(wrong, reason="salah", on=march, by=chair),
        lambda: services.repay(loan, amount=118_000, on=march, by=treasurer),
    )
    assert refusals(results) == []
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=march) == 1_100_000
    assert_clean(march)


def test_two_officers_close_the_same_loan(sri, treasurer, house):
    loan = a_disbursed_loan(sri, by=treasurer)
    close = lambda: services.pay_off(loan, on=FEBRUARY, by=treasurer)  # noqa: E731
    results = at_once(close, close)
    assert len(refusals(results)) == 1
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=FEBRUARY) == 0


def test_two_parts_written_around_the_services_at_once_are_both_taken_off(sri, treasurer):
    """What is unpaid is worked out under the lock of the loan: the second writer sees what the first wrote."""
    loan = a_disbursed_loan(sri, by=treasurer)
    paid = [services.repay(loan, amount=1_000, on=FEBRUARY, by=treasurer) for _time in range(2)]
    row = Instalment.objects.get(loan=loan, number=5)
    meet = Barrier(2)

    def write(payment):
        with transaction.atomic():
            meet.wait(timeout=10)
            RepaymentPart.objects.create(repayment=payment, instalment=row, principal=10_000)
            time.sleep(0.2)  # the other must not work it out from what it saw before this commits

    at_once(*(lambda payment=payment: write(payment) for payment in paid))
    assert Unpaid.objects.get(loan=loan).outstanding == 1_200_000 - 20_000
