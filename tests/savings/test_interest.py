"""The month's interest for everybody: figures by hand, twice is once, and the same as the pure arithmetic."""

import datetime
import random
import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from core import dates, hooks
from governance.models import Decision
from governance.services import GovernanceRefused
from ledger import chart
from ledger.models import Entry, Line, Period, Unit
from ledger.queries import account_balance, member_balance
from ledger.services import LedgerRefused, close_period
from savings import interest, papers, queries
from savings.models import Movement, SavingsInterestRules
from savings.services import (
    SavingsRefused,
    block,
    deposit,
    mature_term_deposits,
    pay_tax,
    post_interest,
    withdraw,
)
from savings.services import reverse as reverse_movement
from tests.books import assert_clean
from tests.builders import a_member_in, savings_rules
from tests.savings.builders import a_term, interest_rules, tax_rules, term_rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("capital")]

JANUARY = datetime.date(2025, 1, 12)
FEBRUARY = datetime.date(2025, 2, 1)
END = datetime.date(2025, 2, 28)
MARCH_END = datetime.date(2025, 3, 31)


def feb(day):
    return datetime.date(2025, 2, day)


@pytest.fixture
def rules(books, chair, secretary):
    savings_rules(by=chair, on=JANUARY)
    return interest_rules(by=chair, on=JANUARY)


@pytest.fixture
def member(rules, treasurer):
    return a_member_in(by=treasurer, on=JANUARY, voluntary=1_000_000)


def run(treasurer, month=FEBRUARY):
    return post_interest(month, on=dates.month_end(month), by=treasurer)


def movements(member, purpose):
    return [
        (row.kind, row.direction, row.amount, row.on) for row in member.movements.filter(purpose=purpose).order_by("pk")
    ]


def test_a_month_of_daily_balances(member, treasurer):
    deposit(member, kind="voluntary", amount=600_000, on=feb(12), by=treasurer)
    withdraw(member, kind="voluntary", amount=1_200_000, on=feb(21), by=treasurer)
    # 11 × 1,000,000 + 9 × 1,600,000 + 8 × 400,000 = 28,600,000; × 6 % / (12 × 28) = 5,107.14
    assert run(treasurer) == 1
    assert movements(member, "interest") == [("voluntary", "deposit", 5_107, END)]
    entry = Entry.objects.get(reference=f"interest:2025-02:member:{member.pk}:1")
    assert hooks.answer("entries", "interest")(entry) == reverse("savings:interest", args=["2025-02"])
    assert [
        (line.account.code, line.debit, line.credit, line.member_id) for line in entry.lines.order_by("-account__code")
    ] == [
        ("5101", 5_107, 0, member.pk),
        ("2101", 0, 5_107, member.pk),
    ]
    assert queries.balances(member, as_of=END).voluntary == 405_107
    assert_clean(END)


def test_a_second_run_posts_nothing_and_a_late_booking_the_difference(member, treasurer):
    assert (run(treasurer), run(treasurer)) == (1, 0)
    assert movements(member, "interest") == [("voluntary", "deposit", 5_000, END)]
    deposit(member, kind="voluntary", amount=280_000, on=feb(15), by=treasurer)  # 14 days × 280,000 more: 700
    assert (run(treasurer), run(treasurer)) == (1, 0)
    assert [row[2] for row in movements(member, "interest")] == [5_000, 700]
    withdraw(member, kind="voluntary", amount=560_000, on=feb(1), by=treasurer)  # 28 days × 560,000 less: 2,800
    assert (run(treasurer), run(treasurer)) == (1, 0)
    assert [row[1:3] for row in movements(member, "interest")][-1] == ("withdrawal", 2_800)
    assert_clean(END)


def test_interest_earns_from_the_day_after(member, treasurer):
    run(treasurer)
    run(treasurer, dates.month_start(MARCH_END))
    # 1,005,000 all March long: 5,025
    assert [row[2] for row in movements(member, "interest")] == [5_000, 5_025]


