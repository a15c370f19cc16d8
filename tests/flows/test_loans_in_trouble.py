"""Three lives of loans that did not go as agreed, with figures worked out by hand; the books are clean at every stop.

All three borrow 1,200,000 over 12 months at 1.5 % flat on 12 January 2026: 100,000 + 18,000 on every 12th. Of what is
late of an instalment 0.1 % a day is penalty, the first three days free: 118 a day of a whole one. Classes by days, 90,
120 and 180; 0.5, 10, 50 and 100 % are set aside. Every month is closed, and the close sets aside.
"""

import datetime

import pytest

from core import audit, dates
from kokkmas.month_end import closing
from ledger import chart
from ledger.models import Unit
from ledger.queries import account_balance, member_balance
from ledger.services import open_year
from loans import queries, services
from loans.models import CollectibilityRules, Loan
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, capital, savings_rules
from tests.loans.builders import a_disbursed_loan, class_rules, loan_rules, restructuring_rules

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.date.fromisoformat(f"2026-{text}")


@pytest.fixture
def lend(secretary, treasurer):
    """A loan to somebody new, paid out on 12 January 2026, in books that begin with that year."""
    for unit in Unit:
        open_year(unit, 2026, by=treasurer)
    capital(on=day("01-02"))
    savings_rules(by=secretary, on=day("01-02"))
    rules = loan_rules(by=secretary, on=day("01-02"), penalty_rate_bp=10, penalty_grace_days=3)
    class_rules(by=secretary, on=day("01-02"), scheme="days")
    restructuring_rules(by=secretary, on=day("01-02"))

    def lent(name):
        member = a_member_in(name, on=day("01-05"), by=treasurer)
        return a_disbursed_loan(member, by=treasurer, rules=rules, on=day("01-12"))

    return lent


@pytest.fixture
def close(treasurer):
    def close(month):
        """Close the month of both units, which asks every check as well; what is set aside then."""
        first = day(f"{month:02}-01")
        last = dates.month_end(first)
        closing.close(closing.open_units(first), on=last, by=treasurer)
        return account_balance("usp", chart.LOAN_LOSS_ALLOWANCE, as_of=last)

    return close


def owed(loan, on):
    return member_balance(loan.member, "usp", chart.LOANS_RECEIVABLE, as_of=on)


def in_year(code, on):
    return account_balance("usp", code, as_of=on)


def test_late_and_recovered(lend, close, treasurer):
    budi = lend("Budi Santoso")
    # Nothing comes in. 77 days late on 30 April is current, 108 days on 31 May substandard.
    assert [close(month) for month in (1, 2, 3, 4, 5)] == [6_000, 6_000, 6_000, 6_000, 120_000]
    [late] = queries.arrears(as_of=day("05-31"))
    # 108, 80, 49 and 19 days, three of each free: 244 × 118 of penalty.
    assert (late.days, late.instalments, late.due) == (108, 4, 472_000 + 28_792)
    assert (
        queries.portfolio(CollectibilityRules.objects.current(day("05-31")), as_of=day("05-31")).non_performing_ratio
        == 1
    )

    # On 10 June the four instalments are 118, 90, 59 and 29 days late: penalty 118 × (115 + 87 + 56 + 26) = 33,512.
    services.repay(budi, amount=472_000 + 33_512, on=day("06-10"), by=treasurer)
    assert (owed(budi, day("06-10")), in_year(chart.PENALTIES, day("06-10"))) == (800_000, 33_512)
    assert_clean(day("06-10"))
    # On 30 June the fifth is 18 days late: 0.5 % of 800,000; 116,000 of the expense is given back.
    assert close(6) == 4_000
    assert in_year(chart.LOAN_LOSSES, day("06-30")) == 4_000

    # On 12 July the fifth with 27 days of penalty, 3,186, and the sixth.
    services.repay(budi, amount=2 * 118_000 + 3_186, on=day("07-12"), by=treasurer)
    assert queries.arrears(as_of=day("07-31")) == []
    assert close(7) == 3_000
    assert owed(budi, day("07-31")) == 600_000
    assert in_year(chart.LOAN_INTEREST, day("07-31")) == 6 * 18_000


