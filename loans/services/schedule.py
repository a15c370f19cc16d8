"""Schedules recorded, and a later schedule in the place of the one before it."""

import datetime
from collections.abc import Sequence

from django.db import connection

from core.models import User
from loans.arithmetic.replay import Line
from loans.arithmetic.schedule import Row
from loans.models import Loan, ScheduleVersion

COLUMNS = ("loan_id", "version", "number", "due_on", "principal", "interest", "fee")


TYPES = ("int8", "int2", "int2", "date", "int8", "int8", "int8")


INTO_INSTALMENTS = f"COPY loans_instalment ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"


def store_schedules(schedules: Sequence[tuple[Loan, Sequence[Row]]], *, version: int = 1) -> None:
    """Write the instalments of one loan or of a hundred thousand in one statement, the quickest that there is."""
    with connection.cursor() as cursor, cursor.copy(INTO_INSTALMENTS) as copy:
        copy.set_types(TYPES)
        for loan, rows in schedules:
            for row in rows:
                copy.write_row((loan.pk, version, row.number, row.due_on, row.principal, row.interest, row.fee))


def store_version(
    loan: Loan, rows: Sequence[Row | Line], *, on: datetime.date, by: User, **made_for
) -> ScheduleVersion:
    """From `on` on, `rows` are what is owed of a locked loan. Payments before belong to the old instalments, which

    stay readable; what is outstanding then is the principal of `rows`.
    """
    version = ScheduleVersion.objects.create(
        loan=loan, version=loan.schedule_version + 1, in_force_from=on, made_by=by, **made_for
    )
    store_schedules([(loan, rows)], version=version.version)
    loan.schedule_version = version.version
    loan.save(update_fields=["schedule_version"])
    return version
