"""What people do with loans, and how they are told no."""

import datetime

import pytest

from ledger import chart
from ledger.models import Receipt
from ledger.queries import account_balance, member_balance
from loans import queries, services
from loans.models import Instalment, Loan, LoanApproval, Repayment
from loans.services import LoanRefused
from tests.builders import a_member_in
from tests.loans.builders import (
    DAY,
    a_disbursed_loan,
    an_application,
    an_approved_loan,
    loan_rules,
)

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH = datetime.date(2026, 2, 12), datetime.date(2026, 3, 12)


def usp(code, as_of=datetime.date(2026, 12, 31)):
    return account_balance("usp", code, as_of=as_of)


# -- applying --------------------------------------------------------------------------------------------------------


def test_a_member_applies_for_himself(sri, chair):
    loan = an_application(sri, by=sri.user)
    assert (loan.number, loan.state, loan.applied_by) == ("PJ-2026-0001", Loan.State.WAITING, sri.user)
    assert [notice.text for notice in chair.notices.all()] == ["Sri Lestari mengajukan pinjaman Rp\u00a01.200.000."]


def test_numbers_run_through_the_year(sri, house, treasurer, secretary):
    loan_rules(by=secretary, on=datetime.date(2025, 2, 12), most_running_loans=3)
    numbers = [an_application(sri, by=treasurer, principal=100_000 * n).number for n in (1, 2)]
    assert numbers == ["PJ-2026-0001", "PJ-2026-0002"]


def test_a_member_cannot_apply_for_another(sri, treasurer):
    other = a_member_in("Budi Santoso", by=treasurer, username="budi")
    with pytest.raises(LoanRefused, match="untuk diri sendiri"):
        an_application(other, by=sri.user)


def test_an_application_against_the_rules_says_which(sri):
    with pytest.raises(LoanRefused) as refusal:
        an_application(sri, by=sri.user, principal=20_000_000, instalments=36)
    assert str(refusal.value) == (
        "Pinjaman belum bisa diajukan. Rp\u00a020.000.000 melebihi batas produk ini. Ajukan Rp\u00a010.000.000 atau "
        "kurang. 36 kali angsuran di luar batas ini. Pilih jumlah lain."
    )
    assert not Loan.objects.exists()


def test_before_the_first_rules_there_is_no_loan(sri):
    with pytest.raises(LoanRefused, match="belum punya aturan"):
        services.apply(
            sri,
            product=queries.rules_in_force(on=DAY)[0].product,
            principal=1_000_000,
            instalments=10,
            purpose="Kulit",
            on=datetime.date(2025, 1, 11),
            by=sri.user,
        )


def test_an_application_is_taken_back_by_its_borrower_only(sri, treasurer):
    loan = an_application(sri, by=sri.user)
    with pytest.raises(LoanRefused, match="Hanya peminjam"):
        services.withdraw(loan, on=DAY, by=treasurer)
    assert services.withdraw(loan, on=DAY, by=sri.user).state == Loan.State.WITHDRAWN


# -- guarantors ------------------------------------------------------------------------------------------------------


@pytest.fixture
def guarded(sri, secretary, treasurer):
    """A product that needs two guarantors, who stand for at most ten times their savings, and the two."""
    rules = loan_rules(by=secretary, on=datetime.date(2025, 3, 12), guarantors_needed=2, guarantee_multiple=10)
    budi = a_member_in("Budi Santoso", by=treasurer, username="budi")
    ani = a_member_in("Ani Rahayu", by=treasurer, username="ani")
    return rules, budi, ani


