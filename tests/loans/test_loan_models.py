"""What the database refuses when somebody writes around the services."""

import datetime

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import ProgrammingError

from governance.services import GovernanceRefused
from loans import services
from loans.models import Guarantor, Instalment, Loan, LoanApproval, LoanRules, Repayment, RepaymentPart
from tests.builders import a_member_in
from tests.loans.builders import DAY, a_disbursed_loan, a_product, an_application, an_approved_loan, loan_rules

pytestmark = pytest.mark.django_db

REFUSALS = (IntegrityError, InternalError, ProgrammingError)


def refused(name, write):
    with pytest.raises(REFUSALS, match=name), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"principal": 0}, "terms_stay|Cannot update"),
        ({"refused_on": DAY}, "loans_loan_refused_by_whom_and_why"),
        ({"settled_on": DAY}, "loans_loan_dates_in_order|loans_loan_disbursed_after_approval"),
        ({"approved_on": DAY - datetime.timedelta(days=1)}, "the supervisors agree"),
        ({"disbursed_on": DAY}, "loans_loan_d"),
    ],
)
def test_a_loan_keeps_its_order(sri, change, constraint):
    loan = an_application(sri, by=sri.user)
    refused(constraint, lambda: Loan.objects.filter(pk=loan.pk).update(**change))


def test_a_loan_ends_one_way(sri, chair, treasurer):
    loan = an_approved_loan(sri, by=treasurer)
    change = {"refused_on": DAY, "refused_by": chair, "refusal_reason": "x"}
    refused("loans_loan_one_end", lambda: Loan.objects.filter(pk=loan.pk).update(**change))


def test_amounts_are_positive(sri):
    loan = an_application(sri, by=sri.user)
    loan.pk, loan.number, loan.principal = None, "PJ-X", 0
    refused("loans_loan_amount_positive", lambda: loan.save(force_insert=True))


def test_nobody_approves_their_own_loan_or_twice(sri, chair):
    loan = an_application(sri, by=sri.user)
    refused("nobody decides on their own loan", lambda: LoanApproval.objects.create(loan=loan, by=sri.user, on=DAY))
    LoanApproval.objects.create(loan=loan, by=chair, on=DAY)
    refused("loans_loanapproval_once_per_person", lambda: LoanApproval.objects.create(loan=loan, by=chair, on=DAY))
    refused("Cannot update or delete", lambda: LoanApproval.objects.all().delete())


def test_whoever_wrote_it_down_does_not_approve(sri, treasurer):
    loan = an_application(sri, by=treasurer)
    refused("nobody decides on their own loan", lambda: LoanApproval.objects.create(loan=loan, by=treasurer, on=DAY))


def test_nothing_is_paid_out_by_an_approver_or_without_approval(sri, treasurer):
    loan = an_application(sri, by=sri.user)
    change = {"approved_on": DAY, "disbursed_on": DAY, "disbursed_by": treasurer}
    refused("did not decide|supervisors agree", lambda: Loan.objects.filter(pk=loan.pk).update(**change))
    services.approve(loan, on=DAY, by=treasurer)
    refused("did not decide", lambda: Loan.objects.filter(pk=loan.pk).update(**change))


def test_nobody_guarantees_their_own_loan(sri, treasurer):
    loan = an_application(sri, by=sri.user)
    refused("their own loan", lambda: Guarantor.objects.create(loan=loan, member=sri, amount=1))
    budi = a_member_in("Budi Santoso", by=treasurer)
    Guarantor.objects.create(loan=loan, member=budi, amount=1)
    refused("loans_guarantor_once", lambda: Guarantor.objects.create(loan=loan, member=budi, amount=1))
    answer = {"consented_on": DAY, "declined_on": DAY}
    refused("loans_guarantor_one_answer", lambda: Guarantor.objects.update(**answer))
    refused("loans_guarantor_amount_positive", lambda: Guarantor.objects.update(amount=0))


def test_schedules_and_payments_are_written_once(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    paid = services.repay(loan, amount=118_000, on=datetime.date(2026, 2, 12), by=treasurer)
    refused("Cannot update", lambda: Instalment.objects.update(principal=1))
    refused("Cannot update", lambda: RepaymentPart.objects.update(principal=1))
    refused("Cannot update", lambda: Repayment.objects.update(amount=1))
    refused("reversed_by_whom", lambda: Repayment.objects.update(reversed_on=paid.paid_on))
    first = Instalment.objects.first()
    again = {"loan": loan, "due_on": first.due_on, "principal": 1, "interest": 1}
    refused("loans_instalment_number_once", lambda: Instalment.objects.create(number=1, **again))
    refused("not_negative", lambda: Instalment.objects.create(number=99, **again | {"interest": -1}))
    part = {"repayment": paid, "instalment": first}
    refused("loans_repaymentpart_once", lambda: RepaymentPart.objects.create(**part, principal=1))
    refused(
        "loans_repaymentpart_positive", lambda: RepaymentPart.objects.create(repayment=paid, instalment_id=first.pk + 1)
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"rate_bp": 201}, "24\u00a0% setahun"),
        ({"rate_bp": 2401, "rate_per": "year"}, "24\u00a0% setahun"),
        ({"least_instalments": 30}, "Angsuran paling banyak"),
        ({"principal_grace": 1}, "Angsuran paling banyak"),
        ({"least_amount": 20_000_000}, "Jumlah paling banyak"),
        ({"administration_fee": 60_000}, "Biaya harus menyisakan"),
    ],
)
def test_rules_keep_the_law_and_their_ranges(secretary, values, sentence):
    with pytest.raises(GovernanceRefused, match=sentence):
        loan_rules(by=secretary, **values)
    assert not LoanRules.objects.exists()


def test_one_version_per_product_and_day(secretary):
    loan_rules(by=secretary)
    with pytest.raises(GovernanceRefused, match="sudah"):
        loan_rules(by=secretary)
    other = a_product("alat", "Alat kerja", by=secretary)
    assert loan_rules(by=secretary, product=other).product == other