def test_who_begins_in_the_month_had_nothing_before(rules, treasurer, chair):
    interest_rules(by=chair, on=FEBRUARY, method="lowest")
    new = a_member_in("Wahyu", by=treasurer, on=feb(3), voluntary=1_000_000)
    old = a_member_in("Yanti", by=treasurer, on=JANUARY, voluntary=1_000_000)
    run(treasurer)
    assert (movements(new, "interest"), movements(old, "interest")[0][2]) == ([], 5_000)


def test_the_version_of_the_first_day_governs_the_whole_month(member, treasurer, chair):
    interest_rules(by=chair, on=feb(2), rate_bp=900)
    run(treasurer)
    run(treasurer, dates.month_start(MARCH_END))
    assert [row[2] for row in movements(member, "interest")] == [5_000, 7_538]  # 1,005,000 × 9 % / 12 = 7,537.5


def test_nothing_happens_before_the_first_rules(books, chair, secretary, treasurer):
    savings_rules(by=chair, on=JANUARY)
    a_member_in(by=treasurer, on=JANUARY, voluntary=1_000_000)
    assert run(treasurer) == 0


def test_interest_is_posted_on_the_last_day_of_an_open_month(member, treasurer):
    with pytest.raises(SavingsRefused), transaction.atomic():
        post_interest(FEBRUARY, on=feb(27), by=treasurer)
    for period in Period.objects.filter(month__lte=FEBRUARY).order_by("month"):
        close_period(period, on=datetime.date(2025, 3, 1), by=treasurer)
    with pytest.raises(LedgerRefused), transaction.atomic():
        run(treasurer)


def test_what_the_books_posted_is_not_reversed_by_hand(member, treasurer, chair):
    run(treasurer)
    with pytest.raises(SavingsRefused), transaction.atomic():
        reverse_movement(member.movements.get(purpose="interest"), on=END, reason="x", by=chair)


# -- the final tax ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("saved", "gross", "tax"),
    [(48_000_000, 240_000, 0), (48_000_200, 240_001, 24_000), (60_000_000, 300_000, 30_000)],
)
def test_above_the_threshold_the_tax_is_on_the_whole(rules, treasurer, chair, saved, gross, tax):
    tax_rules(by=chair)
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=saved)
    assert run(treasurer) == (2 if tax else 1)
    assert run(treasurer) == 0
    [slip] = queries.slips(FEBRUARY)
    assert (slip.gross, slip.tax, slip.net, slip.number) == (gross, tax, gross - tax, "BP-2025-02-0001")
    assert [row[1:3] for row in movements(member, "tax")] == ([("withdrawal", tax)] if tax else [])
    assert account_balance(Unit.USP, chart.TAX_PAYABLE, as_of=END) == tax
    assert_clean(END)


def test_all_kinds_of_savings_count_together(rules, treasurer, chair):
    tax_rules(by=chair)
    term_rules(by=chair, rate_bp=600, paid="monthly")
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=30_000_000)
    a_term(member, amount=24_000_000, on=datetime.date(2025, 1, 28), by=treasurer)
    # voluntary 150,000; term from 28 January to 28 February, a whole month: 120,000; together 270,000: tax 27,000
    assert run(treasurer) == 3
    [slip] = queries.slips(FEBRUARY)
    assert (slip.gross, slip.tax) == (270_000, 27_000)
    assert_clean(END)


def test_a_correction_takes_tax_back(rules, treasurer, chair):
    tax_rules(by=chair)
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=60_000_000)
    run(treasurer)
    withdraw(member, kind="voluntary", amount=30_000_000, on=feb(1), by=treasurer)
    assert run(treasurer) == 2
    [slip] = queries.slips(FEBRUARY)
    assert (slip.gross, slip.tax) == (150_000, 0)
    assert_clean(END)


