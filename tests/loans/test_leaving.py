"""Leaving the cooperative: what stands in the way, who may do what, and what the database refuses around it."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from core.permissions import Role
from ledger.services import credit, debit, post_entry
from loans import leaving, services
from loans.models import Departure
from loans.services import LoanRefused
from members.services import link_login
from savings import services as savings
from savings.models import Movement
from savings.services import SavingsRefused
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, a_user
from tests.loans.builders import DAY, a_disbursed_loan, an_application, loan_rules

JUNE = datetime.date(2026, 6, 10)

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    """Another chair, who has nothing to do with it."""
    return a_user(Role.CHAIR, username="lain")


def proposed(member, by, **facts):
    return services.propose_departure(member, **{"kind": "own_request", "on": JUNE, "by": by} | facts)


def test_it_is_proposed_by_one_agreed_to_by_another_and_paid_by_a_third_step(sri, treasurer, chair):
    departure = proposed(sri, treasurer)
    with pytest.raises(LoanRefused, match="Belum ada"):
        services.pay_departure(departure, on=JUNE, by=treasurer)
    with pytest.raises(LoanRefused, match="pengurus lain"):
        services.close_membership(departure, on=JUNE, by=treasurer)
    departure = services.close_membership(departure, on=JUNE, by=chair)
    with pytest.raises(LoanRefused, match="empat mata"):
        services.pay_departure(departure, on=JUNE, by=chair)
    departure = services.pay_departure(departure, on=JUNE, by=treasurer)
    assert (departure.paid, departure.receipt.amount, departure.receipt.party) == (120_000, 120_000, "Sri Lestari")
    with pytest.raises(LoanRefused, match="Tidak ada lagi"):
        services.pay_departure(departure, on=JUNE, by=treasurer)
    assert_clean(JUNE)


def test_nobody_ends_their_own_membership(sri, treasurer, chair):
    with pytest.raises(LoanRefused, match="sendiri"):
        proposed(sri, sri.user)
    with pytest.raises(LoanRefused, match="sendiri"):
        services.close_membership(proposed(sri, treasurer), on=JUNE, by=sri.user)


def test_a_dismissal_names_its_decision_and_a_death_its_heir(sri, treasurer, secretary):
    with pytest.raises(LoanRefused, match="keputusan"):
        proposed(sri, treasurer, kind="dismissal", reason="Melanggar")
    with pytest.raises(LoanRefused, match="ahli waris"):
        proposed(sri, treasurer, kind="death", heir_name="Budi", heir_relation="anak")
    decision = a_decision(by=secretary, on=DAY, number="RA-9")
    dismissal = proposed(sri, treasurer, kind="dismissal", reason="Melanggar", decision=decision)
    assert dismissal.decision == decision


def test_a_second_proposal_waits_until_the_first_is_put_aside(sri, treasurer, chair):
    first = proposed(sri, treasurer)
    with pytest.raises(LoanRefused, match="sudah diusulkan"):
        proposed(sri, treasurer)
    services.drop_departure(first, on=JUNE, by=chair)
    with pytest.raises(LoanRefused, match="sudah disetujui atau disisihkan"):
        services.close_membership(first, on=JUNE, by=chair)
    assert proposed(sri, treasurer).pk != first.pk


def test_whoever_stands_for_a_loan_or_has_something_open_stays_until_it_is_in_order(
    sri, house, secretary, treasurer, chair
):
    rules = loan_rules(by=secretary, on=datetime.date(2025, 2, 1), guarantors_needed=1)
    budi = a_member_in("Budi Santoso", by=treasurer, voluntary=500_000)
    loan = an_application(budi, by=treasurer, rules=rules, guarantors=[sri])
    services.consent(loan.guarantors.get(), on=DAY, by=sri.user)
    waiting = an_application(sri, by=treasurer, rules=rules, guarantors=[budi])
    block = savings.block(budi, amount=100_000, reason="Jaminan", on=DAY, by=chair)
    departure = proposed(sri, treasurer)
    with pytest.raises(LoanRefused) as refusal:
        services.close_membership(departure, on=JUNE, by=chair)
    assert loan.number in str(refusal.value)
    assert waiting.number in str(refusal.value)
    assert len(leaving.obstacles(sri, as_of=JUNE)) == 2
    # Budi has an application open and savings blocked.
    assert len(leaving.obstacles(budi, as_of=JUNE)) == 2
    savings.unblock(block, on=JUNE, by=chair)
    assert len(leaving.obstacles(budi, as_of=JUNE)) == 1
    sri.refresh_from_db()
    assert sri.left_on is None


def test_an_officer_ends_the_term_first(house, treasurer, chair, secretary):
    member = a_member_in("Ketua Lama", by=treasurer)
    link_login(member, user=a_user(Role.SUPERVISOR, username="awas"), by=secretary)
    member.refresh_from_db()
    [obstacle] = leaving.obstacles(member, as_of=JUNE)
    assert "jabatan" in obstacle.text


def test_the_passbook_is_closed_and_nothing_of_it_is_reversed(sri, treasurer, chair, other):
    services.close_membership(proposed(sri, treasurer), on=JUNE, by=chair)
    last = list(Movement.objects.filter(member=sri, on=JUNE).order_by("pk"))
    assert [(row.kind, row.amount, row.is_by_hand) for row in last] == [
        ("mandatory", 20_000, False),
        ("principal", 100_000, False),
    ]
    for movement in last:
        with pytest.raises(SavingsRefused):
            savings.reverse(movement, on=JUNE, reason="Salah", by=other)
    with pytest.raises(SavingsRefused, match="keluar"):
        savings.deposit(sri, kind="voluntary", amount=1_000, on=JUNE, by=treasurer)


def test_what_was_set_off_stays(sri, treasurer, chair, other):
    loan = a_disbursed_loan(sri, by=treasurer, principal=100_000, instalments=1)
    services.close_membership(proposed(sri, treasurer), on=JUNE, by=chair)
    with pytest.raises(LoanRefused, match="tetap"):
        services.reverse_repayment(loan.repayments.get(), reason="Salah", on=JUNE, by=other)


def test_interest_that_comes_after_leaving_is_paid_with_the_rest(sri, treasurer, chair):
    departure = services.close_membership(proposed(sri, treasurer), on=JUNE, by=chair)
    entry = post_entry(
        unit="usp", on=JUNE, reference="interest:test", memo="Jasa",
        lines=[debit("5101", 700, member=sri), credit("2101", 700, member=sri)], by=treasurer,
    )  # fmt: skip
    Movement.objects.create(
        member=sri, kind="voluntary", direction="deposit", purpose="interest", amount=700, on=JUNE, entry=entry
    )
    departure = services.pay_departure(departure, on=JUNE, by=treasurer)
    assert (departure.to_pay, departure.interest, departure.receipt.amount) == (120_000, 700, 120_700)


# -- around the services ---------------------------------------------------------------------------------------------


def refused(name, write):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    assert caught.value.__cause__.diag.constraint_name == name


def test_the_database_wants_four_eyes(sri, treasurer, chair):
    departure = proposed(sri, treasurer)
    rows = Departure.objects.filter(pk=departure.pk)
    by = lambda user: lambda: rows.update(approved_on=JUNE, approved_by=user, pay_by=JUNE)  # noqa: E731
    refused("loans_departure_approved_by_somebody_else", by(treasurer))
    refused("loans_departure_four_eyes", by(sri.user))
    services.close_membership(departure, on=JUNE, by=chair)
    departure = services.pay_departure(departure, on=JUNE, by=treasurer)
    refused("loans_departure_stays", lambda: rows.update(paid_by=chair))
    refused("loans_departure_stays", lambda: rows.update(to_pay=1))


def test_the_database_keeps_what_was_proposed(sri, treasurer):
    departure = proposed(sri, treasurer)
    rows = Departure.objects.filter(pk=departure.pk)
    refused("loans_departure_stays", lambda: rows.update(kind="death"))
    refused("loans_departure_stays", lambda: rows.update(heir_name="Orang lain"))
    with pytest.raises(Exception, match=r"never_deleted|[Cc]annot delete"), transaction.atomic():
        departure.delete()


def test_the_database_pays_no_debtor(sri, treasurer, chair):
    departure = proposed(sri, treasurer)
    refused(
        "loans_departure_debt_comes_first",
        lambda: Departure.objects.filter(pk=departure.pk).update(
            approved_on=JUNE, approved_by=chair, pay_by=JUNE, principal=100, owed=90, set_off=50, to_pay=50
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_two_officers_agree_at_once(sri, treasurer, chair, other):
    a_disbursed_loan(sri, by=treasurer, principal=100_000, instalments=1)
    departure = proposed(sri, treasurer)
    barrier = Barrier(2)

    def agree(by):
        try:
            barrier.wait(timeout=10)
            return services.close_membership(departure, on=JUNE, by=by)
        except LoanRefused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(agree, (chair, other)))
    assert [type(result) for result in sorted(results, key=str)].count(str) == 1
    assert Departure.objects.get().to_pay == 120_000 - 101_500
    assert Movement.objects.filter(member=sri, direction="withdrawal").count() == 2
    assert_clean(JUNE)
