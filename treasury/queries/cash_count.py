"""Counts of the cash box, and whether a month's end has one."""

import datetime

from treasury.models import CashCount


def counts():
    return CashCount.objects.select_related("by", "entry").order_by("-on", "-pk")


def counted_on(unit: str, *, on: datetime.date) -> CashCount | None:
    """The last count of a unit's cash box on a day."""
    return counts().filter(unit=unit, on=on).first()