def test_guarantors_answer_themselves_and_the_loan_waits_for_them(sri, guarded, chair):
    rules, budi, ani = guarded
    loan = an_application(sri, by=sri.user, rules=rules, guarantors=[budi, ani])
    first, second = loan.guarantors.order_by("pk")
    assert (first.amount, second.amount) == (600_000, 600_000)
    assert budi.user.notices.get().url == f"/loans/guarantees/{first.pk}/"
    with pytest.raises(LoanRefused, match="Hanya Budi Santoso"):
        services.consent(first, on=DAY, by=ani.user)
    services.consent(first, on=DAY, by=budi.user)
    with pytest.raises(LoanRefused, match="1 dari 2"):
        services.approve(loan, on=DAY, by=chair)
    with pytest.raises(LoanRefused, match="sudah menjawab"):
        services.decline(first, on=DAY, by=budi.user)
    services.consent(second, on=DAY, by=ani.user)
    assert services.approve(loan, on=DAY, by=chair).state == Loan.State.APPROVED


def test_a_guarantor_may_say_no(sri, guarded, chair):
    rules, budi, ani = guarded
    loan = an_application(sri, by=sri.user, rules=rules, guarantors=[budi, ani])
    services.decline(loan.guarantors.get(member=budi), on=DAY, by=budi.user)
    assert queries.guaranteed(budi, as_of=DAY) == 0
    with pytest.raises(LoanRefused, match="0 dari 2"):
        services.approve(loan, on=DAY, by=chair)


def test_guarantors_are_members_other_than_the_borrower_with_savings_that_reach(sri, guarded):
    rules, budi, ani = guarded
    with pytest.raises(LoanRefused, match="perlu 2 penjamin"):
        an_application(sri, by=sri.user, rules=rules, guarantors=[budi])
    with pytest.raises(LoanRefused, match="pinjamannya sendiri"):
        an_application(sri, by=sri.user, rules=rules, guarantors=[budi, sri])
    with pytest.raises(LoanRefused, match="Budi Santoso saat ini belum dapat menjamin bagian"):
        an_application(sri, by=sri.user, rules=rules, principal=2_600_000, guarantors=[budi, ani])


def test_capacity_is_savings_times_the_rule_less_what_is_promised(sri, guarded):
    rules, budi, ani = guarded
    assert queries.guarantee_capacity(budi, rules, as_of=DAY) == 1_200_000
    an_application(sri, by=sri.user, rules=rules, guarantors=[budi, ani])
    assert queries.guarantee_capacity(budi, rules, as_of=DAY) == 600_000


# -- deciding --------------------------------------------------------------------------------------------------------


def test_one_officer_approves_and_the_borrower_hears_of_it(sri, chair):
    loan = services.approve(an_application(sri, by=sri.user), on=DAY, by=chair)
    assert (loan.state, loan.approved_on) == (Loan.State.APPROVED, DAY)
    assert sri.user.notices.get().text.startswith("Pinjaman PJ-2026-0001 sebesar")


def test_nobody_approves_a_loan_of_their_own(house, treasurer, chair):
    borrower = a_member_in("Ketua Sendiri", by=treasurer)
    borrower.user = chair
    borrower.save()
    with pytest.raises(LoanRefused, match="pinjamannya sendiri"):
        services.approve(an_application(borrower, by=treasurer), on=DAY, by=chair)


def test_whoever_wrote_the_application_does_not_decide(sri, treasurer):
    with pytest.raises(LoanRefused, match="pengurus lain"):
        services.approve(an_application(sri, by=treasurer), on=DAY, by=treasurer)


def test_above_the_tier_two_officers_must_agree(sri, secretary, chair, treasurer):
    loan_rules(by=secretary, on=datetime.date(2025, 4, 12), second_approval_above=1_000_000)
    loan = services.approve(an_application(sri, by=sri.user), on=DAY, by=chair)
    assert loan.state == Loan.State.WAITING
    with pytest.raises(LoanRefused, match="pengurus lain"):
        services.approve(loan, on=DAY, by=chair)
    assert services.approve(loan, on=DAY, by=secretary).state == Loan.State.APPROVED
    assert LoanApproval.objects.count() == 2


