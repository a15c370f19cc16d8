"""Each check of the savings finds one rupiah that drifted."""

import datetime

import pytest

from ledger.models import Period
from ledger.services import close_period
from reports import checks
from savings.services import block, pay_tax, post_interest
from tests.books import assert_clean
from tests.builders import a_member_in, savings_rules
from tests.reports.conftest import run_around_the_guards
from tests.savings.builders import a_term, interest_rules, tax_rules, term_rules

pytestmark = pytest.mark.django_db

JANUARY = datetime.date(2025, 1, 12)
FEBRUARY = datetime.date(2025, 2, 28)
MARCH = datetime.date(2025, 3, 10)


@pytest.fixture
def life(books, chair, secretary, treasurer):
    """60,000,000 of voluntary savings, 1,000,000 of them blocked, and a term; interest, tax, and February closed."""
    savings_rules(by=chair, on=JANUARY)
    interest_rules(by=chair)
    tax_rules(by=chair)
    term_rules(by=chair)
    member = a_member_in(by=treasurer, on=JANUARY, voluntary=60_000_000)
    a_term(member, on=JANUARY, by=treasurer)
    block(member, amount=1_000_000, reason="Jaminan", on=JANUARY, by=chair)
    for month in (JANUARY.replace(day=31), FEBRUARY):
        post_interest(month.replace(day=1), on=month, by=treasurer)
    pay_tax(FEBRUARY.replace(day=1), on=MARCH, by=treasurer)
    for period in Period.objects.filter(month__lte=FEBRUARY).order_by("month"):
        close_period(period, on=MARCH, by=treasurer)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("savings_cover_what_is_blocked", "UPDATE savings_block SET amount = 100000000"),
        ("savings_interest_equals_ledger",
         "UPDATE savings_movement SET amount = amount + 1 WHERE purpose = 'interest'"),
        ("savings_tax_follows_the_rules", "UPDATE savings_savingstaxrules SET rate_bp = 999"),
        ("savings_tax_follows_the_rules", "UPDATE savings_savingstaxrules SET free_up_to = 1000000"),
        ("savings_tax_payments_match", "UPDATE savings_savingstaxpayment SET amount = amount - 1"),
        ("term_deposits_equal_ledger", "UPDATE savings_termdeposit SET amount = amount + 1"),
        ("term_deposits_equal_ledger", "UPDATE savings_termdeposit SET closed_on = opened_on, ending = 'broken',"
                                       " closed_by_id = opened_by_id"),
    ],
)  # fmt: skip
def test_each_check_finds_what_drifted(life, name, damage):
    assert_clean(MARCH)
    run_around_the_guards(damage)
    assert checks.run(name, as_of=MARCH).rows
