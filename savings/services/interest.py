"""The month's interest on savings for everybody."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, dates
from core.models import User
from ledger import services as ledger
from ledger.models import Entry, Period, Unit
from savings import interest, queries
from savings.models import SavingsInterestRules
from savings.services.common import SavingsRefused, interest_memo, last_entry, post_for_all
from savings.services.tax import withhold
from savings.services.term_deposit import lock_maturing, mature_term_deposits


@transaction.atomic
def post_interest(month: datetime.date, *, on: datetime.date, by: User) -> int:
    """Post the interest of `month` and withhold the tax: whatever should be in the books and is not.

    `on` is the last day of the month. Term deposits that have matured end first. Safe to run twice: a second run
    posts only what was booked in the month since. Returns how many entries were written; refuses like the ledger.
    """
    first, last = dates.month_start(month), dates.month_end(month)
    if on != last:
        raise SavingsRefused(_("Interest is posted on the last day of its month."), field="on")
    lock_maturing(on=last)  # members before the month, in the order in which a deposit locks
    ledger.lock_month(Period(unit=Unit.USP, month=first))
    before = last_entry()
    mature_term_deposits(on=last, by=by)
    post_for_all("interest", _parameters(queries.interest_rules(first), first, last), on=last, by=by)
    withhold(first, last, on=last, by=by)
    posted = Entry.objects.filter(unit=Unit.USP, pk__gt=before).count()
    if posted:
        period = Period.objects.get(unit=Unit.USP, month=first)
        audit.record("interest.posted", period, by=by, month=first, count=posted)
    return posted


def _parameters(rules: SavingsInterestRules | None, first: datetime.date, last: datetime.date) -> dict:
    """Before the first rules voluntary savings earn nothing; term savings have rules of their own."""
    terms = rules.terms if rules else interest.Terms(method=interest.Method.LOWEST, rate_bp=0)
    return {
        "first": first,
        "last": last,
        "days": last.day,
        "month": f"{first:%Y-%m}",
        "memo": interest_memo(first),
        "method": terms.method,
        "rate_bp": terms.rate_bp,
        "least_balance": terms.least_balance,
        "rounding": terms.rounding,
        "round_to": terms.round_to,
        "denominator": 10_000 * interest.basis(first, terms.day_count) * terms.round_to,
    }
