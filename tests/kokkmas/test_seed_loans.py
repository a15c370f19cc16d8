"""What the last day of the demo does to loans, whatever is left of them: 6 and 8 months ended in a refusal."""

import datetime

import pytest

from kokkmas.seed import lending, trouble
from kokkmas.seed.founding import Cooperative
from loans import queries, services
from loans.models import Recovery
from tests.books import assert_clean
from tests.builders import a_member_in, capital, open_books, savings_rules
from tests.loans.builders import DAY, a_disbursed_loan, class_rules, loan_rules

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 5, 20)


@pytest.fixture
def coop(chair, secretary, treasurer, supervisor):
    open_books()
    capital()
    savings_rules(by=secretary)
    class_rules(by=secretary)
    return Cooperative(DAY, chair, secretary, treasurer, supervisor)


def test_a_last_instalment_is_paid_with_what_closes_the_loan(coop, secretary, treasurer):
    """100,000 and 7,500 of interest fall due on 12 June; closed on 20 May only the days until then are asked for."""
    loan_rules(by=secretary, early_payoff="to_date")
    loan = a_disbursed_loan(a_member_in("Sri Lestari", by=treasurer), by=treasurer, principal=500_000, instalments=5)
    for month in (2, 3, 4, 5):
        services.repay(loan, amount=107_500, on=datetime.date(2026, month, 12), by=treasurer)
    closing = queries.to_close(loan, on=TODAY).total
    assert closing < queries.position(loan, as_of=TODAY).coming.owed
    lending._from_savings(coop, loan, on=TODAY)
    loan.refresh_from_db()
    assert loan.settled_on == TODAY
    assert_clean(TODAY)


@pytest.mark.parametrize(("instalments", "back"), [(12, 100_000), (1, 33_000)])
def test_what_comes_back_of_a_written_off_loan_is_never_more_than_the_claim(
    coop, secretary, treasurer, instalments, back
):
    loan_rules(by=secretary)
    loan = a_disbursed_loan(a_member_in("Budi", by=treasurer), by=treasurer, instalments=instalments)
    if instalments == 1:
        services.repay(loan, amount=queries.to_close(loan, on=TODAY).total - 66_372, on=TODAY, by=treasurer)
    trouble._written_off(coop, loan, on=TODAY)
    assert Recovery.objects.get().amount == back
    assert_clean(TODAY)
