"""A later schedule in the place of the one before it."""

import datetime
from collections.abc import Sequence

from core.models import User
from loans.models import Loan, ScheduleVersion
from loans.replay import Line
from loans.schedule import Row
from loans.services.disbursing import store_schedules


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
