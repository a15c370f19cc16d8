"""Writing in the books: posting, reversing, opening and closing months, receipts. Nothing else writes there."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, dates, sql
from core.dates import long_date, month_name
from core.errors import Refused
from core.models import User
from ledger.models import Entry, Period, Receipt
from members.models import Member


class LedgerRefused(Refused):
    """The books do not take it: a closed month, a repeated reference, an entry that does not balance."""


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


# -- entries ---------------------------------------------------------------------------------------------------------


@transaction.atomic(savepoint=False)
def post_entry(*, unit: str, on: datetime.date, reference: str, memo: str, lines: Sequence[Posting], by: User) -> Entry:
    """Write one business event into the journal of `unit`, in one round trip.

    `reference` names the event once and for all (`savings:12:deposit`): the same event cannot be posted twice. The
    database checks the rest (ledger/triggers.py). Raises LedgerRefused when the month is closed or unknown, when the
    reference is there already, or when the lines do not make an entry; the surrounding transaction is then lost.
    """
    if len(lines) < 2:  # without any line there is nothing that the guard of the lines would look at
        raise LedgerRefused(str(REFUSALS["ledger_entry_two_lines"]))
    with _refusals(on=on, reference=reference):
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
    return _written(Entry(pk=pk, unit=unit, date=on, reference=reference, memo=memo, posted_by=by))


@transaction.atomic
def post_entries(source: str, *, unit: str, on: datetime.date, by: User, **parameters) -> int:
    """Month-end work: post an entry for every row that the SELECT in the .sql file `source` gives, in one statement.

    A row has `reference`, `memo` and the lines as four arrays of the same length: `codes` (text), `members`, `debits`,
    `credits` (bigint). The SELECT gives what should be there and is not ("desired minus actual"), so that the work can
    be done twice. Returns how many entries were written; refuses like `post_entry`, and then writes none.
    """
    statement = sql.text("ledger/sql/post_entries.sql").replace("--source--", sql.text(source))
    with _refusals(on=on, reference="…"), connection.cursor() as cursor:
        cursor.execute(statement, {"unit": unit, "date": on, "by": by.pk, **parameters})
        entries, fewest_lines = cursor.fetchone()
    if fewest_lines < 2:
        raise LedgerRefused(str(REFUSALS["ledger_entry_two_lines"]))
    return entries


@transaction.atomic
def post_by_hand(*, unit: str, on: datetime.date, memo: str, lines: Sequence[Posting], by: User) -> Entry:
    """Post what no book of the cooperative posts by itself: office expenses, a grant, bank charges.

    The entry gets the next number of the year, `journal:2026-0001`.
    """
    reference = f"journal:{on.year}-{next_number('JU', on=on):04}"
    entry = post_entry(unit=unit, on=on, reference=reference, memo=memo, lines=lines, by=by)
    audit.record("entry.posted", entry, by=by, memo=memo, amount=sum(line.debit for line in lines))
    return entry


@transaction.atomic
def reverse(entry: Entry, *, on: datetime.date, reason: str, by: User) -> Entry:
    """Undo `entry` by an entry with the sides exchanged, dated `on`; both stay in the journal.

    Raises LedgerRefused when it was reversed before, when it is itself a reversal, when `on` lies before it, or when
    the month of `on` is not open.
    """
    if entry.reverses_id:
        raise LedgerRefused(_("This entry undoes another one. Post the right entry anew instead of reversing it."))
    if on < entry.date:
        raise LedgerRefused(_("An entry cannot be reversed before its own date. Choose a later day."), field="on")
    reference = f"entry:{entry.pk}:reversed"
    memo = _("Reversal of {reference}: {reason}").format(reference=entry.reference, reason=reason)[:200]
    with _refusals(on=on, reference=reference):
        pk = sql.value("ledger/sql/reverse.sql", entry=entry.pk, date=on, reference=reference, memo=memo, by=by.pk)
    reversal = Entry(pk=pk, unit=entry.unit, date=on, reference=reference, memo=memo, reverses=entry, posted_by=by)
    audit.record("entry.reversed", entry, by=by, reason=reason, on=on)
    return _written(reversal)


@transaction.atomic
def reverse_by_hand(entry: Entry, *, on: datetime.date, reason: str, by: User) -> Entry:
    """Reverse an entry that was posted by hand. What another book posted is corrected in that book, or its own
    records would no longer agree with the ledger.
    """
    if not is_by_hand(entry):
        raise LedgerRefused(
            _("Another book posted this entry ({reference}). Correct it there, so that both agree.").format(
                reference=entry.reference
            )
        )
    return reverse(entry, on=on, reason=reason, by=by)


def is_by_hand(entry: Entry) -> bool:
    """Whether a person wrote the entry in the journal, and not another book of the cooperative."""
    return entry.reference.startswith("journal:")


# -- months ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_year(unit: str, year: int, *, by: User) -> list[Period]:
    """Open the twelve months of a year for posting. Years follow one another without a gap."""
    last = Period.objects.filter(unit=unit).order_by("-month").values_list("month", flat=True).first()
    if last and year != last.year + 1:
        raise LedgerRefused(
            _("The next year to open is {next}; the books reach to the end of {last}.").format(
                next=last.year + 1, last=last.year
            )
        )
    with _refusals():
        months = Period.objects.bulk_create(
            Period(unit=unit, month=datetime.date(year, month, 1)) for month in range(1, 13)
        )
    audit.record("year.opened", months[0], by=by, unit=unit, year=year)
    return months


@transaction.atomic
def close_period(period: Period, *, on: datetime.date, by: User) -> Period:
    """Close a month for good: nothing more is posted in it, its balances are kept, its lines are sealed.

    Waits for posts that are on their way (they hold the month's lock shared). Raises LedgerRefused when the month
    has not ended on `on`, is closed already, follows an open month, or holds an entry without lines.
    """
    lock_month(period)
    period = Period.objects.select_for_update(no_key=True).get(pk=period.pk)
    if sentence := obstacle_to_closing(period, on=on):
        raise LedgerRefused(sentence)
    with connection.cursor() as cursor:
        cursor.execute(sql.text("ledger/sql/snapshot.sql"), {"period": period.pk})
        cursor.execute("SELECT ledger_seal(%s)", [period.pk])
        [period.seal] = cursor.fetchone()
    period.closed_on, period.closed_by = on, by
    period.save(update_fields=["closed_on", "closed_by", "seal"])
    audit.record("period.closed", period, by=by, seal=period.seal)
    return period


def lock_month(period: Period) -> None:
    """Hold a month alone until the end of the transaction: posts on their way are waited for, later ones wait.

    The other half of the lock that the guard of the lines takes shared (ledger/triggers.py)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('ledger.' || %s), %s)",
            [period.unit, period.month.year * 100 + period.month.month],
        )


