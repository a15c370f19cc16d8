"""What is unpaid is kept by the database: it follows every payment, and older days are answered by the same rule."""

import datetime
import random
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from loans import queries, services
from loans.arithmetic.allocation import Across, Order
from loans.arithmetic.penalty import PenaltyBase, PenaltyPer
from loans.arithmetic.rounding import Rounding
from loans.models import Instalment, Loan, Repayment, RepaymentPart, Unpaid
from loans.queries import Arrears
from tests.books import assert_clean
from tests.builders import a_decision, a_member_in
from tests.loans.builders import DAY, a_disbursed_loan, loan_rules, restructuring_rules

FEBRUARY, MARCH, APRIL = (datetime.date(2026, month, 12) for month in (2, 3, 4))
NEXT_DAY = datetime.timedelta(days=1)

pytestmark = pytest.mark.django_db


def rows(statement, **facts):
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return sorted(cursor.fetchall())


def by_definition(day):
    """Every running loan worked out from its schedule and its payments."""
    return rows("SELECT * FROM loans_unpaid_by(%(day)s, ARRAY(SELECT id FROM loans_loan))", day=day)


def as_lists_see_it(day):
    """The kept rows where they hold, and the others worked out."""
    return rows(
        "SELECT loan_id, rows, outstanding, due_on, principal, interest, fee, base, late, penalty FROM loans_unpaid"
        " WHERE is_running AND known_on <= %(day)s UNION ALL SELECT * FROM loans_unpaid_before(%(day)s, NULL)",
        day=day,
    )


def by_position(day):
    """What is due of every loan by `queries.position`, which reads the payments one by one."""
    found = {}
    for loan in Loan.objects.running(as_of=day).select_related("rules"):
        position = queries.position(loan, as_of=day)
        if due := position.due_rows:
            sums = [sum(kinds) for kinds in zip(*(_kinds(row) for row in due), strict=True)]
            found[loan.pk] = (
                position.first_due_on,
                position.days_late,
                len(due),
                *sums,
                position.due,
                position.principal,
            )
    return found


def _kinds(row):
    return row.owed_principal, row.owed_interest, row.owed_fee, row.penalty


def by_list(day):
    return {
        row.loan_id: (
            *(row.first_due_on, row.days, row.instalments),
            *(row.principal, row.interest, row.fee, row.penalty, row.due, row.outstanding),
        )
        for row in queries.due(as_of=day)
    }


# -- whatever happens ------------------------------------------------------------------------------------------------


class Life:
    """Things that happen to loans, drawn from a seed; what the rules forbid that day does not happen."""

    def __init__(self, seed, people):
        self.dice, self.on = random.Random(seed), DAY
        self.treasurer, self.chair, self.secretary = people
        self.done = set()

    def go_on(self, loans, times):
        acts = [self.pay, self.pay, self.pay, self.pay_late, self.reverse, self.restructure, self.close, self.write_off]
        for _time in range(times):
            self.on += datetime.timedelta(days=self.dice.randrange(25))
            loan = Loan.objects.get(pk=self.dice.choice(loans).pk)
            act = self.dice.choice(acts)
            try:
                with transaction.atomic():
                    if act(loan):
                        self.done.add(act.__name__)
            except Refused:
                continue

    def pay(self, loan):
        return services.repay(loan, amount=self.dice.randrange(1, 30) * 10_000, on=self.on, by=self.treasurer)

    def pay_late(self, loan):
        on = self.on - datetime.timedelta(days=self.dice.randrange(40))
        return services.repay(loan, amount=self.dice.randrange(1, 15) * 10_000, on=on, by=self.treasurer)

    def reverse(self, loan):
        if paid := list(loan.repayments.filter(reversed_on=None, replays=None)):
            return services.reverse_repayment(self.dice.choice(paid), reason="salah", on=self.on, by=self.chair)
        return None

    def restructure(self, loan):
        terms = {
            "kind": "restructuring",
            "waives_penalty": True,
            "instalments": 8,
            "first_due_on": self.on + datetime.timedelta(days=30),
        }
        proposal = services.propose_restructuring(loan, reason="sepi", on=self.on, by=self.treasurer, **terms)
        services.approve_restructuring(proposal, on=self.on, by=self.chair)
        return services.carry_out_restructuring(proposal, on=self.on, by=self.secretary)

    def close(self, loan):
        if len(self.done) < 3:
            return None
        return services.pay_off(loan, on=self.on, by=self.treasurer)

    def write_off(self, loan):
        if len(self.done) < 3:
            return None
        decision = a_decision(by=self.secretary, on=self.on, number=f"HB-{loan.number}", kind="write_off", about=loan)
        facts = {"kind": "books", "decision": decision, "reason": "hilang"}
        proposal = services.propose_write_off(loan, on=self.on, by=self.treasurer, **facts)
        return services.write_off(proposal, on=self.on, by=self.chair)


