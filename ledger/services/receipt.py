"""Issuing numbered receipts."""

import datetime

from django.db import transaction

from core import sql
from core.models import User
from ledger.models import Entry, Receipt
from members.models import Member


def next_number(series: str, *, on: datetime.date) -> int:
    """The next number of `series` in the year of `on`, without gaps: call it late, others wait until the commit."""
    return sql.value("ledger/sql/next_number.sql", series=series, year=on.year)


@transaction.atomic(savepoint=False)
def issue_receipt(
    entry: Entry,
    *,
    party: str,
    purpose: str,
    amount: int,
    direction: str,
    by: User,
    member: Member | None = None,
) -> Receipt:
    """Number a kwitansi for the money of `entry`, dated like it: KW-2026-0113, no number missing, none twice.

    Every other caller waits until this transaction ends, so call it last.
    """
    facts = {"party": party[:120], "purpose": purpose[:200], "amount": amount, "direction": direction}
    [row] = sql.rows(
        "ledger/sql/issue_receipt.sql",
        series="KW",
        date=entry.date,
        entry=entry.pk,
        member=member and member.pk,
        by=by.pk,
        **facts,
    )
    return sql.written(
        Receipt(pk=row.id, number=row.number, entry=entry, member=member, issued_on=entry.date, issued_by=by, **facts)
    )
