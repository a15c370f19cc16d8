import pytest

from tests.builders import a_member_in, savings_rules
from tests.loans.builders import loan_rules


@pytest.fixture
def house(books, treasurer, secretary):
    """Open books, rules for savings and for one loan product."""
    savings_rules(by=secretary)
    loan_rules(by=secretary)


@pytest.fixture
def sri(house, treasurer):
    """A member with a login and 120,000 of savings."""
    return a_member_in("Sri Lestari", by=treasurer, username="sri")
