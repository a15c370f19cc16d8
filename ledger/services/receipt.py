"""Issuing numbered receipts."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from core import sql
from core.models import User
from ledger.models import Entry, Numbering, Receipt, ReceiptPart
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


@transaction.atomic
def issue_receipts(
    papers: Sequence[tuple[Member, str, int]], *, direction: str, on: datetime.date, by: User
) -> list[Receipt]:
    """One paper each for (member, purpose, amount) that several entries will share (`put_under`), in three statements.

    The database refuses the commit while the parts of one do not make its sum.
    """
    if not papers:
        return []
    with connection.cursor() as cursor:  # one by one, as the database counts; psycopg sends them together
        numbering = {"series": "KW", "year": on.year}
        cursor.executemany(sql.text("ledger/sql/next_number.sql"), [numbering] * len(papers))
    last = Numbering.objects.get(**numbering).last
    return Receipt.objects.bulk_create(
        Receipt(
            number=f"KW-{on.year}-{number:04}",
            member=member,
            party=member.name[:120],
            purpose=purpose[:200],
            amount=amount,
            direction=direction,
            issued_on=on,
            issued_by=by,
        )
        for number, (member, purpose, amount) in enumerate(papers, last - len(papers) + 1)
    )


def put_under(parts: Iterable[tuple[Receipt, Entry, int]]) -> None:
    """Say which entries, with how much each, stand on receipts of several (`issue_receipts`)."""
    ReceiptPart.objects.bulk_create(
        ReceiptPart(receipt=receipt, entry=entry, amount=amount) for receipt, entry, amount in parts
    )
