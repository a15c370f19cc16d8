"""Standing consent: dues, mandatory savings and instalments out of the member's own voluntary savings."""

import datetime
import threading
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from activities.models import DuesRules
from core.permissions import Role
from governance.services import put_in_force
from loans.hooks import page_of_loan
from members.models import Member
from savings import queries, services
from savings.models import StandingOrder, StandingOrderRun
from savings.services import SavingsRefused, run_standing_orders
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in, a_user, savings_rules
from tests.ledger.builders import run
from tests.loans.builders import a_disbursed_loan, loan_rules

pytestmark = pytest.mark.django_db

JANUARY = datetime.date(2025, 1, 12)
FEBRUARY = datetime.date(2025, 2, 12)


@pytest.fixture
def sri(capital, chair, treasurer):
    savings_rules(by=chair, on=JANUARY)
    return a_member_in(by=treasurer, on=JANUARY, username="sri", voluntary=200_000)


def order(member, purpose="mandatory", *, day=12, on=JANUARY, by=None):
    return services.give_standing_order(member, purpose=purpose, day_of_month=day, on=on, by=by or member.user)


def held(member, on=FEBRUARY):
    saved = queries.balances(member, as_of=on)
    return saved.voluntary, saved.mandatory


def test_mandatory_savings_are_paid_once_a_month(sri):
    order(sri)
    assert run_standing_orders(on=FEBRUARY) == 1
    assert held(sri) == (180_000, 40_000)
    assert run_standing_orders(on=FEBRUARY) == 0  # twice a day
    assert run_standing_orders(on=FEBRUARY + datetime.timedelta(days=1)) == 0  # and the day after
    assert held(sri) == (180_000, 40_000)
    assert sri.user.notices.latest("pk").text.startswith("Rp\u00a020.000 dari simpanan sukarela")
    assert_clean(FEBRUARY)


def test_what_is_not_due_yet_is_looked_at_again(sri):
    order(sri, day=1)
    assert run_standing_orders(on=datetime.date(2025, 2, 1)) == 0  # mandatory savings fall due on the 12th
    assert not StandingOrderRun.objects.exists()
    assert run_standing_orders(on=FEBRUARY) == 1


def test_too_little_takes_nothing_and_says_so_once(sri, treasurer):
    services.withdraw(sri, kind="voluntary", amount=190_000, on=JANUARY, by=treasurer)
    order(sri)
    assert run_standing_orders(on=FEBRUARY) == 1
    assert held(sri) == (10_000, 20_000)
    made = StandingOrderRun.objects.get()
    assert (made.amount, "10.000" in made.reason) == (0, True)
    assert "Tidak ada yang dipotong" in sri.user.notices.latest("pk").text
    assert run_standing_orders(on=FEBRUARY) == 0
    assert sri.user.notices.count() == 1


def test_loan_instalment_is_paid_whole_or_not(sri, chair, treasurer):
    loan_rules(by=chair, on=JANUARY)
    loan = a_disbursed_loan(sri, principal=400_000, instalments=4, on=JANUARY, by=treasurer)
    order(sri, "loan")
    assert run_standing_orders(on=FEBRUARY) == 1
    assert loan.repayments.get().through == "savings"
    assert page_of_loan(loan.repayments.get().entry) == reverse("loans:detail", args=[loan.pk])
    paid = StandingOrderRun.objects.get().amount
    assert held(sri)[0] == 200_000 - paid
    assert run_standing_orders(on=datetime.date(2025, 3, 12)) == 1  # 94,000 are left and 106,000 due
    assert StandingOrderRun.objects.get(month=datetime.date(2025, 3, 1)).amount == 0
    assert held(sri, datetime.date(2025, 3, 12))[0] == 200_000 - paid
    assert_clean(datetime.date(2025, 3, 12))


def test_dues_are_paid_out_of_savings(sri, chair):
    put_in_force(
        DuesRules, in_force_from=datetime.date(2025, 2, 1), decided_in=a_decision(by=chair, number="IURAN"),
        on=JANUARY, by=chair, amount=10_000, due_day=12,
    )  # fmt: skip
    order(sri, "dues")
    assert run_standing_orders(on=FEBRUARY) == 1
    assert held(sri)[0] == 190_000
    assert_clean(FEBRUARY)


# -- given and stopped -----------------------------------------------------------------------------------------------


def test_stopped_order_takes_nothing(sri):
    services.end_standing_order(order(sri), on=FEBRUARY, by=sri.user)
    assert run_standing_orders(on=FEBRUARY) == 0
    with pytest.raises(SavingsRefused):
        services.end_standing_order(StandingOrder.objects.get(), on=FEBRUARY, by=sri.user)


def test_another_day_takes_the_place_of_the_first(sri):
    order(sri, day=1)
    order(sri, day=20)
    assert list(StandingOrder.objects.running().values_list("day_of_month", flat=True)) == [20]


