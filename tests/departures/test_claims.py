"""Leaving with a loan that is written off, and the bank account that pays what is left."""

import datetime

import pytest
from django.urls import reverse

from core.permissions import Role
from departures import queries, services
from departures.models import Departure, LeavingRules
from departures.papers import statement_facts
from governance.services import put_in_force
from ledger import chart
from ledger.channels import Channel, Way
from ledger.models import Unit
from ledger.queries import account_balance
from loans import queries as loan_queries
from loans import services as loans
from loans.services import LoanRefused
from savings import services as savings
from tests.books import assert_clean
from tests.builders import a_decision, a_user
from tests.loans.builders import DAY, a_disbursed_loan, class_rules, loan_rules
from tests.treasury.builders import into_bank
from treasury.services import open_bank_account

pytestmark = pytest.mark.django_db

WRITTEN_OFF_ON, JUNE = datetime.date(2026, 6, 1), datetime.date(2026, 6, 10)


@pytest.fixture
def written_off(sri, treasurer, chair, secretary):
    """1,200,000 over 12 months, nothing paid; written off on 1 June with four instalments of interest: 1,272,000."""
    class_rules(by=secretary)
    loan = a_disbursed_loan(sri, by=treasurer)
    decision = a_decision(by=secretary, on=datetime.date(2026, 5, 30), number="RA-HAPUS", kind="write_off", about=loan)
    facts = {"kind": "books", "decision": decision, "reason": "Usaha tutup"}
    proposal = loans.propose_write_off(loan, **facts, on=WRITTEN_OFF_ON, by=treasurer)
    return loans.write_off(proposal, on=WRITTEN_OFF_ON, by=chair).loan


@pytest.fixture
def leaves(sri, treasurer, chair):
    def leave():
        departure = services.propose_departure(sri, kind="own_request", on=JUNE, by=treasurer)
        return services.approve_departure(departure, on=JUNE, by=chair)

    return leave


def test_a_claim_on_a_written_off_loan_is_set_off_before_savings_are_paid_out(sri, written_off, leaves):
    """The claim left the savings alone: Sri went with 120,000 and owed 1,272,000."""
    ahead = queries.outlook(sri, on=JUNE)
    assert (ahead.owed, ahead.claims, ahead.to_pay, ahead.still_owed) == (1_272_000, 1_272_000, 0, 1_152_000)
    departure = leaves()
    assert (departure.set_off, departure.to_pay, departure.claims) == (120_000, 0, 1_272_000)
    [recovery] = written_off.recoveries.all()
    assert (recovery.amount, recovery.through, recovery.receipt) == (120_000, "departure", None)
    assert account_balance("usp", chart.RECOVERED_LOANS, as_of=JUNE) == 120_000
    assert ["Pada pinjaman yang dihapus buku", "Rp\u00a01.272.000"] in statement_facts(
        Departure.objects.get(), on=JUNE
    )["facts"]
    with pytest.raises(LoanRefused, match="tetap"):
        loans.reverse_recovery(recovery, reason="Salah", on=JUNE, by=a_user(Role.CHAIR, username="lain"))
    assert_clean(JUNE)


def test_a_running_loan_comes_before_the_claim(sri, secretary, treasurer, request, leaves):
    savings.deposit(sri, kind="voluntary", amount=400_000, on=DAY, by=treasurer)
    rules = loan_rules(by=secretary, on=datetime.date(2025, 3, 12), most_running_loans=3)
    running = a_disbursed_loan(sri, by=treasurer, rules=rules, principal=100_000, instalments=1)
    written_off = request.getfixturevalue("written_off")
    closing = loan_queries.to_close(running, on=JUNE).total
    departure = leaves()
    running.refresh_from_db()
    assert (running.settled_on, departure.owed) == (JUNE, closing + 1_272_000)
    assert written_off.recoveries.get().amount == 520_000 - closing
    assert_clean(JUNE)


def test_the_rules_of_leaving_may_leave_the_claim_alone_and_the_page_says_so(
    sri, written_off, treasurer, chair, client, leaves
):
    decision = a_decision(by=chair, on=DAY, number="RA-KELUAR")
    facts = {"decided_in": decision, "on": DAY, "by": chair}
    put_in_force(LeavingRules, in_force_from=DAY, sets_off_claims=False, **facts)
    ahead = queries.outlook(sri, on=JUNE)
    assert (ahead.owed, ahead.still_claimed, ahead.to_pay) == (0, 1_272_000, 120_000)
    client.force_login(treasurer)
    said = client.get(reverse("departures:propose", args=[sri.pk])).content.decode()
    assert "Rp\u00a01.272.000 ditagih atas pinjaman yang dihapus buku" in said
    assert leaves().to_pay == 120_000
    assert written_off.recoveries.count() == 0
    assert_clean(JUNE)


def test_the_page_says_what_is_set_off_where_it_is_decided(sri, written_off, treasurer, chair, client):
    departure = services.propose_departure(sri, kind="own_request", on=JUNE, by=treasurer)
    client.force_login(chair)
    said = client.get(reverse("departures:approve", args=[departure.pk])).content.decode()
    assert "Rp\u00a01.272.000 dari utang itu ditagih atas pinjaman yang dihapus buku" in said


def test_the_money_of_somebody_who_left_goes_by_the_bank_account_that_was_chosen(sri, treasurer, leaves):
    facts = {"unit": Unit.USP, "holder": "KOKKMAS", "on": DAY, "by": treasurer}
    open_bank_account(bank="BPD DIY", number="00111122", **facts)
    code = open_bank_account(bank="BRI", number="012301000456507", **facts).account.code
    into_bank(code, 200_000, on=DAY, by=treasurer)
    departure = services.pay_departure(leaves(), on=JUNE, by=treasurer, through=Way(Channel.BANK, code))
    departure.refresh_from_db()
    assert (departure.through, departure.receipt.direction) == ("bank", "out")
    assert account_balance("usp", code, as_of=JUNE) == 80_000
    assert_clean(JUNE)
