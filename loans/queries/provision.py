"""What was set aside at the ends of the months."""

import datetime

from loans.models import ProvisionRun


def last_provision(*, as_of: datetime.date) -> ProvisionRun | None:
    """The month-end run whose allowance holds on `as_of`."""
    return ProvisionRun.objects.filter(on__lte=as_of).order_by("-month", "-number").first()


def provision_course(*, as_of: datetime.date, months: int = 12) -> list[ProvisionRun]:
    """The last run of each of the last `months` that have one, oldest first. One query."""
    runs = ProvisionRun.objects.filter(on__lte=as_of).order_by("-month", "-number").distinct("month")
    return list(runs.select_related("entry")[:months])[::-1]
