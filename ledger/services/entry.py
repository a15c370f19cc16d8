"""Posting entries for the rooms, one or many, and reversing them."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from ledger.errors import REFUSALS, LedgerRefused, refusals
from ledger.models import Entry
from members.models import Member


@dataclass(frozen=True)
class Posting:
    """A line to be written: the code of an account of the chart and whole rupiah on one side."""

    code: str
    debit: int
    credit: int
    member_id: int | None


def debit(code: str, amount: int, *, member: Member | None = None) -> Posting:
    return Posting(code, amount, 0, member and member.pk)


def credit(code: str, amount: int, *, member: Member | None = None) -> Posting:
    return Posting(code, 0, amount, member and member.pk)


@transaction.atomic(savepoint=False)
def post_entry(*, unit: str, on: datetime.date, reference: str, memo: str, lines: Sequence[Posting], by: User) -> Entry:
    """Write one business event into the journal of `unit`, in one round trip.

    `reference` names the event once and for all (`savings:12:deposit`): the same event cannot be posted twice. The
    database checks the rest (ledger/triggers.py). Raises LedgerRefused when the month is closed or unknown, when the
    reference is there already, or when the lines do not make an entry; the surrounding transaction is then lost.
    """
    if len(lines) < 2:  # without any line there is nothing that the guard of the lines would look at
        raise LedgerRefused(str(REFUSALS["ledger_entry_two_lines"]))
    with refusals(on=on, reference=reference):
        pk = sql.value(
            "ledger/sql/post_entry.sql",
            unit=unit,
            date=on,
            reference=reference,
            memo=memo,
            by=by.pk,
            codes=[line.code for line in lines],
            members=[line.member_id for line in lines],
            debits=[line.debit for line in lines],
            credits=[line.credit for line in lines],
        )
    return sql.written(Entry(pk=pk, unit=unit, date=on, reference=reference, memo=memo, posted_by=by))


@transaction.atomic
def post_entries(source: str, *, unit: str, on: datetime.date, by: User, **parameters) -> int:
    """Month-end work: post an entry for every row that the SELECT in the .sql file `source` gives, in one statement.

    A row has `reference`, `memo` and the lines as four arrays of the same length: `codes` (text), `members`, `debits`,
    `credits` (bigint). The SELECT gives what should be there and is not ("desired minus actual"), so that the work can
    be done twice. Returns how many entries were written; refuses like `post_entry`, and then writes none.
    """
    statement = sql.text("ledger/sql/post_entries.sql").replace("--source--", sql.text(source))
    with refusals(on=on, reference="…"), connection.cursor() as cursor:
        cursor.execute(statement, {"unit": unit, "date": on, "by": by.pk, **parameters})
        entries, fewest_lines = cursor.fetchone()
    if fewest_lines < 2:
        raise LedgerRefused(str(REFUSALS["ledger_entry_two_lines"]))
    return entries


@transaction.atomic
def post_many(
    given: Sequence[tuple[str, str, Sequence[Posting]]], *, unit: str, on: datetime.date, by: User
) -> dict[str, Entry]:
    """Post the entries that a room `given`s as (reference, memo, lines), in one statement; each by its reference.

    Refuses like `post_entry`, and then writes none.
    """
    if not given:
        return {}
    rows = [
        {
            "reference": reference,
            "memo": memo[:200],
            "codes": [line.code for line in lines],
            "members": [line.member_id for line in lines],
            "debits": [line.debit for line in lines],
            "credits": [line.credit for line in lines],
        }
        for reference, memo, lines in given
    ]
    post_entries("ledger/sql/given_entries.sql", unit=unit, on=on, by=by, given=json.dumps(rows))
    return {entry.reference: entry for entry in Entry.objects.filter(reference__in=[row["reference"] for row in rows])}


@transaction.atomic
def reverse(entry: Entry, *, on: datetime.date, reason: str, by: User) -> Entry:
    """Undo `entry` by an entry with the sides exchanged, dated `on`; both stay in the journal.

    Raises LedgerRefused when it was reversed before, when it is itself a reversal, when `on` lies before it, or when
    the month of `on` is not open.
    """
    if entry.reverses_id:
        raise LedgerRefused(_("This entry is itself a reversal. Post the correct entry instead of reversing it."))
    if on < entry.date:
        raise LedgerRefused(_("An entry cannot be reversed before its own date. Choose a later day."), field="on")
    reference = f"entry:{entry.pk}:reversed"
    memo = _("Reversal of {reference}: {reason}").format(reference=entry.reference, reason=reason)[:200]
    with refusals(on=on, reference=reference):
        pk = sql.value("ledger/sql/reverse.sql", entry=entry.pk, date=on, reference=reference, memo=memo, by=by.pk)
    reversal = Entry(pk=pk, unit=entry.unit, date=on, reference=reference, memo=memo, reverses=entry, posted_by=by)
    audit.record("entry.reversed", entry, by=by, reason=reason, on=on)
    return sql.written(reversal)