def test_a_tax_that_the_savings_cannot_pay_is_a_claim(rules, treasurer, chair):
    """A term ended on the 12th with 240,000, free of tax, and the money went. 785 more make all of it taxable:

    400,000 × 11 days × 6 % / 336 = 785.7; 10 % of 240,786 is 24,078, of which 786 are there.
    """
    tax_rules(by=chair)
    term_rules(by=chair, months=1, rate_bp=600)
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=400_000)
    a_term(member, amount=48_000_000, months=1, on=JANUARY, by=treasurer)
    mature_term_deposits(on=feb(12), by=treasurer)
    withdraw(member, kind="voluntary", amount=48_640_000, on=feb(12), by=treasurer)
    run(treasurer)
    [slip] = queries.slips(FEBRUARY)
    assert (slip.gross, slip.tax) == (240_786, 24_078)
    assert queries.balances(member, as_of=END).voluntary == 0
    assert member_balance(member, Unit.USP, chart.MEMBER_RECEIVABLES, as_of=END) == 23_292
    assert run(treasurer) == 0
    assert_clean(END)


def test_blocked_savings_are_not_taken_for_tax(rules, treasurer, chair):
    tax_rules(by=chair)
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=60_000_000)
    block(member, amount=60_000_000, reason="Jaminan", on=feb(2), by=chair)
    run(treasurer)
    assert queries.balances(member, as_of=END).voluntary == 60_270_000
    assert_clean(END)


# -- the tax handed over ---------------------------------------------------------------------------------------------


def test_the_tax_is_handed_over_once_after_the_month(rules, treasurer, chair):
    tax_rules(by=chair)
    a_member_in(by=treasurer, on=JANUARY, voluntary=60_000_000)
    run(treasurer)
    assert queries.tax_due_on(FEBRUARY) == datetime.date(2025, 3, 10)
    for on in (END, None):
        if on:
            with pytest.raises(SavingsRefused), transaction.atomic():
                pay_tax(FEBRUARY, on=on, by=treasurer)
    paid = pay_tax(FEBRUARY, state_number="NTPN 123", on=datetime.date(2025, 3, 10), by=treasurer)
    assert (paid.amount, paid.receipt.amount, paid.receipt.direction) == (30_000, 30_000, "out")
    assert account_balance(Unit.USP, chart.TAX_PAYABLE, as_of=paid.on) == 0
    assert hooks.answer("entries", "savings-tax")(paid.receipt.entry) == reverse("savings:interest", args=["2025-02"])
    with pytest.raises(SavingsRefused), transaction.atomic():
        pay_tax(FEBRUARY, on=paid.on, by=treasurer)
    with pytest.raises(SavingsRefused), transaction.atomic():
        pay_tax(JANUARY, on=paid.on, by=treasurer)
    assert_clean(paid.on)


# -- the statement and the arithmetic --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("day_count", ["twelfths", "actual/365", "actual/360", "actual/actual"])
def test_the_statement_and_the_arithmetic_agree(books, chair, secretary, treasurer, seed, day_count):
    """Members with random passbooks, written around the counter; every method, with and without a least balance."""
    rand = random.Random(f"{seed} {day_count}")
    savings_rules(by=chair, on=JANUARY)
    method, least = rand.choice(["lowest", "average", "daily"]), rand.choice([0, 50_000, 1_000_000])
    rules = interest_rules(
        by=chair,
        method=method,
        day_count=day_count,
        least_balance=least,
        rate_bp=rand.randrange(1, 900),
        rounding=rand.choice(["half_up", "down"]),
        round_to=rand.choice([1, 10, 100]),
    )
    people = [a_member_in(f"Anggota {index}", by=treasurer, on=JANUARY) for index in range(8)]
    entry = Entry.objects.first()
    rows = []
    for member in people:
        balance = 0
        for on in sorted(JANUARY + datetime.timedelta(days=rand.randrange(60)) for _ in range(rand.randrange(12))):
            amount = rand.choice([rand.randrange(1, 10**6), rand.randrange(1, 10**9)])
            out = rand.random() < 0.4 and balance > 0
            amount = min(amount, balance) if out else amount
            balance += -amount if out else amount
            rows.append(
                Movement(
                    member=member,
                    kind="voluntary",
                    direction="withdrawal" if out else "deposit",
                    amount=amount,
                    on=on,
                    entry=entry,
                )
            )
    Movement.objects.bulk_create(rows)
    run(treasurer)
    for member in people:
        saved = queries.closing_balances(member, first=FEBRUARY, last=END)
        expected = interest.of_month(saved, month=FEBRUARY, terms=rules.terms)
        assert queries.interest_paid(member, first=FEBRUARY, last=END) == expected
    assert run(treasurer) == 0