@pytest.mark.parametrize(
    ("seed", "across", "over"), [(4, "instalment", "next"), (5, "kind", "next"), (6, "kind", "fewer")]
)
def test_every_day_of_a_random_life_is_answered_alike(sri, house, secretary, treasurer, chair, seed, across, over):
    loan_rules(
        by=secretary,
        on=datetime.date(2025, 2, 12),
        allocation_across=across,
        over_payment=over,
        penalty_rate_bp=10,
        most_running_loans=4,
        instalment_fee=1_000,
    )
    restructuring_rules(by=secretary)
    others = [a_member_in(f"Anggota {number}", by=treasurer) for number in range(3)]
    loans = [a_disbursed_loan(member, by=treasurer) for member in (sri, *others)]
    life = Life(seed, (treasurer, chair, secretary))
    life.go_on(loans, times=40)
    assert life.done == {"pay", "pay_late", "reverse", "restructure", "close", "write_off"}
    for day in range(0, (life.on - DAY).days + 30, 5):
        on = DAY + datetime.timedelta(days=day)
        assert as_lists_see_it(on) == by_definition(on)
        assert by_list(on) == by_position(on)
    assert_clean(life.on)


RULES = st.fixed_dictionaries(
    {
        "penalty_rate_bp": st.sampled_from([1, 7, 50, 333]),
        "penalty_per": st.sampled_from(PenaltyPer.values),
        "penalty_base": st.sampled_from(PenaltyBase.values),
        "penalty_grace_days": st.integers(0, 12),
        "penalty_counts_due_day": st.booleans(),
        "penalty_cap_bp": st.sampled_from([None, 0, 15, 500]),
        "allocation_order": st.sampled_from(Order.values),
        "allocation_across": st.sampled_from(Across.values),
        "over_payment": st.sampled_from(["next", "fewer", "smaller"]),
        "rounding": st.sampled_from(Rounding.values),
        "round_to": st.sampled_from([1, 50, 1_000]),
        "instalment_fee": st.sampled_from([0, 2_500]),
        "method": st.sampled_from(["flat", "declining", "daily"]),
    }
)


@given(
    rules=RULES,
    paid=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 300_000)), max_size=6),
    asked=st.lists(st.integers(0, 260), min_size=1, max_size=4),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_due_is_one_number(sri, secretary, treasurer, rules, paid, asked):
    """Whatever the rules and the payments: the statement for all loans and the position of one say the same."""
    with transaction.atomic():
        day_count = "actual/365" if rules["method"] == "daily" else "30/360"
        in_force = loan_rules(by=secretary, on=datetime.date(2025, 2, 12), day_count=day_count, **rules)
        loan = a_disbursed_loan(sri, by=treasurer, rules=in_force, instalments=5)
        for day, amount in sorted(paid):
            on = DAY + datetime.timedelta(days=day)
            with suppress(Refused), transaction.atomic():
                services.repay(loan, amount=amount, on=on, by=treasurer)
        for day in asked:
            on = DAY + datetime.timedelta(days=day)
            assert by_list(on) == by_position(on)
        transaction.set_rollback(True)


# -- whoever writes --------------------------------------------------------------------------------------------------


def kept(loan):
    row = Unpaid.objects.get(loan=loan)
    return row.known_on, row.is_running, row.since, row.outstanding, sum(row.principal) + sum(row.interest)


