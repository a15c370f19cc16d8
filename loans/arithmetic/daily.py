"""Interest by the day on what is really owed (rekening koran): pure arithmetic.

The plan of a loan is made by the due dates; this is what is owed once money has come on other days. A payment lowers
the balance from its own day on, so a period from 12 January to 12 February costs 31 days.
"""

import datetime
from collections.abc import Iterable
from fractions import Fraction

from loans.arithmetic.daycount import year_part
from loans.arithmetic.rounding import rounded
from loans.arithmetic.schedule import Terms

Payment = tuple[datetime.date, int]
"""The day on which principal came in, and how much of it."""


def interest(
    balance: int, rate_per_year: Fraction, start: datetime.date, end: datetime.date, *, day_count: str
) -> Fraction:
    """What `balance` costs from `start` to `end`, exactly: balance × rate × days ÷ year."""
    days, year = year_part(start, end, day_count)
    return balance * Fraction(rate_per_year) * Fraction(days, year)


def accrued(terms: Terms, payments: Iterable[Payment], *, start: datetime.date, end: datetime.date) -> int:
    """The interest that grows from `start` to `end` on the principal as it is paid back day by day, rounded once.

    `payments` are all payments of principal from the first day of the loan on, in any order.
    """
    balance, day, grown = terms.principal, start, Fraction(0)
    for paid_on, amount in sorted(payments):
        if paid_on >= end:
            break
        if paid_on > day:
            grown += interest(balance, terms.rate_per_year, day, paid_on, day_count=terms.day_count)
            day = paid_on
        balance -= amount
    if end > day:
        grown += interest(balance, terms.rate_per_year, day, end, day_count=terms.day_count)
    return rounded(grown.numerator, grown.denominator, terms.rounding, terms.round_to)


def by_instalment(
    terms: Terms,
    payments: Iterable[Payment],
    *,
    disbursed_on: datetime.date,
    due: list[datetime.date],
    on: datetime.date,
    carried: int = 0,
) -> list[int]:
    """The interest that every instalment asks for on the day `on`: whole periods that are over, the running one so

    far, nothing of those to come. What is owed after the last due date belongs to the last instalment. A loan on new
    terms counts from their day and their principal, and what was `carried` over falls due with the first instalment.
    """
    payments, starts = sorted(payments), [disbursed_on, *due[:-1]]
    ends = [*due[:-1], max(due[-1], on)]
    grown = [
        accrued(terms, payments, start=start, end=min(end, on)) if start < on else 0
        for start, end in zip(starts, ends, strict=True)
    ]
    return [grown[0] + carried, *grown[1:]]