@pytest.mark.parametrize("day_count", ["twelfths", "actual/365"])
def test_monthly_term_interest_is_that_of_the_arithmetic(books, chair, secretary, treasurer, day_count):
    savings_rules(by=chair, on=JANUARY)
    term_rules(by=chair, months=12, rate_bp=655, paid="monthly", day_count=day_count)
    member = a_member_in(by=treasurer, on=JANUARY)
    terms = [
        a_term(member, months=12, amount=amount, on=on, by=treasurer)
        for amount, on in [
            (7_777_777, datetime.date(2025, 1, 31)),
            (1_234_567, datetime.date(2025, 1, 30)),
            (500_001, datetime.date(2025, 1, 13)),
            (9_999_999, datetime.date(2025, 2, 28)),
        ]
    ]
    for month in dates.months_between(JANUARY, datetime.date(2025, 12, 31)):
        run(treasurer, month)
        for term in terms:
            earned = term.earned(until=dates.month_end(month)) if month < term.matures_on else 0
            assert queries.term_interest_paid(term) == earned
    assert_clean(datetime.date(2025, 12, 31))


def test_lines_name_the_member(member, treasurer):
    run(treasurer)
    assert not Line.objects.filter(account__code="5101", member=None).exists()


def test_the_ceiling_of_the_law(rules, chair):
    with pytest.raises(GovernanceRefused, match=r"9\xa0% setahun \(Permenkop UKM 8/2023 pasal 26\)"):
        interest_rules(by=chair, on=FEBRUARY, rate_bp=901)
    assert SavingsInterestRules.objects.count() == 1
    assert Decision.objects.exists()


# -- in the browser --------------------------------------------------------------------------------------------------


def test_the_month_its_slips_and_the_way_to_the_state(client, rules, treasurer, chair):
    tax_rules(by=chair)
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=60_000_000, username="sri")
    poor = a_member_in("Wahyu", by=treasurer, on=JANUARY, voluntary=1_000_000)
    run(treasurer)
    client.force_login(treasurer)
    page = client.get(reverse("savings:interest", args=["2025-02"]))
    assert (page.context["gross"], page.context["tax"], page.context["net"]) == (305_000, 30_000, 275_000)
    assert client.get(reverse("savings:interest-export", args=["2025-02"])).status_code == 200
    assert client.get(reverse("savings:interest-latest")).status_code == 302
    assert client.get(reverse("savings:interest", args=["2025-13"])).status_code == 404
    typed = {"token": uuid.uuid4(), "channel": "cash", "on": "2025-03-10", "state_number": "A1"}
    assert client.post(reverse("savings:pay-tax", args=["2025-02"]), typed).status_code == 302
    assert "A1" in client.get(reverse("savings:interest", args=["2025-02"])).content.decode()
    client.force_login(member.user)
    assert client.get(reverse("savings:interest", args=["2025-02"])).status_code == 403
    assert client.get(reverse("savings:tax-slip", args=[poor.pk, "2025-02"])).status_code == 404
    assert client.get(reverse("savings:tax-slip", args=[member.pk, "2025-03"])).status_code == 404
    paper = client.get(reverse("savings:tax-slip", args=[member.pk, "2025-02"]))
    assert paper["Content-Type"] == "application/pdf"
    book = client.get(reverse("savings:passbook", args=[member.pk])).content.decode()
    assert "Jasa simpanan" in book
    assert "Pajak jasa simpanan" in book


def test_a_slip_is_made_also_where_the_tax_is_nothing(rules, treasurer, chair):
    law = tax_rules(by=chair)
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=1_000_000)
    run(treasurer)
    [slip] = queries.slips(FEBRUARY)
    facts = papers.slip_facts(slip, member, rules=law, on=END)
    assert [label for label, _amount in facts["amounts"]][1] == "Pajak final 0\xa0%"
    assert facts["note"].replace("\xa0", " ").startswith("Sampai Rp 240.000 sebulan pajaknya 0 %")