def test_it_follows_the_life_of_a_loan(sri, treasurer, chair):
    """1,200,000 over 12 at 1.5 %: 118,000 a month from 12 February on, 1,416,000 in all."""
    loan = a_disbursed_loan(sri, by=treasurer)
    assert kept(loan) == (DAY, True, FEBRUARY, 1_200_000, 1_416_000)
    paid = services.repay(loan, amount=218_000, on=MARCH, by=treasurer)
    assert kept(loan) == (MARCH, True, MARCH, 1_018_000, 1_198_000)  # 82,000 of March's principal, and its interest
    services.reverse_repayment(paid, reason="salah orang", on=APRIL, by=chair)
    assert kept(loan) == (APRIL, True, FEBRUARY, 1_200_000, 1_416_000)
    services.pay_off(loan, on=APRIL, by=treasurer)
    assert kept(loan)[1:] == (False, None, 0, 0)


def test_nobody_writes_it(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    for write in (
        lambda: Unpaid.objects.filter(loan=loan).update(outstanding=0),
        lambda: Unpaid.objects.filter(loan=loan).delete(),
    ):
        with pytest.raises(DatabaseError, match="follows from schedules and payments"), transaction.atomic():
            write()
    assert kept(loan)[3] == 1_200_000


def test_what_is_written_around_the_services_counts_as_well(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    paid = services.repay(loan, amount=1_000, on=FEBRUARY, by=treasurer)
    second = Instalment.objects.get(loan=loan, number=2)
    RepaymentPart.objects.create(repayment=paid, instalment=second, principal=7_000)
    assert kept(loan)[3] == 1_193_000
    Repayment.objects.filter(pk=paid.pk).update(reversed_on=APRIL, reversed_by=treasurer, reversal_reason="salah")
    assert kept(loan)[:4] == (APRIL, True, FEBRUARY, 1_200_000)
    Loan.objects.filter(pk=loan.pk).update(settled_on=APRIL)
    assert kept(loan) == (APRIL, False, None, 0, 0)


def test_a_schedule_written_after_the_disbursement_counts(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    Instalment.objects.create(loan=loan, number=13, due_on=DAY + NEXT_DAY, principal=5_000, interest=0)
    assert kept(loan) == (DAY, True, DAY + NEXT_DAY, 1_205_000, 1_421_000)


# -- a page of the list ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("members", [2, 5])
def test_a_page_is_two_queries_and_the_list_goes_on(house, treasurer, django_assert_num_queries, members):
    for number in range(members):
        a_disbursed_loan(a_member_in(f"Anggota {number}", by=treasurer), by=treasurer)
    with django_assert_num_queries(2):
        found = Arrears(as_of=APRIL)
        assert (len(found), len(found[1:2]), found.sums["due"]) == (members, 1, members * 354_000)
    assert [row.loan_id for row in [*found[:1], *found[1:9]]] == [row.loan_id for row in queries.arrears(as_of=APRIL)]


def test_a_page_of_loans_by_the_day_is_what_the_whole_list_says(sri, secretary, treasurer):
    loan_rules(
        by=secretary,
        on=datetime.date(2025, 3, 12),
        method="daily",
        rate_per="year",
        rate_bp=1800,
        day_count="actual/365",
    )
    for number in range(3):
        loan = a_disbursed_loan(a_member_in(f"Anggota {number}", by=treasurer), by=treasurer)
        if number:
            services.repay(loan, amount=150_000 * number, on=FEBRUARY, by=treasurer)
    found, whole = Arrears(as_of=MARCH + NEXT_DAY), queries.arrears(as_of=MARCH + NEXT_DAY)
    assert 0 < len(whole) <= 3
    assert (len(found), found[:1], list(found)) == (len(whole), whole[:1], whole)
    assert found.sums["due"] == sum(row.due for row in whole)


def test_one_loan_among_all_is_found_by_its_number(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    a_disbursed_loan(a_member_in("Budi Santoso", by=treasurer), by=treasurer)
    for day in (MARCH, DAY + NEXT_DAY):  # by the kept row, and before anything was late
        assert {row.loan_id for row in queries.arrears(as_of=day, loans=[loan.pk])} <= {loan.pk}
    assert [row.name for row in queries.arrears(as_of=MARCH, loans=[loan.pk])] == ["Sri Lestari"]
    assert queries.arrears(as_of=MARCH, loans=[]) == []