def test_a_refusal_carries_its_reason(sri, chair):
    loan = an_application(sri, by=sri.user)
    with pytest.raises(LoanRefused) as refusal:
        services.refuse(loan, reason=" ", on=DAY, by=chair)
    assert refusal.value.field == "reason"
    assert services.refuse(loan, reason="Kas belum cukup", on=DAY, by=chair).state == Loan.State.REFUSED
    with pytest.raises(LoanRefused, match="ditolak"):
        services.approve(loan, on=DAY, by=chair)


# -- paying out ------------------------------------------------------------------------------------------------------


def test_disbursement_posts_once_net_of_fees_with_a_receipt(sri, secretary, treasurer):
    loan_rules(by=secretary, on=datetime.date(2025, 5, 12), administration_fee=10_000, provision_bp=100)
    before = usp(chart.CASH)
    loan = a_disbursed_loan(sri, by=treasurer)
    assert (loan.administration_fee, loan.provision, loan.net) == (10_000, 12_000, 1_178_000)
    assert usp(chart.CASH) == before - 1_178_000
    assert (usp(chart.ADMINISTRATION_FEES), usp(chart.PROVISION_FEES)) == (10_000, 12_000)
    assert member_balance(sri, "usp", chart.LOANS_RECEIVABLE, as_of=DAY) == 1_200_000
    assert (loan.entry.reference, loan.receipt.amount) == (f"loan:{loan.pk}:disbursed", 1_178_000)
    assert (loan.receipt.direction, loan.receipt.member) == ("out", sri)


def test_the_stored_schedule_is_the_printed_one(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer, first_due_on=datetime.date(2026, 2, 28))
    stored = list(Instalment.objects.values_list("number", "due_on", "principal", "interest"))
    assert stored == [(row.number, row.due_on, row.principal, row.interest) for row in queries.plan(loan).rows]
    # 46 days and eleven months of 30: 1,200,000 × 1.5 % × (46/30 + 11) ÷ 12 = 18,800
    assert stored[0] == (1, datetime.date(2026, 2, 28), 100_000, 18_800)


def test_whoever_approved_does_not_pay_out(sri, treasurer, chair):
    loan = services.approve(an_application(sri, by=sri.user), on=DAY, by=treasurer)
    with pytest.raises(LoanRefused, match="empat mata"):
        services.disburse(loan, on=DAY, by=treasurer)
    assert services.disburse(loan, on=DAY, by=chair).state == Loan.State.RUNNING


def test_nothing_is_paid_out_before_the_yes_or_twice(sri, treasurer):
    loan = an_application(sri, by=sri.user)
    with pytest.raises(LoanRefused, match="menunggu keputusan"):
        services.disburse(loan, on=DAY, by=treasurer)
    loan = a_disbursed_loan(a_member_in("Budi Santoso", by=treasurer), by=treasurer)
    with pytest.raises(LoanRefused, match="berjalan"):
        services.disburse(loan, on=DAY, by=treasurer)


def test_days_go_forward(sri, treasurer, chair):
    loan = an_approved_loan(sri, by=treasurer)
    with pytest.raises(LoanRefused) as refusal:
        services.disburse(loan, on=DAY - datetime.timedelta(days=1), by=treasurer)
    assert refusal.value.field == "on"
    with pytest.raises(LoanRefused) as refusal:
        services.disburse(loan, on=DAY, by=treasurer, first_due_on=DAY)
    assert refusal.value.field == "first_due_on"


# -- paying back -----------------------------------------------------------------------------------------------------


