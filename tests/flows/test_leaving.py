"""The fifth life: members who leave, with figures worked out by hand; the books are clean at every stop.

Sri has saved 100,000 + 240,000 + 350,000 = 690,000 and owes the last instalment of a loan.

    10 Jun  she asks to leave; the treasurer writes it down
    12 Jun  the chair agrees: 690,000 become payable to a former member; the last instalment of 12 is open, 100,000
            principal and 18,000 interest: 118,000 are set off, 572,000 are to be paid until 12 July
     8 Jul  the treasurer pays 572,000 with a receipt
"""

import datetime

import pytest

from core.uploads import Upload
from departures import services as departures
from departures.models import Departure, LeavingRules
from governance.services import put_in_force
from ledger import chart
from ledger.queries import account_balance, member_balance
from loans import services
from loans.models import Loan
from loans.services import LoanRefused
from savings import queries as savings
from savings import services as saving
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, savings_rules
from tests.loans.builders import a_disbursed_loan, loan_rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("capital")]

PAPER = Upload("waris.pdf", "application/pdf", b"%PDF-1.4")


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def lend(books, secretary, treasurer):
    savings_rules(by=secretary)
    rules = loan_rules(by=secretary)

    def lent(name, *, voluntary, principal=1_200_000, instalments=12):
        member = a_member_in(name, by=treasurer, voluntary=voluntary, username=name.split()[0].lower())
        saving.deposit(member, kind="mandatory", amount=220_000, on=day("2025-12-12"), by=treasurer)
        loan = a_disbursed_loan(
            member, by=treasurer, rules=rules, principal=principal, instalments=instalments, on=day("2025-06-12")
        )
        return member, loan

    return lent


def owed_to(member, on):
    return member_balance(member, "usp", chart.FORMER_MEMBERS_PAYABLE, as_of=on)


def test_left_the_cooperative(lend, treasurer, chair):
    sri, loan = lend("Sri Lestari", voluntary=350_000)
    for month in range(11):
        on = datetime.date(2025 + (6 + month) // 12, (6 + month) % 12 + 1, 12)
        services.repay(loan, amount=118_000, on=on, by=treasurer)
    assert savings.balances(sri, as_of=day("2026-06-10")).total == 690_000

    departure = departures.propose_departure(
        sri, kind="own_request", on=day("2026-06-10"), by=treasurer, reason="Pindah ke Solo"
    )
    departure = departures.approve_departure(departure, on=day("2026-06-12"), by=chair)
    assert (departure.principal, departure.mandatory, departure.voluntary) == (100_000, 240_000, 350_000)
    assert (departure.owed, departure.set_off, departure.to_pay, departure.still_owed) == (118_000, 118_000, 572_000, 0)
    assert departure.pay_by == day("2026-07-12")
    loan.refresh_from_db()
    sri.refresh_from_db()
    assert loan.state == Loan.State.SETTLED
    assert (sri.left_on, sri.leaving_reason, sri.user.is_active) == (day("2026-06-12"), "own_request", False)
    assert savings.obligation(sri, as_of=day("2026-12-31")) is None
    assert owed_to(sri, day("2026-06-12")) == 572_000
    assert savings.balances(sri, as_of=day("2026-06-12")).total == 0
    assert_clean(day("2026-06-12"))

    cash = account_balance("usp", chart.CASH, as_of=day("2026-07-08"))
    departure = departures.pay_departure(departure, on=day("2026-07-08"), by=treasurer)
    assert (departure.receipt.amount, departure.receipt.party) == (572_000, "Sri Lestari")
    assert account_balance("usp", chart.CASH, as_of=day("2026-07-08")) == cash - 572_000
    assert owed_to(sri, day("2026-07-08")) == 0
    assert_clean(day("2026-07-08"))
    assert not Departure.objects.to_pay().exists()
    # The register keeps the row and the number.
    assert (sri.number, sri.name) == (1, "Sri Lestari")


def test_the_heir_gets_the_money_and_never_the_membership(lend, treasurer, chair):
    budi, _loan = lend("Budi Santoso", voluntary=760_000, principal=100_000, instalments=1)
    # One instalment of 101,500 is open since 12 July 2025. 1,100,000 − 101,500 = 998,500.
    departure = departures.propose_departure(
        budi,
        kind="death",
        on=day("2026-06-10"),
        by=treasurer,
        died_on=day("2026-06-02"),
        heir_name="Ani Santoso",
        heir_relation="istri",
        heir_paper=PAPER,
    )
    departures.approve_departure(departure, on=day("2026-06-12"), by=chair)
    departure = departures.pay_departure(departure, on=day("2026-06-20"), by=treasurer)
    assert (departure.receipt.amount, departure.receipt.party) == (998_500, "Ani Santoso")
    assert departure.receipt.member == budi
    budi.refresh_from_db()
    assert (budi.left_on, budi.leaving_reason) == (day("2026-06-02"), "death")
    assert type(budi).objects.filter(name="Ani Santoso").count() == 0
    assert_clean(day("2026-06-20"))


@pytest.mark.parametrize("over_payment", ["next", "fewer", "smaller", "refuse"])
def test_a_debt_larger_than_the_savings_stays_a_claim(lend, treasurer, chair, secretary, over_payment):
    # Savings 340,000. 1,200,000 + 12 × 18,000 = 1,416,000 owed from 12 March 2026 on, nothing is paid back.
    rules = loan_rules(by=secretary, on=day("2026-03-01"), over_payment=over_payment)
    member = a_member_in("Tono Wijaya", by=treasurer)
    saving.deposit(member, kind="mandatory", amount=220_000, on=day("2025-12-12"), by=treasurer)
    loan = a_disbursed_loan(member, by=treasurer, rules=rules, on=day("2026-03-12"))
    departure = departures.propose_departure(member, kind="own_request", on=day("2026-05-12"), by=treasurer)
    departure = departures.approve_departure(departure, on=day("2026-05-12"), by=chair)
    assert (departure.has, departure.set_off, departure.to_pay) == (340_000, 340_000, 0)
    loan.refresh_from_db()
    assert loan.state == Loan.State.RUNNING
    assert owed_to(member, day("2026-05-12")) == 0
    assert departure.still_owed == departure.owed - 340_000 > 0
    assert_clean(day("2026-05-12"))
    with pytest.raises(LoanRefused, match="Tidak ada lagi"):
        departures.pay_departure(departure, on=day("2026-05-13"), by=treasurer)
    # The former member goes on paying.
    services.repay(loan, amount=14_000, on=day("2026-06-12"), by=treasurer)
    assert_clean(day("2026-06-12"))


def test_the_rules_say_how_long_it_may_take(lend, treasurer, chair, secretary):
    put_in_force(
        LeavingRules,
        in_force_from=day("2026-01-12"),
        decided_in=a_decision(by=secretary, number="RA-KELUAR"),
        on=day("2026-01-12"),
        by=secretary,
        pay_within_months=3,
    )
    member = a_member_in("Wati", by=treasurer)
    departure = departures.propose_departure(member, kind="own_request", on=day("2026-05-12"), by=treasurer)
    departure = departures.approve_departure(departure, on=day("2026-05-12"), by=chair)
    assert departure.pay_by == day("2026-08-12")