def test_given_after_its_day_it_begins_next_month(sri):
    order(sri, day=1, on=FEBRUARY)
    assert run_standing_orders(on=FEBRUARY) == 0
    assert run_standing_orders(on=datetime.date(2025, 3, 12)) == 1


def test_nobody_gives_or_stops_it_for_another(sri, secretary, treasurer):
    other = a_user(Role.MEMBER, username="lain")
    for stranger in (other, secretary):
        with pytest.raises(SavingsRefused, match="Sri"):
            order(sri, by=stranger)
    given = order(sri, by=treasurer)  # with the member's word, at the counter
    assert "simpanan sukarela" in sri.user.notices.get().text
    with pytest.raises(SavingsRefused, match="Sri"):
        services.end_standing_order(given, on=FEBRUARY, by=other)


def test_treasurers_own_is_signed_by_the_chair(sri, treasurer, chair):
    order(sri)
    Member.objects.filter(pk=sri.pk).update(user=treasurer)
    assert run_standing_orders(on=FEBRUARY) == 1
    assert sri.movements.latest("pk").entry.posted_by == chair


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE savings_standingorder SET day_of_month = 3",
        "UPDATE savings_standingorder SET ended_on = given_on - 1, ended_by_id = given_by_id",
        "DELETE FROM savings_standingorder",
        "UPDATE savings_standingorderrun SET amount = 1",
        "DELETE FROM savings_standingorderrun",
        "INSERT INTO savings_standingorderrun (order_id, month, \"on\", amount, reason)"
        " SELECT order_id, month, \"on\", amount, reason FROM savings_standingorderrun",
        "INSERT INTO savings_standingorderrun (order_id, month, \"on\", amount, reason)"
        " SELECT order_id, date '2025-05-01', \"on\", 0, '' FROM savings_standingorderrun",
        "INSERT INTO savings_standingorder (member_id, purpose, day_of_month, given_on, given_by_id)"
        " SELECT member_id, purpose, 5, given_on, given_by_id FROM savings_standingorder",
        "INSERT INTO savings_standingorder (member_id, purpose, day_of_month, given_on, given_by_id)"
        " SELECT member_id, 'dues', 31, given_on, given_by_id FROM savings_standingorder",
    ],
)  # fmt: skip
def test_database_keeps_what_was_given_and_done(sri, statement):
    order(sri)
    run_standing_orders(on=FEBRUARY)
    with pytest.raises(DatabaseError, match=r"savings_|Cannot|append"), transaction.atomic():
        run(statement)


@pytest.mark.django_db(transaction=True)
def test_two_mornings_at_once_pay_once(sri):
    order(sri)
    start, done = threading.Barrier(2), []

    def morning():
        try:
            start.wait()
            done.append(run_standing_orders(on=FEBRUARY))
        finally:
            connection.close()

    threads = [threading.Thread(target=morning) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 1]
    assert held(sri) == (180_000, 40_000)


# -- in the browser --------------------------------------------------------------------------------------------------


def test_member_gives_and_stops_it_on_the_passbook(sri, client):
    client.force_login(sri.user)
    address = reverse("savings:give-standing-order", args=[sri.pk])
    assert address in client.get(reverse("savings:passbook", args=[sri.pk])).content.decode()
    assert client.get(address).status_code == 200
    typed = {"token": uuid.uuid4(), "purpose": "dues", "day_of_month": "12"}
    assert client.post(address, typed).status_code == 302
    stop = reverse("savings:end-standing-order", args=[StandingOrder.objects.get().pk])
    assert stop in client.get(reverse("savings:passbook", args=[sri.pk])).content.decode()
    assert client.post(stop, {"token": uuid.uuid4()}).status_code == 302
    assert not StandingOrder.objects.running().exists()


@pytest.mark.parametrize("day", ["0", "29", "x", ""])
def test_day_that_no_month_has_is_refused_on_the_form(sri, client, day):
    client.force_login(sri.user)
    typed = {"token": uuid.uuid4(), "purpose": "dues", "day_of_month": day}
    page = client.post(reverse("savings:give-standing-order", args=[sri.pk]), typed)
    assert list(page.context["form"].errors) == ["day_of_month"]


@pytest.mark.parametrize(
    ("role", "status"),
    [("member", 404), ("maintainer", 403), ("treasurer", 200), ("chair", 200), ("secretary", 200), ("supervisor", 403)],
)
def test_who_may_open_the_pages(sri, client, role, status):
    given = order(sri)
    client.force_login(a_user(role, username="somebody"))
    for name, pk in (("give-standing-order", sri.pk), ("end-standing-order", given.pk)):
        assert client.get(reverse(f"savings:{name}", args=[pk])).status_code == status