def test_a_payment_settles_the_oldest_first_interest_before_principal(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    paid = services.repay(loan, amount=150_000, on=FEBRUARY, by=treasurer)
    assert list(paid.parts.order_by("pk").values_list("instalment__number", "interest", "principal")) == [
        (1, 18_000, 100_000),
        (2, 18_000, 14_000),
    ]
    assert (usp(chart.LOAN_INTEREST), usp(chart.LOANS_RECEIVABLE)) == (36_000, 1_086_000)
    assert paid.receipt.number == Receipt.objects.order_by("-pk").first().number


def test_more_than_is_owed_is_refused_with_the_exact_amount(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    with pytest.raises(LoanRefused) as refusal:
        services.repay(loan, amount=1_416_001, on=FEBRUARY, by=treasurer)
    assert str(refusal.value) == (
        "Yang masih terutang pada hari ini hanya Rp\u00a01.416.000. Terima tepat sejumlah itu, atau kurang."
    )
    assert refusal.value.field == "amount"
    assert not Repayment.objects.exists()


def test_the_last_rupiah_settles_the_loan(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=1_416_000, on=MARCH, by=treasurer)
    loan.refresh_from_db()
    assert (loan.state, loan.settled_on, usp(chart.LOANS_RECEIVABLE)) == (Loan.State.SETTLED, MARCH, 0)
    with pytest.raises(LoanRefused, match="lunas"):
        services.repay(loan, amount=1, on=MARCH, by=treasurer)


def test_a_payment_cannot_come_before_the_loan(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    with pytest.raises(LoanRefused) as refusal:
        services.repay(loan, amount=118_000, on=DAY - datetime.timedelta(days=1), by=treasurer)
    assert refusal.value.field == "on"


def test_the_treasurer_does_not_receive_from_himself(house, treasurer, chair):
    borrower = a_member_in("Bendahara Sendiri", by=treasurer)
    loan = a_disbursed_loan(borrower, by=treasurer)
    borrower.user = treasurer
    borrower.save()
    with pytest.raises(LoanRefused, match="dirinya sendiri"):
        services.repay(loan, amount=1_000, on=FEBRUARY, by=treasurer)


def test_a_wrong_payment_is_reversed_and_the_debt_is_back(sri, treasurer, chair):
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    last = services.repay(loan, amount=1_298_000, on=MARCH, by=treasurer)
    with pytest.raises(LoanRefused, match="tidak membatalkannya"):
        services.reverse_repayment(last, reason="salah orang", on=MARCH, by=treasurer)
    services.reverse_repayment(last, reason="salah orang", on=MARCH, by=chair)
    loan.refresh_from_db()
    assert (loan.state, queries.outstanding(loan, as_of=MARCH)) == (Loan.State.RUNNING, 1_100_000)
    assert usp(chart.LOANS_RECEIVABLE) == 1_100_000
    with pytest.raises(LoanRefused, match="sudah dibatalkan"):
        services.reverse_repayment(last, reason="lagi", on=MARCH, by=chair)


def test_a_penalty_grows_by_the_day_and_is_paid_first(sri, secretary, treasurer):
    """118,000 due on 12 Feb, paid on 22 Feb at 0.1 % a day with 3 free days: 118,000 × 0.1 % × 7 = 826."""
    loan_rules(by=secretary, on=datetime.date(2025, 6, 12), penalty_rate_bp=10, penalty_grace_days=3)
    loan = a_disbursed_loan(sri, by=treasurer)
    on = datetime.date(2026, 2, 22)
    assert queries.position(loan, as_of=on).penalty == 826
    services.repay(loan, amount=118_826, on=on, by=treasurer)
    assert (usp(chart.PENALTIES), usp(chart.LOANS_RECEIVABLE)) == (826, 1_100_000)
    position = queries.position(loan, as_of=on)
    assert (position.penalty, position.due, position.rows[0].owed) == (0, 0, 0)


def test_a_penalty_that_comes_last_stays_owed(sri, secretary, treasurer):
    loan_rules(
        by=secretary,
        on=datetime.date(2025, 6, 12),
        penalty_rate_bp=10,
        penalty_grace_days=3,
        allocation_order="interest,principal,penalty",
    )
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=118_000, on=datetime.date(2026, 2, 22), by=treasurer)
    later = queries.position(loan, as_of=datetime.date(2026, 3, 1))
    assert (later.penalty, later.rows[0].owed, later.rows[0].owed_principal) == (826, 826, 0)
