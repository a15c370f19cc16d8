"""Nothing of savings is half-posted when the machine dies in the middle: killed before every single statement."""

import datetime

import pytest

from ledger import chart
from ledger.models import Entry, Receipt
from ledger.queries import account_balance
from savings import queries
from savings.models import Movement, TermDeposit
from tests.books import assert_clean
from tests.builders import a_member_in, savings_rules
from tests.killing import killed_before_every_statement
from tests.savings.builders import a_term, interest_rules, tax_rules, term_rules

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY, END = datetime.date(2025, 1, 12), datetime.date(2025, 2, 28)
START = """
import datetime
from core.models import User
from members.models import Member
from savings import services
day = datetime.date.fromisoformat
by = User.objects.get(username="treasurer")
"""


@pytest.fixture
def members(books, chair, secretary, treasurer):
    """60,000,000 and 1,000,000 of voluntary savings at 6 %: 300,000 and 5,000 in February; 10 % tax on the first."""
    savings_rules(by=chair, on=JANUARY)
    interest_rules(by=chair)
    tax_rules(by=chair)
    term_rules(by=chair, months=1)
    rich = a_member_in(by=treasurer, on=JANUARY, voluntary=60_000_000)
    poor = a_member_in("Wahyu", by=treasurer, on=JANUARY, voluntary=1_000_000)
    return rich, poor


def test_killed_while_posting_the_interest_of_a_month(members, treasurer):
    _rich, poor = members
    term = a_term(poor, amount=10_000_000, months=1, on=datetime.date(2025, 1, 28), by=treasurer)
    entries = Entry.objects.count()
    kills = killed_before_every_statement(
        START + "services.post_interest(day('2025-02-01'), on=day('2025-02-28'), by=by)"
    )
    assert kills > 8
    # Interest of both and tax of one; of the term its interest, 60,000, and its end. Each once. The term is saved on
    # the last of 28 days: 5,000 and 1,786 for Wahyu.
    assert Entry.objects.count() == entries + 5
    assert TermDeposit.objects.get(pk=term.pk).closed_on == END
    assert [(row.gross, row.tax) for row in queries.slips(END)] == [(300_000, 30_000), (66_786, 0)]
    assert account_balance("usp", chart.TAX_PAYABLE, as_of=END) == 30_000
    assert_clean(END)


def test_killed_while_paying_out(members, treasurer):
    receipts = Receipt.objects.count()
    kills = killed_before_every_statement(
        START
        + "services.withdraw(Member.objects.get(name='Wahyu'), kind='voluntary', amount=400_000, "
        + "on=day('2025-02-28'), by=by)"
    )
    assert kills > 5
    assert Movement.objects.filter(direction="withdrawal").count() == 1
    assert Receipt.objects.count() == receipts + 1
    assert queries.balances(members[1], as_of=END).voluntary == 600_000
    assert_clean(END)


def test_killed_while_breaking_a_term(members, treasurer):
    a_term(members[1], amount=10_000_000, months=1, on=datetime.date(2025, 2, 12), by=treasurer)
    kills = killed_before_every_statement(
        START
        + "from savings.models import TermDeposit\n"
        + "services.break_term_deposit(TermDeposit.objects.get(), channel='savings', on=day('2025-02-28'), by=by)"
    )
    assert kills > 5
    assert queries.balances(members[1], as_of=END) == queries.Balances(100_000, 20_000, 11_000_000, 0)
    assert_clean(END)
