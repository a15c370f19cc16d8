"""Given and taken between neighbours, and who could be asked next."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import sql
from core.money import format_rupiah
from members.models import Member

ASKED_NEXT = 5


@dataclass(frozen=True)
class Fairness:
    """One page of members in the order in which they could be asked next, and how many there are."""

    rows: Sequence
    count: int


def fairness(
    *,
    first: datetime.date,
    last: datetime.date,
    search: str = "",
    limit: int | None = None,
    offset: int = 0,
    member: int | None = None,
) -> Fairness:
    """Accepted work, material and goods given and taken from `first` to `last`. One query, however many members.

    `member` asks for the row of one, with the place among all.
    """
    rows = sql.rows(
        "orders/sql/fairness.sql",
        first=first,
        last=last,
        search=search.strip(),
        limit=limit,
        offset=offset,
        member=member,
    )
    return Fairness(rows, rows[0].members if rows else 0)


def next_asked(rows: Sequence) -> list[tuple]:
    """The first few and why in words: the lead of the fairness page and of the meeting."""
    return [(row, _why(row)) for row in rows[:ASKED_NEXT]]


def own_place(member: Member | None, *, first: datetime.date, last: datetime.date) -> tuple | None:
    """Where this member stands in that order, and why; None for who has no workshop."""
    found = fairness(first=first, last=last, member=member.pk).rows if member else []
    return (found[0], _why(found[0])) if found else None


def _why(row) -> str:
    if row.jobs:
        hands = ngettext("{count} job in hand", "{count} jobs in hand", row.jobs).format(count=row.jobs)
    elif row.weeks_idle:
        hands = ngettext("no work for {count} week", "no work for {count} weeks", row.weeks_idle).format(
            count=row.weeks_idle
        )
    else:
        hands = _("no work in hand")
    if not row.taken_worth:
        return _("{hands}; nothing from neighbours in this time").format(hands=hands)
    return _("{hands}; {worth} from neighbours in this time").format(hands=hands, worth=format_rupiah(row.taken_worth))
