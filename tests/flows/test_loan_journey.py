"""The LOAN journey of docs/architecture.md, from the application to a day in March, with figures worked out by hand.

Sri Lestari saves 100,000 + 20,000 and asks for Rp1,200,000 over 12 months at 1.5 % flat, with Budi as guarantor.
Every month 1,200,000 ÷ 12 = 100,000 principal and 1,200,000 × 1.5 % = 18,000 interest: 118,000.

    12 Jan  applied, guaranteed, approved, paid out: receivable 1,200,000
    12 Feb  118,000 received: interest 18,000, principal 100,000
    12 Mar   50,000 received: interest 18,000, principal 32,000
    13 Mar  instalment 2 owes interest 0 and principal 68,000; it is one day late
            receivable 1,200,000 − 100,000 − 32,000 = 1,068,000; interest earned 36,000
"""

import datetime

import pytest

from core import audit
from ledger import chart
from ledger.queries import account_balance, member_balance
from loans import queries, services
from loans.models import Loan
from loans.queries import eligibility
from tests.books import assert_clean
from tests.builders import a_member_in, savings_rules
from tests.loans.builders import loan_rules

pytestmark = pytest.mark.usefixtures("capital")

JANUARY, FEBRUARY, MARCH = (datetime.date(2026, month, 12) for month in (1, 2, 3))
NEXT_DAY = datetime.date(2026, 3, 13)


@pytest.mark.django_db
def test_a_loan_from_application_to_its_second_instalment(books, chair, secretary, treasurer):
    savings_rules(by=secretary)
    rules = loan_rules(by=secretary, guarantors_needed=1, savings_multiple=10, membership_months=12)
    sri = a_member_in("Sri Lestari", by=treasurer, username="sri")
    budi = a_member_in("Budi Santoso", by=treasurer, username="budi")
    terms = {"product": rules.product, "principal": 1_200_000, "instalments": 12}

    # Before twelve months of membership the rules say no, and say from when on it is a yes.
    early = failed(sri, as_of=datetime.date(2025, 12, 12), **terms)
    assert early == ["Anggota sejak 12 Januari 2025; pinjaman bisa diajukan mulai 12 Januari 2026."]
    assert failed(sri, as_of=JANUARY, **terms) == []

    loan = services.apply(sri, **terms, purpose="Kulit", on=JANUARY, by=sri.user, guarantors=[budi])
    services.consent(loan.guarantors.get(), on=JANUARY, by=budi.user)
    loan = services.approve(loan, on=JANUARY, by=chair)
    loan = services.disburse(loan, on=JANUARY, by=treasurer)
    assert member_balance(sri, "usp", chart.LOANS_RECEIVABLE, as_of=JANUARY) == 1_200_000
    assert_clean(JANUARY)

    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    assert queries.arrears(as_of=MARCH) == []
    services.repay(loan, amount=50_000, on=MARCH, by=treasurer)

    second = queries.position(loan, as_of=NEXT_DAY).rows[1]
    assert (second.owed_interest, second.owed_principal, second.days_late) == (0, 68_000, 1)
    assert queries.outstanding(loan, as_of=NEXT_DAY) == 1_068_000
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=NEXT_DAY) == 1_068_000
    assert account_balance("usp", chart.LOAN_INTEREST, as_of=NEXT_DAY) == 36_000
    [late] = queries.arrears(as_of=NEXT_DAY)
    assert (late.name, late.days, late.due, late.instalments) == ("Sri Lestari", 1, 68_000, 1)
    [due] = queries.next_due(sri, as_of=NEXT_DAY)
    assert (due.due_on, due.amount, due.days_late) == (MARCH, 68_000, 1)
    assert_clean(NEXT_DAY)

    # The rest at once: 68,000 and ten instalments.
    services.repay(loan, amount=68_000 + 10 * 118_000, on=NEXT_DAY, by=treasurer)
    loan.refresh_from_db()
    assert loan.state == Loan.State.SETTLED
    assert account_balance("usp", chart.LOANS_RECEIVABLE, as_of=NEXT_DAY) == 0
    assert account_balance("usp", chart.LOAN_INTEREST, as_of=NEXT_DAY) == 216_000
    assert_clean(NEXT_DAY)
    assert [event.action for event in reversed(audit.trail(loan))] == [
        "loan.applied",
        "loan.guaranteed",
        "loan.approved",
        "loan.disbursed",
        "loan.repaid",
        "loan.repaid",
        "loan.repaid",
        "loan.settled",
    ]


def failed(member, **facts):
    return [check.explanation for check in eligibility(member, **facts) if not check.passed]
