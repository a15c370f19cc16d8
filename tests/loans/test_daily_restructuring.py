"""New terms for a loan with interest by the day: it counts from the day they start and from what is owed then.

Tono borrows 1,200,000 at 18 % a year over four months on 12 January 2026 (365 days) and pays the first instalment on
its day: 300,000 + 18,345. On 12 April 900,000 is owed, and for 28 + 31 days 12,427 + 13,759 = 26,186 of interest.
"""

import datetime

import pytest

from ledger import chart
from ledger.queries import member_balance
from loans import hooks, queries, services
from loans.models import Loan
from tests.books import assert_clean
from tests.builders import a_member_in
from tests.loans.builders import a_disbursed_loan, loan_rules, restructuring_rules

pytestmark = pytest.mark.django_db

CARRIED = 12_427 + 13_759


def day(month, date=12):
    return datetime.date(2026, month, date)


APRIL = day(4)


@pytest.fixture
def loan(house, treasurer, secretary):
    restructuring_rules(by=secretary)
    rules = loan_rules(
        by=secretary,
        on=day(1),
        method="daily",
        rate_bp=1800,
        rate_per="year",
        day_count="actual/365",
        early_payoff="to_date",
    )
    member = a_member_in("Tono Prasetyo", by=treasurer)
    loan = a_disbursed_loan(member, by=treasurer, rules=rules, principal=1_200_000, instalments=4, on=day(1))
    services.repay(loan, amount=318_345, on=day(2), by=treasurer)
    return loan


@pytest.fixture
def carried_out(loan, chair, secretary, treasurer):
    def carry(kind="rescheduling", **facts):
        usual = {"instalments": 6, "first_due_on": day(5), "reason": "Pesanan sepi."}
        terms = services.propose_restructuring(loan, kind=kind, on=APRIL, by=secretary, **usual | facts)
        services.approve_restructuring(terms, on=APRIL, by=chair)
        return services.carry_out_restructuring(terms, on=APRIL, by=treasurer)

    return carry


def interest(loan, on):
    return [row.owed_interest for row in queries.position(loan, as_of=on).rows]


def test_more_time_counts_from_the_principal_of_its_day(loan, carried_out):
    """150,000 six times. 900,000 × 18 % ÷ 365 is 443.84 a day: 4,438 for 10 days, 13,315 for 30."""
    done = carried_out()
    assert (done.principal_before, done.interest_open, done.principal_after) == (900_000, CARRIED, 900_000)
    assert [row.owed_principal for row in queries.position(loan, as_of=APRIL).rows] == [150_000] * 6
    assert interest(loan, APRIL) == [CARRIED, 0, 0, 0, 0, 0]
    assert interest(loan, day(4, 22))[0] == CARRIED + 4_438
    assert interest(loan, day(5))[0] == CARRIED + 13_315 == 39_501
    assert loan.rows.get(version=2, number=1).interest == 39_501
    assert len(queries.position(loan, as_of=day(4, 11)).rows) == 4
    assert_clean(APRIL)


def test_a_payment_saves_interest_from_its_day_on_and_reminders_ask_for_what_is_really_due(
    loan, carried_out, treasurer
):
    """22 April: 150,000 + 30,624. 20 days on 750,000 are 7,397.26, with the 4,438.36 before 11,836; 7,398 is open."""
    carried_out()
    services.repay(loan, amount=180_624, on=day(4, 22), by=treasurer)
    assert interest(loan, day(5))[0] == 7_398
    assert interest(loan, day(6))[1] == 11_466  # 750,000 × 18 % × 31/365
    [late] = queries.arrears(as_of=day(5, 13))
    assert (late.overdue_principal, late.overdue_interest, late.outstanding) == (0, 7_398, 750_000)
    assert [due.rupiah for due in hooks.owed(as_of=day(5, 13), until=day(5, 13))] == [7_398]
    services.repay(loan, amount=7_398, on=day(5, 13), by=treasurer)
    assert queries.arrears(as_of=day(5, 14)) == []
    assert_clean(day(5, 14))


def test_a_lower_rate_holds_from_its_day_on(loan, carried_out):
    """900,000 × 12 % × 30 ÷ 365 = 8,876.71."""
    carried_out("reconditioning", rate_bp=1200)
    assert interest(loan, day(5))[0] == CARRIED + 8_877


def test_interest_that_becomes_principal_bears_interest_itself(loan, carried_out):
    """926,186 × 18 % × 30 ÷ 365 = 13,702.48."""
    carried_out("restructuring")
    assert interest(loan, APRIL) == [0] * 6
    assert interest(loan, day(5))[0] == 13_702
    assert member_balance(loan.member, "usp", chart.LOANS_RECEIVABLE, as_of=APRIL) == 926_186
    assert_clean(APRIL)


def test_a_late_payment_is_put_in_its_place_on_the_new_terms(loan, carried_out, treasurer):
    """12 May: 189,501. Then 100,000 of 22 April is written down: 30,624 of interest, 69,376 of principal.

    830,624 is owed from then on: 8,192.45 for 20 days, in all 12,631, of which 8,193 is open on 12 May. 80,624
    completes the first instalment, 100,684 goes to the second: 900,000 - 69,376 - 80,624 - 100,684 = 649,316.
    """
    carried_out()
    services.repay(loan, amount=189_501, on=day(5), by=treasurer)
    assert queries.outstanding(loan, as_of=day(5)) == 750_000
    services.repay(loan, amount=100_000, on=day(4, 22), by=treasurer)
    assert queries.outstanding(loan, as_of=day(5)) == 649_316
    assert_clean(day(5))


def test_closing_it_costs_the_interest_of_the_days_and_owes_nothing_afterwards(loan, carried_out, treasurer):
    carried_out()
    services.pay_off(loan, on=day(4, 22), by=treasurer)
    loan.refresh_from_db()
    assert (loan.state, loan.repayments.latest("pk").amount) == (Loan.State.SETTLED, 900_000 + CARRIED + 4_438)
    assert queries.position(loan, as_of=day(8)).total == 0
    assert_clean(day(8))


def test_closing_after_a_part_was_paid_early_leaves_nothing(loan, treasurer):
    """Without new terms: 500,000 on 22 February pays 4,438 of interest; closed on 4 March with 10 days on 404,438."""
    services.repay(loan, amount=500_000, on=day(2, 22), by=treasurer)
    assert queries.outstanding(loan, as_of=day(2, 22)) == 404_438
    services.pay_off(loan, on=day(3, 4), by=treasurer)
    loan.refresh_from_db()
    assert queries.position(loan, as_of=day(8)).total == 0
    assert loan.schedule_version == 1
    assert_clean(day(8))


def test_new_money_on_a_daily_loan(loan, carried_out, treasurer):
    """Paid back until 12 April: 26,186 of interest, 600,000 of principal, half of the loan is 600,000."""
    services.repay(loan, amount=600_000 + CARRIED, on=APRIL, by=treasurer)
    done = carried_out("top_up", added=500_000)
    assert (done.principal_after, done.receipt.amount) == (800_000, 500_000)
    assert interest(loan, day(5))[0] == 11_836  # 800,000 × 18 % × 30/365 = 11,835.62
    assert_clean(APRIL)
