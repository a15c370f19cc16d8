"""The months of both units' books."""

import datetime

from django.db import connection
from django.db.models import Count, Max, Sum

from core import dates
from ledger.models import Line, Period, Unit


def months() -> list[dict]:
    """Per unit: its months, newest year first, and the one to close next."""
    periods = list(Period.objects.select_related("closed_by").order_by("month"))
    found = []
    for unit in Unit:
        mine = [period for period in periods if period.unit == unit]
        years = sorted({period.month.year for period in mine}, reverse=True)
        found.append(
            {
                "unit": unit,
                "next_to_close": next((period for period in mine if not period.is_closed), None),
                "years": [(year, [p for p in mine if p.month.year == year]) for year in years],
            }
        )
    return found


def month(period: Period) -> dict:
    """What a month holds: entries, lines, and the sums of both sides."""
    lines = Line.objects.filter(account__unit=period.unit, date__range=(period.month, dates.month_end(period.month)))
    return lines.aggregate(
        entries=Count("entry", distinct=True),
        lines=Count("pk"),
        debit=Sum("debit", default=0),
        credit=Sum("credit", default=0),
    )


def next_year(unit: str) -> int | None:
    """The year that would be opened next, None where the unit has no books yet."""
    last = Period.objects.filter(unit=unit).aggregate(last=Max("month"))["last"]
    return last and last.year + 1


SEAL_LENGTH = 16
"""As many characters of a seal stand on papers: nobody finds another month with the same ones."""


def last_seals(*, until: datetime.date) -> list[Period]:
    """Of each unit: the last month that is closed and over by `until`. Its seal holds all the months before it too."""
    running = dates.month_start(until + datetime.timedelta(days=1))
    return list(Period.objects.exclude(seal="").filter(month__lt=running).order_by("unit", "-month").distinct("unit"))


def sealed(short: str) -> Period | None:
    """The closed month whose seal begins with `short`; None where the books have no such seal, or no longer."""
    return Period.objects.filter(seal__startswith=short).first() if len(short) == SEAL_LENGTH else None


def still_fits(period: Period) -> bool:
    """Whether the lines of this month and of all before it still give the seals they were closed with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(bool_and(seal = ledger_seal(id)), false) FROM ledger_period "
            "WHERE unit = %s AND month <= %s AND seal <> ''",
            [period.unit, period.month],
        )
        return cursor.fetchone()[0]
