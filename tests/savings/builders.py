"""Rules and deposits of savings for tests, with visible defaults."""

import datetime

from governance.services import put_in_force
from savings.models import SavingsInterestRules, SavingsTaxRules, TermSavingsRules
from savings.services import open_term_deposit
from tests.builders import a_decision

JANUARY = datetime.date(2025, 1, 12)


def _in_force(kind, by, on, terms):
    decision = a_decision(by=by, on=on, number=f"{kind.__name__}-{on}-{terms.get('months', '')}")
    return put_in_force(kind, in_force_from=on, decided_in=decision, on=on, by=by, **terms)


def interest_rules(*, by, on=JANUARY, **terms):
    """Voluntary savings earn 6 % a year on the daily balance, a twelfth a month, to the nearest rupiah."""
    terms = {"method": "daily", "rate_bp": 600, "rounding": "half_up"} | terms
    return _in_force(SavingsInterestRules, by, on, terms)


def tax_rules(*, by, on=JANUARY, **terms):
    """The law: up to 240,000 a month free, above it 10 % of the whole."""
    return _in_force(SavingsTaxRules, by, on, terms)


def term_rules(*, by, on=JANUARY, months=6, **terms):
    """Six months at 7.2 % a year, paid at the end; broken early, the interest is lost."""
    return _in_force(TermSavingsRules, by, on, {"months": months, "rate_bp": 720, "least_amount": 500_000} | terms)


def a_term(member, *, by, amount=10_000_000, months=6, channel="cash", renewal="pay_out", on):
    return open_term_deposit(member, months=months, amount=amount, channel=channel, renewal=renewal, on=on, by=by)
