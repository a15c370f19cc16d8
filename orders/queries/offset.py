"""What a maker's pay may go against instead of being taken home: an instalment, or dues."""

import datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities import queries as activities
from loans import queries as loans
from members.models import Member


class Option(NamedTuple):
    """One thing that can be paid now: what to call it, how much it is, and whether a part of it will do."""

    key: str
    label: str
    amount: int
    in_parts: bool


AHEAD = 1
"""Months of dues that are offered beyond what is open."""


def netting_options(member: Member, *, as_of: datetime.date) -> list[tuple[str, Option]]:
    """Every way with what is open on it: (kind, option)."""
    return [
        *(("dues", option) for option in dues(member, as_of=as_of)),
        *(("instalment", option) for option in instalments(member, as_of=as_of)),
    ]


def instalments(member: Member, *, as_of: datetime.date) -> list[Option]:
    """The next instalment of each running loan, or what is overdue of it; a part of it will do."""
    return [
        Option(
            str(due.loan.pk),
            _("loan {number}, due {day}").format(number=due.loan.number, day=date_format(due.due_on, "j F Y")),
            due.amount,
            in_parts=True,
        )
        for due in loans.next_due(member, as_of=as_of)
    ]


def dues(member: Member, *, as_of: datetime.date) -> list[Option]:
    """One month of open dues, two, and so on: dues are paid in whole months, the oldest first."""
    found = activities.open_dues(member, as_of=as_of, ahead=AHEAD)
    if found is None:
        return []
    return [
        Option(
            str(count),
            _("dues until {month}").format(month=date_format(found.months[count - 1], "F Y")),
            found.cost(count),
            in_parts=False,
        )
        for count in range(1, len(found.months) + 1)
    ]