def obstacle_to_closing(period: Period, *, on: datetime.date) -> str | None:
    """The sentence that says why `period` cannot be closed on `on`, or None."""
    if period.is_closed:
        return _("{month} is closed already.").format(month=month_name(period.month))
    end = dates.month_end(period.month)
    if on < end:
        return _("{month} has not ended yet. It can be closed from {day} on.").format(
            month=month_name(period.month), day=long_date(end)
        )
    earlier = Period.objects.filter(unit=period.unit, month__lt=period.month, closed_on=None).order_by("month").first()
    if earlier:
        return _("Close {month} first: months are closed in order.").format(month=month_name(earlier.month))
    empty = Entry.objects.filter(unit=period.unit, date__range=(period.month, end), lines=None).first()
    if empty:
        return _("Entry {reference} has no lines. Ask the maintainer.").format(reference=empty.reference)
    return None


# -- numbers and receipts --------------------------------------------------------------------------------------------


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

    Whoever else needs a number waits until this transaction ends, so call it last.
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
    return _written(
        Receipt(pk=row.id, number=row.number, entry=entry, member=member, issued_on=entry.date, issued_by=by, **facts)
    )


# -- between the database and the person -----------------------------------------------------------------------------

REFUSALS = {
    "ledger_period_open": gettext_lazy("The books of {month} are closed. Use a date in an open month."),
    "ledger_period_known": gettext_lazy(
        "There are no books for {month} yet. Check the date, or let the treasurer open the year."
    ),
    "ledger_entry_reference_once": gettext_lazy(
        "This is in the books already ({reference}). Look at the history before you do it once more."
    ),
    "ledger_entry_reversed_once": gettext_lazy("This entry was reversed already."),
    "ledger_entry_two_lines": gettext_lazy("An entry needs at least two lines."),
    "ledger_entry_balanced": gettext_lazy("Debit and credit differ. Nothing was posted."),
    "ledger_line_names_member": gettext_lazy("This account is kept per member: name the member on the line."),
    "ledger_line_one_side": gettext_lazy("Every line has an amount of more than zero, on one side."),
    "ledger_period_one_per_month": gettext_lazy("This year is open already."),
}
"""A sentence for each rule of the database that a person can run into; the others are bugs."""


@contextmanager
def _refusals(*, on: datetime.date | None = None, reference: str = "") -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        sentence = REFUSALS.get(error.__cause__.diag.constraint_name)
        if sentence is None:
            raise
        raise LedgerRefused(sentence.format(month=on and month_name(on), reference=reference)) from error


def _written(row):
    """The model instance of a row that a statement has just written."""
    row._state.adding = False
    row._state.db = connection.alias
    return row
