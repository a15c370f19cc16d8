"""Payments out of their order: written late, reversed in the middle; and what is paid beyond what is due.

A loan of 1,200,000 over 12 at 1.5 % flat: 100,000 + 18,000 a month from 12 February on. `declining` pays 100,000 and
1.5 % of what is owed: 18,000, 16,500, 15,000, …
"""

import datetime
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.dates import add_months
from core.permissions import Role
from ledger import chart
from ledger.models import Period, Receipt, Unit
from ledger.queries import account_balance
from ledger.services import LedgerRefused, close_period, open_year
from loans import queries, services
from loans.arithmetic import replay
from loans.arithmetic.payoff import PayoffTerms
from loans.arithmetic.penalty import PenaltyTerms
from loans.arithmetic.replay import Agreement, MoreThanOwed, lines_of, owed
from loans.arithmetic.schedule import Method, Terms, schedule
from loans.models import Loan, Repayment
from loans.services import LoanRefused
from tests.books import assert_clean
from tests.builders import a_member_in, a_user, capital, savings_rules
from tests.loans.builders import DAY, a_disbursed_loan, loan_rules

FEBRUARY, MARCH, APRIL, MAY = (datetime.date(2026, month, 12) for month in (2, 3, 4, 5))
LATE = datetime.date(2026, 4, 20)
END = datetime.date(2026, 12, 31)


def usp(code, as_of=END):
    return account_balance("usp", code, as_of=as_of)


def state(loan, as_of):
    return [
        (row.number, row.due_on, row.owed_principal, row.owed_interest, row.owed_fee, row.penalty)
        for row in queries.position(loan, as_of=as_of).rows
        if row.owed
    ]


def income(as_of):
    return [usp(code, as_of) for code in (chart.LOANS_RECEIVABLE, chart.LOAN_INTEREST, chart.PENALTIES)]


@pytest.fixture
def penalties(house, secretary):
    """One per mille of the instalment a day, from the third day on."""
    return loan_rules(by=secretary, on=datetime.date(2025, 6, 12), penalty_rate_bp=10, penalty_grace_days=3)


# -- a payment written down late -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_payment_written_down_late_takes_its_place_and_the_penalty_goes(sri, penalties, treasurer):
    """118,000 of March 12 had no instalment before it: ten days late cost 118 × 27 days on February's.

    12 Mar 118,000 went to February: 25 free-less days × 118 = 2,950 penalty first, then the rest. With the 118,000 of
    12 February in its place there is no penalty at all, and March is paid to the rupiah.
    """
    loan = a_disbursed_loan(sri, by=treasurer)
    march = services.repay(loan, amount=118_000, on=MARCH, by=treasurer)
    assert march.parts.order_by("pk").first().penalty == 2_950
    receipts = Receipt.objects.count()
    late = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    march.refresh_from_db()
    again = march.replayed.get()
    assert (march.is_superseded, again.paid_on, again.valued_on, again.receipt) == (True, MARCH, MARCH, None)
    assert [(part.instalment.number, part.penalty, part.interest, part.principal) for part in again.parts.all()] == [
        (2, 0, 18_000, 100_000)
    ]
    assert [part.instalment.number for part in late.parts.all()] == [1]
    assert Receipt.objects.count() == receipts + 1
    # What changes in the books is only the split: 2,950 of penalty was principal in truth.
    moved = {(line.account.code, line.debit, line.credit) for line in again.entry.lines.select_related("account")}
    assert moved == {("4102", 2_950, 0), ("1201", 0, 2_950)}
    assert income(END) == [1_000_000, 36_000, 0]
    assert_clean(END)


