"""The rest of a schedule made anew because more was paid than was due: pure arithmetic.

    fewer    the instalment stays, the loan ends earlier; what falls away takes its interest with it
    smaller  the number stays, every instalment is smaller

Flat interest is on the loan as it was agreed, so the interest of a flat instalment that stays is not touched. By the
other methods interest follows what is owed. Dates and numbers stay as they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import lcm

from django.db import models
from django.utils.translation import gettext_lazy as _

from loans.arithmetic.rounding import rounded, rounded_to_multiple
from loans.arithmetic.schedule import PARTS, Method, Row, Terms


class OverPayment(models.TextChoices):
    """What the rules do with money beyond what is due."""

    NEXT = "next", _("counts for the next instalments")
    FEWER = "fewer", _("fewer instalments, the same amount")
    SMALLER = "smaller", _("the same number, smaller instalments")
    REFUSE = "refuse", _("is not accepted")


def remade(terms: Terms, rows: Sequence[Row], *, balance: int, how: str) -> list[Row]:
    """`rows`, the instalments that have not begun, made anew for what is still owed on them, `balance`.

    Raises ValueError for a balance below zero or above what the rows repay, and for any other `how`.
    """
    if how not in (OverPayment.FEWER, OverPayment.SMALLER):
        raise ValueError(f"how: {how} makes no schedule anew")
    planned = sum(row.principal for row in rows)
    if not 0 <= balance <= planned:
        raise ValueError(f"balance: {balance} of {planned}")
    if not balance:
        return []
    amounts = (_fewer if how == OverPayment.FEWER else _smaller)(terms, rows, balance)
    made, opening = [], balance
    for row, (principal, interest) in zip(rows, amounts, strict=False):
        made.append(row._replace(opening=opening, principal=principal, interest=interest, balance=opening - principal))
        opening -= principal
    return made


def _smaller(terms: Terms, rows, balance):
    grace = _grace(terms, rows)
    if terms.method == Method.FLAT:
        share = rounded(balance, len(rows) - grace, terms.rounding, terms.round_to)
        return list(_with_share(terms, rows, balance, share, lambda row, owed: row.interest))
    rates, denominator = _rates(rows)
    rest = replace(terms, principal=balance, instalments=len(rows), principal_grace=grace)
    return PARTS[terms.method](rest, rates, denominator)[0]


def _fewer(terms: Terms, rows, balance):
    paying = rows[_grace(terms, rows)]

    def on_what_is_owed(row, owed):
        part = owed * row.rate
        return rounded(part.numerator, part.denominator, terms.rounding, terms.round_to)

    if terms.method == Method.ANNUITY:
        amounts = _with_level(terms, rows, balance, paying.principal + paying.interest, on_what_is_owed)
    else:
        interest = (lambda row, owed: row.interest) if terms.method == Method.FLAT else on_what_is_owed
        share = paying.principal
        if terms.instalment_multiple:
            planned = sum(row.principal for row in rows)
            share = rounded(planned, len(rows) - _grace(terms, rows), terms.rounding, terms.round_to)
        amounts = _with_share(terms, rows, balance, share, interest)
    made, owed = [], balance
    for principal, interest in amounts:
        made.append((principal, interest))
        owed -= principal
        if not owed:
            return made
    return made


def _with_share(terms, rows, owed, share, interest_of):
    """Equal principal; where instalments are a multiple, principal gives way. The last row takes what is left."""
    for row in rows:
        interest, principal = interest_of(row, owed), share
        if terms.instalment_multiple:
            total = rounded_to_multiple(share + interest, 1, terms.instalment_multiple, terms.instalment_rounding)
            principal = max(0, total - interest)
        principal = _last_or_grace(terms, rows, row, min(principal, owed), owed)
        yield principal, interest
        owed -= principal


def _with_level(terms, rows, owed, level, interest_of):
    for row in rows:
        interest = interest_of(row, owed)
        principal = _last_or_grace(terms, rows, row, min(max(0, level - interest), owed), owed)
        yield principal, interest
        owed -= principal


def _last_or_grace(terms, rows, row, principal, owed):
    if row is rows[-1]:
        return owed
    return 0 if row.number <= terms.principal_grace else principal


def _grace(terms: Terms, rows) -> int:
    """How many of the rows are still without principal."""
    return sum(1 for row in rows if row.number <= terms.principal_grace)


def _rates(rows) -> tuple[list[int], int]:
    """The rates of the periods over one denominator, as `loans.arithmetic.schedule` wants them."""
    denominator = lcm(*(row.rate.denominator for row in rows))
    return [row.rate.numerator * (denominator // row.rate.denominator) for row in rows], denominator
