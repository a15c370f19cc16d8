"""A running loan on new terms: what is carried over and the schedule that follows. Pure arithmetic.

What is owed on the day is principal, the interest and fees that have grown until then, and the penalty. The principal
goes into the new schedule, with new money where there is some. The interest becomes principal where that was agreed;
otherwise it falls due with the first new instalment, and so do fees. Penalties are waived, or paid before.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loans.arithmetic.payoff import EarlyPayoff, PayoffTerms, asked
from loans.arithmetic.schedule import Row, Terms, schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What is owed of a loan on the day on which it gets new terms."""

    principal: int
    interest: int = 0
    fee: int = 0
    penalty: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """`principal` is what the new schedule repays: the old one, `interest_carried` and `added`."""

    rows: list[Row]
    principal: int
    interest_carried: int
    added: int


def opened(rows: Sequence, *, start_on: datetime.date, on: datetime.date, rounding: str, round_to: int) -> Open:
    """What is owed on `on` of instalments with `principal`, `interest`, `fee`, what is `paid_` of each and `penalty`.

    The instalment that runs counts with its interest by the days until `on`; those that have not begun with none.
    `start_on` is the day from which the first runs.
    """
    terms = PayoffTerms(rule=EarlyPayoff.TO_DATE, rounding=rounding, round_to=round_to)
    counts = asked(terms, rows, disbursed_on=start_on, on=on)
    return Open(
        principal=sum(row.principal - row.paid_principal for row in rows),
        interest=sum(max(0, count.interest - row.paid_interest) for row, count in zip(rows, counts, strict=True)),
        fee=sum(max(0, count.fee - row.paid_fee) for row, count in zip(rows, counts, strict=True)),
        penalty=sum(row.penalty for row in rows),
    )


def renewed(
    terms: Terms,
    owed: Open,
    *,
    on: datetime.date,
    first_due_on: datetime.date | None = None,
    capitalise: bool = False,
    added: int = 0,
) -> Renewed:
    """The new schedule from `on`. `terms` say everything but the principal, which follows from what is `owed`.

    Raises ValueError where nothing is owed or `added` is below nothing; ScheduleError as `schedule` does.
    """
    if added < 0 or min(owed.principal, owed.interest, owed.fee) < 0:
        raise ValueError("nothing is carried over below nothing")
    carried = owed.interest if capitalise else 0
    principal = owed.principal + carried + added
    if not principal:
        raise ValueError("nothing is owed")
    rows = schedule(replace(terms, principal=principal), disbursed_on=on, first_due_on=first_due_on).rows
    first = rows[0]
    rows[0] = first._replace(interest=first.interest + owed.interest - carried, fee=first.fee + owed.fee)
    return Renewed(rows=rows, principal=principal, interest_carried=carried, added=added)
