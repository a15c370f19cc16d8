"""Numbers of the papers of the house, KS-2026-0001: one after the other within a year, without a gap.

The ledger has its own numbering, but it stands above this room.
"""

import datetime

from django.db import connection, models


def next_numbers(model: type[models.Model], prefix: str, *, on: datetime.date, count: int = 1) -> list[str]:
    """The `count` numbers that follow, for rows of `model` that this transaction writes and nobody ever deletes.

    The next caller waits for the end of this transaction, so a number that was not used is given again.
    """
    series = f"{prefix}-{on.year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"governance.{series}"])
    taken = model.objects.filter(number__startswith=series)
    last = taken.annotate(length=models.functions.Length("number")).order_by("-length", "-number").first()
    start = int(last.number.removeprefix(series)) if last else 0
    return [f"{series}{serial:04}" for serial in range(start + 1, start + count + 1)]
