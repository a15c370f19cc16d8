"""What members have saved and what they owe, with figures worked out by hand."""

import datetime

import pytest

from members.models import Member
from members.services import leave
from savings import queries
from savings.services import deposit, withdraw
from tests.builders import a_member, a_member_in, savings_rules

JANUARY = datetime.date(2025, 1, 12)


def day(month, date=12, year=2025):
    return datetime.date(year, month, date)


@pytest.fixture
def rules(books, chair, secretary):
    return savings_rules(by=chair, on=JANUARY)


@pytest.fixture
def member(rules, treasurer):
    return a_member_in(by=treasurer, on=JANUARY, phone="+6281234567890")


# -- the monthly obligation ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "owed", "months"),
    [
        (day(1, 31), 0, 0),  # January was paid on entering
        (day(2, 11), 0, 0),  # the day before February falls due
        (day(2, 12), 20_000, 1),
        (day(3, 11), 20_000, 1),
        (day(3, 12), 40_000, 2),
        (day(12, 31), 220_000, 11),
        (day(2, 28, 2026), 260_000, 13),
    ],
)
def test_mandatory_owed_counts_a_month_from_its_due_day(member, as_of, owed, months):
    assert queries.mandatory_owed(member, as_of=as_of) == owed
    assert queries.obligation(member, as_of=as_of).owed_months == months


def test_each_month_costs_what_was_in_force_on_its_first_day(member, chair):
    # 20,000 until February; from 12 March 25,000, so March still costs 20,000 and April 25,000.
    savings_rules(by=chair, on=day(3), mandatory=25_000)
    # February 20,000 + March 20,000 + April 25,000; January was paid.
    found = queries.obligation(member, as_of=day(4))
    assert (found.due, found.paid, found.owed, found.owed_months) == (85_000, 20_000, 65_000, 3)


def test_the_month_of_entering_costs_what_was_in_force_that_day(rules, chair, treasurer):
    savings_rules(by=chair, on=day(3, 10), mandatory=25_000)
    member = a_member_in("Wahyu", by=treasurer, on=day(3, 15))
    assert queries.balances(member, as_of=day(3, 15)).mandatory == 25_000
    assert queries.mandatory_owed(member, as_of=day(3, 31)) == 0
    assert queries.mandatory_owed(member, as_of=day(4)) == 25_000


def test_a_part_of_a_month_stays_open(member, treasurer):
    deposit(member, kind="mandatory", amount=30_000, on=day(3), by=treasurer)
    found = queries.obligation(member, as_of=day(3))
    # 60,000 due until March, 50,000 paid: January and February are full, 10,000 of March are open.
    assert (found.owed, found.paid_until, found.owed_from, found.owed_months) == (10_000, day(2, 1), day(3, 1), 1)


def test_paid_until_looks_ahead(member, treasurer):
    deposit(member, kind="mandatory", amount=100_000, on=day(2), by=treasurer)
    found = queries.obligation(member, as_of=day(2))
    assert (found.owed, found.paid_until) == (0, day(6, 1))


def test_a_payment_counts_from_its_day(member, treasurer):
    deposit(member, kind="mandatory", amount=20_000, on=day(2, 20), by=treasurer)
    assert [queries.mandatory_owed(member, as_of=day(2, date)) for date in (19, 20)] == [20_000, 0]


def test_who_entered_before_the_first_rules_owes_from_the_first_whole_month(books, chair, secretary):
    member = a_member(on=datetime.date(2024, 11, 12), by=secretary)
    savings_rules(by=chair, on=JANUARY)
    found = queries.obligation(member, as_of=day(3))
    # November to January cost nothing: no rules were in force on their first days. February and March are open.
    assert (found.due, found.owed_months, found.owed_from) == (40_000, 2, day(2, 1))


def test_nobody_owes_before_entering_or_after_leaving(member, secretary):
    leave(member, on=day(5, 1), reason="own_request", by=secretary)
    assert [queries.mandatory_owed(member, as_of=on) for on in (day(1, 11), day(4, 30), day(5, 1))] == [0, 60_000, 0]


def test_unpaid_mandatory_lists_who_owes_in_one_query(member, treasurer, django_assert_num_queries):
    a_member_in("Wahyu", by=treasurer, on=day(2))
    for name in ("Tono", "Yanti"):
        paid = a_member_in(name, by=treasurer, on=JANUARY)
        deposit(paid, kind="mandatory", amount=20_000, on=day(2), by=treasurer)
    with django_assert_num_queries(1):
        rows = queries.unpaid_mandatory(as_of=day(2))
    assert [(row.number, row.name, row.owed, str(row.phone)) for row in rows] == [
        (1, "Sri Lestari", 20_000, "+6281234567890")
    ]
    assert [row.owed for row in queries.obligations(as_of=day(3))] == [40_000, 20_000, 20_000, 20_000]


# -- balances --------------------------------------------------------------------------------------------------------


def test_balances_are_as_at_a_date(member, treasurer):
    deposit(member, kind="voluntary", amount=50_000, on=day(2), by=treasurer)
    withdraw(member, kind="voluntary", amount=20_000, on=day(3), by=treasurer)
    assert queries.balances(member, as_of=day(1, 11)) == queries.Balances()
    assert queries.balances(member, as_of=day(2)) == queries.Balances(100_000, 20_000, 50_000)
    assert queries.balances(member, as_of=day(3)).total == 150_000


def test_totals_are_the_sum_of_the_list(member, treasurer):
    a_member_in("Wahyu", by=treasurer, on=day(2), voluntary=75_000)
    rows = list(queries.with_balances(Member.objects.order_by("number"), as_of=day(2)))
    assert [(row.principal, row.mandatory, row.voluntary, row.saved) for row in rows] == [
        (100_000, 20_000, 0, 120_000),
        (100_000, 20_000, 75_000, 195_000),
    ]
    assert queries.totals(Member.objects.all(), as_of=day(2)) == queries.Balances(200_000, 40_000, 75_000)
    assert queries.totals(Member.objects.filter(name="Wahyu"), as_of=day(2)).total == 195_000


def test_passbook_runs_a_balance_per_kind(member, treasurer):
    deposit(member, kind="mandatory", amount=20_000, on=day(2), by=treasurer)
    deposit(member, kind="voluntary", amount=50_000, on=day(2), by=treasurer)
    withdraw(member, kind="voluntary", amount=10_000, on=day(3), by=treasurer)
    assert [(row.kind, row.direction, row.balance) for row in queries.passbook(member)] == [
        ("principal", "deposit", 100_000),
        ("mandatory", "deposit", 20_000),
        ("mandatory", "deposit", 40_000),
        ("voluntary", "deposit", 50_000),
        ("voluntary", "withdrawal", 40_000),
    ]
