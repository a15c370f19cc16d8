"""The months of both units' books."""

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
