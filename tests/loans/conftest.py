import pytest

from core.permissions import Role
from tests.builders import a_member_in, capital, open_books, savings_rules, the_user
from tests.database import begins_with
from tests.loans.builders import loan_rules


def rules_of_the_house():
    open_books()
    capital()
    secretary, _treasurer = the_user(Role.SECRETARY), the_user(Role.TREASURER)
    savings_rules(by=secretary)
    loan_rules(by=secretary)


@pytest.fixture
@begins_with(rules_of_the_house)
def house(db):
    """Open books, rules for savings and for one loan product, a secretary and a treasurer."""


@pytest.fixture
def sri(house, treasurer):
    """A member with a login and 120,000 of savings."""
    return a_member_in("Sri Lestari", by=treasurer, username="sri")
