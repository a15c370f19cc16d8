"""Leaving the cooperative: what stands in the way, who may do what, and what the database refuses around it."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from activities.services import collect_dues
from core.dates import month_end
from core.permissions import Role
from core.uploads import Upload
from departures import queries, services
from departures.models import Departure, LeavingRules
from governance.services import put_in_force
from loans import services as loans
from loans.services import LoanRefused
from members.services import link_login
from savings import services as savings
from savings.models import Movement
from savings.queries import balances
from savings.services import SavingsRefused
from tests.activities.builders import dues_rules
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, a_user
from tests.loans.builders import DAY, a_disbursed_loan, an_application, loan_rules
from tests.savings.builders import a_term, interest_rules, tax_rules, term_rules

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
        services.approve_departure(departure, on=JUNE, by=treasurer)
    departure = services.approve_departure(departure, on=JUNE, by=chair)
    with pytest.raises(LoanRefused, match="empat mata"):
        services.pay_departure(departure, on=JUNE, by=chair)
    departure = services.pay_departure(departure, on=JUNE, by=treasurer)
    assert (departure.to_pay, departure.receipt.amount, departure.receipt.party) == (120_000, 120_000, "Sri Lestari")
    with pytest.raises(LoanRefused, match="Tidak ada lagi"):
        services.pay_departure(departure, on=JUNE, by=treasurer)
    assert_clean(JUNE)


def test_nobody_ends_their_own_membership(sri, treasurer, chair):
    with pytest.raises(LoanRefused, match="sendiri"):
        proposed(sri, sri.user)
    with pytest.raises(LoanRefused, match="sendiri"):
        services.approve_departure(proposed(sri, treasurer), on=JUNE, by=sri.user)


def test_a_dismissal_names_its_decision_and_a_death_its_heir(sri, treasurer, secretary):
    with pytest.raises(LoanRefused, match="keputusan"):
        proposed(sri, treasurer, kind="dismissal", reason="Melanggar")
    with pytest.raises(LoanRefused, match="ahli waris"):
        proposed(sri, treasurer, kind="death", died_on=DAY, heir_name="Budi", heir_relation="anak")
    decision = a_decision(by=secretary, on=DAY, number="RA-9", kind="dismissal", about=sri)
    dismissal = proposed(sri, treasurer, kind="dismissal", reason="Melanggar", decision=decision)
    assert dismissal.decision == decision


def test_a_second_proposal_waits_until_the_first_is_put_aside(sri, treasurer, chair):
    first = proposed(sri, treasurer)
    with pytest.raises(LoanRefused, match="sudah diusulkan"):
        proposed(sri, treasurer)
    services.drop_departure(first, on=JUNE, by=chair)
    with pytest.raises(LoanRefused, match="sudah disetujui atau disisihkan"):
        services.approve_departure(first, on=JUNE, by=chair)
    assert proposed(sri, treasurer).pk != first.pk


def test_whoever_stands_for_a_loan_or_has_something_open_stays_until_it_is_in_order(
    sri, house, secretary, treasurer, chair
):
    rules = loan_rules(by=secretary, on=datetime.date(2025, 2, 1), guarantors_needed=1)
    budi = a_member_in("Budi Santoso", by=treasurer, voluntary=500_000)
    loan = an_application(budi, by=treasurer, rules=rules, guarantors=[sri])
    loans.consent(loan.guarantors.get(), on=DAY, by=sri.user)
    waiting = an_application(sri, by=treasurer, rules=rules, guarantors=[budi])
    block = savings.block(budi, amount=100_000, reason="Jaminan", on=DAY, by=chair)
    departure = proposed(sri, treasurer)
    with pytest.raises(LoanRefused) as refusal:
        services.approve_departure(departure, on=JUNE, by=chair)
    assert loan.number in str(refusal.value)
    assert waiting.number in str(refusal.value)
    assert len(queries.obstacles(sri, as_of=JUNE)) == 2
    # Budi has an application open and savings blocked.
    assert len(queries.obstacles(budi, as_of=JUNE)) == 2
    savings.unblock(block, on=JUNE, by=chair)
    assert len(queries.obstacles(budi, as_of=JUNE)) == 1
    sri.refresh_from_db()
    assert sri.left_on is None


def test_an_officer_ends_the_term_first(house, treasurer, chair, secretary):
    member = a_member_in("Ketua Lama", by=treasurer)
    link_login(member, user=a_user(Role.SUPERVISOR, username="awas"), by=secretary)
    member.refresh_from_db()
    [obstacle] = queries.obstacles(member, as_of=JUNE)
    assert "jabatan" in obstacle.text


def test_the_passbook_is_closed_and_nothing_of_it_is_reversed(sri, treasurer, chair, other):
    services.approve_departure(proposed(sri, treasurer), on=JUNE, by=chair)
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
    services.approve_departure(proposed(sri, treasurer), on=JUNE, by=chair)
    with pytest.raises(LoanRefused, match="tetap"):
        loans.reverse_repayment(loan.repayments.get(), reason="Salah", on=JUNE, by=other)


# -- what belongs to the settlement ----------------------------------------------------------------------------------


def test_interest_until_that_day_is_paid_with_the_rest_and_no_run_adds_to_it(house, treasurer, chair):
    # 6 % a year on the daily balance of 1,000,000, a twelfth a month: May 5,000; nine of thirty days of June on
    # 1,005,000 are 1,507.50, to the nearest 1,508.
    interest_rules(by=chair)
    member = a_member_in("Dewi Anggraini", by=treasurer)
    savings.deposit(member, kind="voluntary", amount=1_000_000, on=datetime.date(2026, 5, 1), by=treasurer)
    other = a_member_in("Budi Santoso", by=treasurer, voluntary=200_000)
    ahead = queries.outlook(member, on=JUNE)
    assert (ahead.interest, ahead.has) == (6_508, 1_126_508)
    departure = services.approve_departure(proposed(member, treasurer), on=JUNE, by=chair)
    assert (departure.voluntary, departure.to_pay) == (1_006_508, 1_126_508)
    departure = services.pay_departure(departure, on=JUNE, by=treasurer)
    assert departure.receipt.amount == 1_126_508
    for month in (5, 6, 7):
        last = month_end(datetime.date(2026, month, 1))
        savings.post_interest(last.replace(day=1), on=last, by=treasurer)
    assert balances(member, as_of=last).total == 0
    assert balances(other, as_of=last).voluntary > 200_000
    assert_clean(last)


def test_interest_of_a_month_that_was_posted_is_not_paid_twice(house, treasurer, chair):
    interest_rules(by=chair)
    member = a_member_in("Dewi Anggraini", by=treasurer)
    savings.deposit(member, kind="voluntary", amount=1_000_000, on=datetime.date(2026, 5, 1), by=treasurer)
    savings.post_interest(datetime.date(2026, 5, 1), on=datetime.date(2026, 5, 31), by=treasurer)
    # 1,005,000 for nine of thirty days: 1,507.5, and to the nearest 1,508.
    assert queries.outlook(member, on=JUNE).interest == 1_508
    departure = services.approve_departure(proposed(member, treasurer), on=JUNE, by=chair)
    assert departure.to_pay == 120_000 + 1_005_000 + 1_508
    assert_clean(JUNE)


def test_somebody_who_leaves_on_the_last_day_of_a_month_gets_what_the_run_would_not_take_back(house, treasurer, chair):
    interest_rules(by=chair, method="average")
    end = datetime.date(2026, 6, 30)
    member = a_member_in("Dewi Anggraini", by=treasurer)
    savings.deposit(member, kind="voluntary", amount=900_000, on=datetime.date(2026, 6, 1), by=treasurer)
    departure = services.approve_departure(proposed(member, treasurer), on=end, by=chair)
    assert departure.voluntary == 904_350  # 29 of 30 days of 4,500
    savings.post_interest(end.replace(day=1), on=end, by=treasurer)
    assert balances(member, as_of=end).total == 0
    assert_clean(end)


def test_the_tax_on_the_interest_is_withheld_with_it(house, treasurer, chair):
    # 100,000,000 at 6 % for fifteen of thirty days: 250,000, of which 25,000 is tax.
    interest_rules(by=chair)
    tax_rules(by=chair)
    member = a_member_in("Dewi Anggraini", by=treasurer)
    savings.deposit(member, kind="voluntary", amount=100_000_000, on=datetime.date(2026, 6, 1), by=treasurer)
    middle = datetime.date(2026, 6, 16)
    assert queries.outlook(member, on=middle).interest == 225_000
    departure = services.approve_departure(proposed(member, treasurer), on=middle, by=chair)
    assert departure.voluntary == 100_225_000
    end = datetime.date(2026, 6, 30)
    savings.post_interest(end.replace(day=1), on=end, by=treasurer)
    assert_clean(end)


def test_savings_pledged_for_the_own_loan_are_set_off_against_it(sri, treasurer, chair):
    # 101,500 close the loan; 80,000 of the voluntary savings stand behind it.
    savings.deposit(sri, kind="voluntary", amount=90_000, on=DAY, by=treasurer)
    loan = a_disbursed_loan(sri, by=treasurer, principal=100_000, instalments=1)
    pledged = loans.pledge(loan, kind="savings", description="Simpanan", value_estimated=80_000, on=DAY, by=treasurer)
    assert queries.obstacles(sri, as_of=JUNE) == []
    departure = services.approve_departure(proposed(sri, treasurer), on=JUNE, by=chair)
    assert (departure.voluntary, departure.set_off, departure.to_pay) == (90_000, 101_500, 108_500)
    pledged.refresh_from_db()
    assert (pledged.returned_on, pledged.block.released_on, pledged.returned_by) == (JUNE, JUNE, chair)
    assert_clean(JUNE)


def test_savings_blocked_for_something_else_are_released_first(sri, treasurer, chair):
    savings.deposit(sri, kind="voluntary", amount=90_000, on=DAY, by=treasurer)
    block = savings.block(sri, amount=50_000, reason="Sengketa pesanan", on=DAY, by=chair)
    [obstacle] = queries.obstacles(sri, as_of=JUNE)
    assert "50.000" in obstacle.text
    with pytest.raises(LoanRefused, match="diblokir"):
        services.approve_departure(proposed(sri, treasurer), on=JUNE, by=chair)
    savings.unblock(block, on=JUNE, by=chair)
    assert queries.obstacles(sri, as_of=JUNE) == []


def test_a_term_deposit_and_a_withdrawal_request_are_ended_first(sri, treasurer, chair):
    term_rules(by=chair, least_amount=0)
    deposit = a_term(sri, amount=500_000, on=DAY, by=treasurer)
    savings.deposit(sri, kind="voluntary", amount=90_000, on=DAY, by=treasurer)
    wish = savings.request_withdrawal(sri, amount=40_000, wanted_on=JUNE, on=JUNE, by=sri.user)
    found = [obstacle.text for obstacle in queries.obstacles(sri, as_of=JUNE)]
    assert len(found) == 2
    assert "500.000" in found[0]
    assert "penarikan" in found[1]
    with pytest.raises(LoanRefused, match="berjangka"):
        services.approve_departure(proposed(sri, treasurer), on=JUNE, by=chair)
    savings.break_term_deposit(deposit, channel="savings", on=JUNE, by=treasurer)
    savings.cancel_withdrawal(wish, on=JUNE, by=sri.user)
    assert queries.obstacles(sri, as_of=JUNE) == []


def test_nothing_is_booked_for_somebody_who_has_left_not_even_for_a_day_before(sri, treasurer, chair):
    services.approve_departure(proposed(sri, treasurer), on=JUNE, by=chair)
    with pytest.raises(SavingsRefused, match="keluar"):
        savings.deposit(sri, kind="voluntary", amount=1_000, on=JUNE - datetime.timedelta(days=3), by=treasurer)


# -- a death ---------------------------------------------------------------------------------------------------------

HEIR = {
    "kind": "death",
    "heir_name": "Ani",
    "heir_relation": "anak",
    "heir_paper": Upload("waris.pdf", "application/pdf", b"%PDF-1.4"),
}
MAY = datetime.date(2026, 5, 20)


def test_after_a_death_the_membership_ends_on_that_day(sri, treasurer, chair):
    departure = services.approve_departure(proposed(sri, treasurer, **HEIR, died_on=MAY), on=JUNE, by=chair)
    sri.refresh_from_db()
    assert (sri.left_on, departure.approved_on, departure.pay_by) == (MAY, JUNE, datetime.date(2026, 7, 10))
    assert_clean(JUNE)


def test_or_on_the_day_it_is_entered_in_the_register_where_the_rules_say_so(sri, treasurer, chair):
    put_in_force(
        LeavingRules,
        in_force_from=DAY,
        decided_in=a_decision(by=chair, on=DAY, number="RA-KELUAR"),
        on=DAY,
        by=chair,
        death_counts="agreement",
    )
    services.approve_departure(proposed(sri, treasurer, **HEIR, died_on=MAY), on=JUNE, by=chair)
    sri.refresh_from_db()
    assert sri.left_on == JUNE


@pytest.mark.parametrize("died_on", [None, datetime.date(2024, 12, 31), JUNE + datetime.timedelta(days=1)])
def test_the_day_of_death_is_asked_for_and_must_be_possible(sri, treasurer, died_on):
    with pytest.raises(LoanRefused) as refusal:
        proposed(sri, treasurer, **HEIR, died_on=died_on)
    assert refusal.value.field == "died_on"


def test_dues_are_asked_for_until_the_day_of_death(sri, treasurer, chair):
    dues_rules(by=chair)
    june = datetime.date(2026, 6, 12)
    collect_dues(sri, months=15, on=DAY, by=treasurer)
    assert "30.000" in queries.obstacles(sri, as_of=june)[0].text  # April, May and June
    proposed(sri, treasurer, **HEIR, died_on=MAY)
    assert "20.000" in queries.obstacles(sri, as_of=june)[0].text  # April and May
    collect_dues(sri, months=2, on=june, by=treasurer)
    assert queries.obstacles(sri, as_of=june) == []


# -- around the services ---------------------------------------------------------------------------------------------


def refused(name, write):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    assert caught.value.__cause__.diag.constraint_name == name


def test_the_database_wants_four_eyes(sri, treasurer, chair):
    departure = proposed(sri, treasurer)
    rows = Departure.objects.filter(pk=departure.pk)
    by = lambda user: lambda: rows.update(approved_on=JUNE, approved_by=user, pay_by=JUNE)  # noqa: E731
    refused("departures_departure_approved_by_somebody_else", by(treasurer))
    refused("departures_departure_four_eyes", by(sri.user))
    services.approve_departure(departure, on=JUNE, by=chair)
    departure = services.pay_departure(departure, on=JUNE, by=treasurer)
    refused("departures_departure_stays", lambda: rows.update(paid_by=chair))
    refused("departures_departure_stays", lambda: rows.update(to_pay=1))


def test_the_database_keeps_what_was_proposed(sri, treasurer):
    departure = proposed(sri, treasurer)
    rows = Departure.objects.filter(pk=departure.pk)
    refused("departures_departure_stays", lambda: rows.update(kind="death"))
    refused("departures_departure_stays", lambda: rows.update(heir_name="Orang lain"))
    with pytest.raises(Exception, match=r"never_deleted|[Cc]annot delete"), transaction.atomic():
        departure.delete()


def test_the_database_pays_no_debtor(sri, treasurer, chair):
    departure = proposed(sri, treasurer)
    refused(
        "departures_departure_debt_comes_first",
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
            return services.approve_departure(departure, on=JUNE, by=by)
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