@pytest.mark.django_db
def test_where_the_split_stays_no_entry_is_posted(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    march = services.repay(loan, amount=118_000, on=MARCH, by=treasurer)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    assert march.replayed.get().entry is None
    assert state(loan, MARCH)[0][0] == 3
    assert state(loan, FEBRUARY)[0][0] == 2
    for day in (FEBRUARY, MARCH, END):
        assert_clean(day)


@pytest.mark.django_db
def test_a_payment_of_the_same_day_comes_after_the_one_that_is_there(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=100_000, on=FEBRUARY, by=treasurer)
    services.repay(loan, amount=18_000, on=FEBRUARY, by=treasurer)
    assert not Repayment.objects.filter(is_superseded=True).exists()


@pytest.mark.django_db
def test_a_closed_month_takes_no_payment_and_keeps_its_own(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=118_000, on=APRIL, by=treasurer)
    for period in Period.objects.filter(unit="usp", month__lte=MARCH).order_by("month"):
        close_period(period, on=APRIL, by=treasurer)
    with pytest.raises(LedgerRefused, match="sudah ditutup"):
        services.repay(loan, amount=118_000, on=MARCH, by=treasurer)


@pytest.mark.django_db
def test_a_late_payment_that_makes_a_later_one_too_much_is_refused(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=1_300_000, on=MARCH, by=treasurer)
    with pytest.raises(LoanRefused, match="pembayaran 12 Maret 2026"):
        services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    assert Repayment.objects.count() == 1


@pytest.mark.django_db
def test_a_payment_that_settles_when_put_in_order_settles_on_the_last_day(sri, treasurer):
    loan = a_disbursed_loan(sri, by=treasurer)
    services.repay(loan, amount=1_298_000, on=MARCH, by=treasurer)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    loan.refresh_from_db()
    assert (loan.state, loan.settled_on) == (Loan.State.SETTLED, MARCH)
    assert_clean(END)


# -- a wrong payment, not the last -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_payment_in_the_middle_is_reversed_and_those_after_it_are_worked_out_anew(sri, penalties, treasurer, chair):
    loan = a_disbursed_loan(sri, by=treasurer)
    wrong = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    march = services.repay(loan, amount=118_000, on=MARCH, by=treasurer)
    services.reverse_repayment(wrong, reason="salah orang", on=LATE, by=chair)
    # From 20 April on it is as if only March's payment had come: 2,950 penalty on February's, as above.
    again = march.replayed.get()
    assert (again.paid_on, again.valued_on) == (LATE, MARCH)
    assert income(LATE) == [1_200_000 - 97_050, 18_000, 2_950]
    assert income(APRIL) == [1_000_000, 36_000, 0]
    assert queries.position(loan, as_of=APRIL).principal == 1_000_000
    for day in (FEBRUARY, MARCH, APRIL, LATE, END):
        assert_clean(day)
    with pytest.raises(LoanRefused, match="sudah dibatalkan"):
        services.reverse_repayment(wrong, reason="lagi", on=LATE, by=chair)
    # Whoever holds the first row of a payment reverses the row that counts now.
    services.reverse_repayment(march, reason="salah juga", on=LATE, by=chair)
    assert income(LATE) == [1_200_000, 0, 0]
    assert_clean(LATE)


@pytest.mark.django_db
def test_before_a_correction_nothing_is_written_any_more(sri, penalties, treasurer, chair):
    loan = a_disbursed_loan(sri, by=treasurer)
    wrong = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    services.repay(loan, amount=118_000, on=MARCH, by=treasurer)
    services.reverse_repayment(wrong, reason="salah orang", on=LATE, by=chair)
    with pytest.raises(LoanRefused, match="20 April 2026"):
        services.repay(loan, amount=118_000, on=APRIL, by=treasurer)
    services.repay(loan, amount=118_000, on=LATE, by=treasurer)


# -- beyond what is due ----------------------------------------------------------------------------------------------


def a_loan(sri, by, secretary, **values):
    values = {"method": "declining", "early_payoff": "period"} | values
    loan_rules(by=secretary, on=datetime.date(2025, 7, 12), **values)
    return a_disbursed_loan(sri, by=by)


@pytest.mark.django_db
def test_fewer_instalments_keep_their_size_and_end_earlier(sri, treasurer, secretary):
    """118,000 is due on 12 February; 300,000 more leave 800,000: eight times 100,000 instead of eleven."""
    loan = a_loan(sri, treasurer, secretary, over_payment="fewer")
    services.repay(loan, amount=418_000, on=FEBRUARY, by=treasurer)
    rows = queries.position(loan, as_of=FEBRUARY).rows
    assert [(row.number, row.principal, row.interest) for row in rows][:2] == [
        (2, 100_000, 12_000),
        (3, 100_000, 10_500),
    ]
    assert (len(rows), rows[-1].number) == (8, 9)
    assert len(queries.position(loan, as_of=FEBRUARY - datetime.timedelta(days=1)).rows) == 12
    assert loan.rows.filter(version=1).count() == 12
    assert_clean(END)


@pytest.mark.django_db
def test_smaller_instalments_keep_their_number(sri, treasurer, secretary):
    """110,000 more than is due leave 990,000 over eleven: 90,000 each, and 14,850 interest on the next."""
    loan = a_loan(sri, treasurer, secretary, over_payment="smaller")
    services.repay(loan, amount=228_000, on=FEBRUARY, by=treasurer)
    rows = queries.position(loan, as_of=FEBRUARY).rows
    assert [(row.number, row.principal, row.interest) for row in rows][:1] == [(2, 90_000, 14_850)]
    assert len(rows) == 11
    assert_clean(END)


@pytest.mark.django_db
def test_what_is_not_due_may_be_refused_and_closing_never_is(sri, treasurer, secretary):
    """Closing on 12 February: principal 1,200,000 and the running interest of 18,000."""
    loan = a_loan(sri, treasurer, secretary, over_payment="refuse")
    with pytest.raises(LoanRefused) as refusal:
        services.repay(loan, amount=118_001, on=FEBRUARY, by=treasurer)
    assert "Rp\u00a0118.000" in str(refusal.value)
    assert "Rp\u00a01.218.000" in str(refusal.value)
    assert queries.to_close(loan, on=FEBRUARY).total == 1_218_000
    services.repay(loan, amount=1_218_000, on=FEBRUARY, by=treasurer)
    loan.refresh_from_db()
    assert loan.settled_on == FEBRUARY
    assert_clean(END)


@pytest.mark.django_db
def test_paid_off_early_the_interest_to_come_is_spared_and_the_old_schedule_stays(sri, treasurer, secretary):
    """On 20 April: 118,000 was paid in February; March 16,500 is owed, April 15,000, the running one 13,500.

    1,100,000 + 16,500 + 15,000 + 13,500 = 1,145,000; of 99,000 to come (1.5 % of 1,100,000 … 100,000 sum to
    99,000), 54,000 is spared.
    """
    loan = a_loan(sri, treasurer, secretary)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    closing = queries.to_close(loan, on=LATE)
    assert (closing.principal, closing.interest, closing.total, closing.spared) == (
        1_100_000,
        45_000,
        1_145_000,
        54_000,
    )
    with pytest.raises(LoanRefused, match=r"1\.145\.000"):
        services.repay(loan, amount=1_145_001, on=LATE, by=treasurer)
    services.repay(loan, amount=1_145_000, on=LATE, by=treasurer)
    loan.refresh_from_db()
    assert (loan.settled_on, loan.schedule_version) == (LATE, 2)
    assert usp(chart.LOAN_INTEREST) == 63_000
    for day in (APRIL, LATE, END):
        assert_clean(day)


@pytest.mark.django_db
def test_a_schedule_that_a_reversed_payment_made_is_followed_by_the_one_before_it(sri, treasurer, secretary, chair):
    loan = a_loan(sri, treasurer, secretary, over_payment="fewer")
    first = services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    much = services.repay(loan, amount=416_500, on=MARCH, by=treasurer)
    services.repay(loan, amount=110_500, on=APRIL, by=treasurer)
    assert queries.position(loan, as_of=APRIL).principal == 600_000
    services.reverse_repayment(much, reason="salah orang", on=LATE, by=chair)
    # 18,000 + 100,000 and 110,500 have come: of 12 March 16,500 and 94,000.
    position = queries.position(loan, as_of=LATE)
    assert position.principal == 1_200_000 - 100_000 - 94_000
    assert [row.number for row in position.rows] == list(range(1, 13))
    assert first.replayed.get().entry is None
    for day in (FEBRUARY, MARCH, APRIL, LATE, END):
        assert_clean(day)


@pytest.mark.django_db
def test_a_payment_written_late_before_a_new_schedule_makes_it_anew(sri, treasurer, secretary):
    loan = a_loan(sri, treasurer, secretary, over_payment="smaller")
    services.repay(loan, amount=400_000, on=MARCH, by=treasurer)
    services.repay(loan, amount=118_000, on=FEBRUARY, by=treasurer)
    in_order = [(FEBRUARY, 118_000), (MARCH, 400_000)]
    terms = queries.agreement(loan)
    _outcomes, lines = replay.replay(terms, lines_of(terms.plan), in_order)
    assert [row[:3] for row in state(loan, MARCH)] == [(line.number, line.due_on, line.principal) for line in lines]
    for day in (FEBRUARY, MARCH, END):
        assert_clean(day)


# -- whatever the order ----------------------------------------------------------------------------------------------

terms = st.builds(
    Terms,
    principal=st.integers(50, 5_000).map(lambda n: n * 1_000),
    method=st.sampled_from([Method.FLAT, Method.DECLINING, Method.ANNUITY]),
    rate=st.integers(0, 24).map(lambda n: Fraction(n, 1_000)),
    rate_per=st.just("month"),
    instalments=st.integers(1, 14),
    round_to=st.sampled_from([1, 100]),
)


def an_agreement(terms, *, rate, grace, on_principal, order, across, over_payment, early, extra):
    plan = schedule(terms, disbursed_on=DAY).rows
    return Agreement(
        terms=terms,
        disbursed_on=DAY,
        penalty=PenaltyTerms(rate=Fraction(rate, 1_000), per="day", grace_days=grace),
        penalty_on_principal=on_principal,
        order=order,
        across=across,
        over_payment=over_payment,
        payoff=PayoffTerms(rule=early, extra=extra),
        plan=plan,
    )


agreements = st.builds(
    an_agreement,
    terms,
    rate=st.integers(0, 3),
    grace=st.integers(0, 5),
    on_principal=st.booleans(),
    order=st.sampled_from(["penalty,interest,principal", "interest,principal,penalty", "principal,interest,penalty"]),
    across=st.sampled_from(["instalment", "kind"]),
    over_payment=st.sampled_from(["next", "fewer", "smaller", "refuse"]),
    early=st.sampled_from(["all", "period", "to_date"]),
    extra=st.integers(0, 2),
)
payments = st.lists(
    st.tuples(st.integers(0, 450).map(lambda n: DAY + datetime.timedelta(days=n)), st.integers(1, 900_000)), max_size=8
)


@settings(max_examples=300, deadline=None)
@given(agreements, payments)
@example(
    an_agreement(
        Terms(principal=50_000, method="flat", rate=Fraction(1, 1_000), rate_per="month", instalments=3),
        rate=1, grace=0, on_principal=False, order="penalty,interest,principal", across="instalment",
        over_payment="next", early="period", extra=0,
    ),
    [(datetime.date(2026, 2, 13), 1), (datetime.date(2026, 2, 13), 50_116)],
)  # fmt: skip
def test_no_rupiah_is_lost_whatever_is_paid_when(agreement, payments):
    """Every payment is wholly in its parts, no part is negative, and principal paid and owed add up to the loan."""
    lines, paid = lines_of(agreement.plan), 0
    for on, amount in sorted(payments):
        price = sum(debt.total for debt in replay.to_close(agreement, lines, on=on))
        if not price:
            break
        outcome = replay.receive(agreement, lines, min(amount, price), on=on, is_new=False)
        assert sum(part.total for part in outcome.parts) == min(amount, price)
        assert all(min(part.principal, part.interest, part.fee, part.penalty) >= 0 for part in outcome.parts)
        paid += sum(part.principal for part in outcome.parts)
        lines = lines if outcome.lines is None else outcome.lines
        assert sum(debt.principal for debt in owed(agreement, lines, on=on)) == agreement.terms.principal - paid
        assert outcome.closes == (min(amount, price) == price)
        if outcome.closes:
            assert sum(debt.total for debt in owed(agreement, lines, on=on)) == 0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 200), st.integers(1, 200_000)), min_size=2, max_size=5, unique_by=lambda paid: paid[0]
    ),
    st.permutations(range(5)),
    st.sampled_from(["next", "fewer", "smaller"]),
    st.sampled_from(["flat", "declining", "annuity"]),
)
@pytest.mark.django_db
def test_replaying_a_payment_equals_having_paid_in_order(written, order, over_payment, method):
    """The same payments written in any order leave the same loan, day by day, and the same books."""
    with transaction.atomic():
        try:
            _the_same_in_any_order(written, order, over_payment, method)
        finally:
            transaction.set_rollback(True)


