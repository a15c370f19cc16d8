"""Opening years and closing months."""

import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import audit, dates, sql
from core.dates import long_date, month_name
from core.models import User
from ledger.errors import LedgerRefused, refusals
from ledger.models import Entry, Period


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
    with refusals():
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
