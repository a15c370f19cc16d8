"""What is still asked for when a loan is closed before its time: pure arithmetic, by the rule of its product.

Principal and penalties are owed in any case. By the daily method interest ends with the day by itself.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.arithmetic.rounding import Rounding, rounded


class EarlyPayoff(models.TextChoices):
    """Interest for the whole schedule, for the running instalment in full, or by the days until the day."""

    ALL = "all", _("all the interest of the schedule")
    PERIOD = "period", _("the interest of the running instalment")
    TO_DATE = "to_date", _("the interest until that day")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoffTerms:
    """`extra` is how many further instalments of interest the cooperative keeps for what it loses."""

    rule: str
    extra: int = 0
    rounding: str = Rounding.HALF_UP
    round_to: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What one instalment asks for beside its principal."""

    interest: int
    fee: int = 0


def asked(terms: PayoffTerms, rows: Sequence, *, disbursed_on: datetime.date, on: datetime.date) -> list[Asked]:
    """What each instalment asks for when the loan is closed on `on`; at most what the schedule says.

    `rows` have `due_on`, `interest` and `fee`, oldest first. An instalment runs from the day after the due date
    before it: closed on a due date, the next has not begun. Administration is for instalments that have begun.
    """
    if terms.rule == EarlyPayoff.ALL:
        return [Asked(row.interest, row.fee) for row in rows]
    found, extra, start = [], terms.extra, disbursed_on
    for row in rows:
        begun = start < on
        if row.due_on <= on or (begun and terms.rule == EarlyPayoff.PERIOD):
            found.append(Asked(row.interest, row.fee))
        elif begun:
            part = Fraction(row.interest * (on - start).days, (row.due_on - start).days)
            until = rounded(part.numerator, part.denominator, terms.rounding, terms.round_to)
            found.append(Asked(min(until, row.interest), row.fee))
        else:
            found.append(Asked(row.interest if extra else 0))
            extra -= extra > 0
        start = row.due_on
    return found