def _the_same_in_any_order(written, order, over_payment, method):
    treasurer, secretary = a_user(Role.TREASURER), a_user(Role.SECRETARY)
    for unit in Unit:
        for year in (2025, 2026):
            open_year(unit, year, by=treasurer)
    capital(on=datetime.date(2025, 1, 1))
    savings_rules(by=secretary)
    loan_rules(
        by=secretary, method=method, over_payment=over_payment, early_payoff="period", penalty_rate_bp=10,
        most_running_loans=2, penalty_cap_bp=2000,
    )  # fmt: skip
    sri = a_member_in("Sri Lestari", by=treasurer, username="sri")
    straight, mixed = (a_disbursed_loan(sri, by=treasurer, instalments=8) for _ in range(2))
    events = [(DAY + datetime.timedelta(days=days), amount) for days, amount in written]
    in_order = sorted(events)
    for on, amount in in_order:
        services.repay(straight, amount=amount, on=on, by=treasurer)
    shuffled = [events[index] for index in order if index < len(events)]
    for on, amount in shuffled:
        services.repay(mixed, amount=amount, on=on, by=treasurer)
    days = [on for on, _amount in in_order] + [add_months(in_order[-1][0], 2)]
    for day in days:
        assert state(mixed, day) == state(straight, day)
    assert_clean(days[-1])
    kinds = ("principal", "interest", "fee", "penalty")
    parts = [
        [
            [sum(getattr(part, kind) for part in paid.parts.all()) for kind in kinds]
            for paid in queries.payments(loan, queries.schedules(loan))
        ]
        for loan in (straight, mixed)
    ]
    assert parts[0] == parts[1]


def test_more_than_closes_a_loan_is_refused_with_what_does():
    agreement = an_agreement(
        Terms(principal=100_000, method="flat", rate=Fraction(1, 100), rate_per="month", instalments=1),
        rate=0, grace=0, on_principal=False, order="penalty,interest,principal", across="instalment",
        over_payment="next", early="all", extra=0,
    )  # fmt: skip
    with pytest.raises(MoreThanOwed) as refusal:
        replay.receive(agreement, lines_of(agreement.plan), 101_001, on=FEBRUARY)
    assert refusal.value.most == 101_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"is_superseded": True}, "superseded_is_reversed"),
        ({"valued_on": DAY}, "payment_stays|Cannot update"),
        ({"replays": 1}, "payment_stays|Cannot update"),
    ],
)
def test_the_database_keeps_a_payment_where_it_was(sri, treasurer, change, constraint):
    services.repay(a_disbursed_loan(sri, by=treasurer), amount=118_000, on=FEBRUARY, by=treasurer)
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        Repayment.objects.update(**change)