def test_restructured(lend, close, secretary, chair, treasurer):
    wati = lend("Wati Handayani")
    for month in ("02-12", "03-12"):
        services.repay(wati, amount=118_000, on=day(month), by=treasurer)
    # 1,000,000 is owed; on 31 July the instalment of 12 April is 110 days late.
    assert [close(month) for month in (1, 2, 3, 4, 5, 6, 7)][-1] == 100_000

    # On 12 August five instalments are due, 90,000 of interest, which becomes principal; the penalty of 122, 92, 61
    # and 31 days, 118 × (119 + 89 + 58 + 28) = 34,692, is waived; 1 % instead of 1.5 % over 10 months.
    terms = services.propose_restructuring(
        wati,
        kind="restructuring",
        instalments=10,
        first_due_on=day("09-12"),
        rate_bp=100,
        waives_penalty=True,
        reason="Pesanan sepi sejak April.",
        on=day("08-12"),
        by=secretary,
    )
    services.approve_restructuring(terms, on=day("08-12"), by=chair)
    assert_clean(day("08-12"))
    done = services.carry_out_restructuring(terms, on=day("08-12"), by=treasurer)
    assert (done.interest_carried, done.penalty_waived, done.principal_after) == (90_000, 34_692, 1_090_000)
    assert owed(wati, day("08-12")) == 1_090_000
    assert [(row.principal, row.interest) for row in queries.position(wati, as_of=day("08-12")).rows] == [
        (109_000, 10_900)
    ] * 10
    assert_clean(day("08-12"))
    assert len(queries.position(wati, as_of=day("08-11")).rows) == 12  # the old schedule holds for the day before
    assert close(8) == 5_450  # current again: 0.5 % of 1,090,000

    for month in ("09-12", "10-12"):
        services.repay(wati, amount=119_900, on=day(month), by=treasurer)
        assert_clean(day(month))
    assert owed(wati, day("10-12")) == 872_000
    assert in_year(chart.LOAN_INTEREST, day("10-12")) == 2 * 18_000 + 90_000 + 2 * 10_900
    assert (close(9), close(10)) == (4_905, 4_360)
    wati.refresh_from_db()
    assert wati.state == Loan.State.RUNNING


def test_written_off_and_recovered_later(lend, close, secretary, chair, treasurer):
    tono = lend("Tono Raharjo")
    # Nothing ever comes in: 200 days late on 31 August, a loss, all of it set aside.
    assert [close(month) for month in range(1, 9)][-1] == 1_200_000
    meeting = a_decision(by=secretary, on=day("09-12"), number="RA-2026-09", kind="write_off", about=tono)
    proposal = services.propose_write_off(
        tono, kind="books", decision=meeting, reason="Bengkel tutup.", on=day("09-15"), by=treasurer
    )
    assert_clean(day("09-15"))
    # Eight instalments are due, 144,000 of interest; they are late by 215, 187, 156, 126, 95, 65, 34 and 3 days:
    # penalty 118 × (212 + 184 + 153 + 123 + 92 + 62 + 31 + 0) = 101,126.
    done = services.write_off(proposal, on=day("09-15"), by=chair)
    assert (done.principal, done.interest, done.penalty, done.claim) == (1_200_000, 144_000, 101_126, 1_445_126)
    assert (done.from_allowance, owed(tono, day("09-15"))) == (1_200_000, 0)
    assert_clean(day("09-15"))
    assert close(9) == 0
    assert in_year(chart.LOAN_LOSSES, day("09-30")) == 1_200_000
    assert queries.arrears(as_of=day("09-30")) == []

    tono.refresh_from_db()
    services.recover(tono, amount=500_000, on=day("10-12"), by=treasurer)
    assert (in_year(chart.RECOVERED_LOANS, day("10-12")), queries.claim(tono).left) == (500_000, 945_126)
    assert_clean(day("10-12"))
    assert close(10) == 0

    annual = a_decision(by=secretary, on=day("11-12"), number="RA-2026-11", kind="write_off", about=tono)
    ending = services.propose_write_off(
        tono, kind="claim", decision=annual, reason="Sakit menahun.", on=day("11-12"), by=treasurer
    )
    services.forgive(ending, on=day("11-12"), by=chair)
    tono.refresh_from_db()
    assert (tono.state, queries.claim(tono).left) == (Loan.State.FORGIVEN, 0)
    assert_clean(day("11-12"))
    actions = [event.action for event in reversed(audit.trail(tono))]
    assert actions[-5:] == [
        "loan.write_off_proposed",
        "loan.written_off",
        "loan.recovered",
        "loan.write_off_proposed",
        "loan.forgiven",
    ]
