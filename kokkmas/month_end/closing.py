"""Closing a month: month-end work, the ledger closes, the reports check. Only the wiring sees all three."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from core import dates
from core.errors import Refused
from core.models import User
from kokkmas.month_end import work
from ledger import services as ledger
from ledger.models import Period
from reports import checks
from reports.checks import Check
from treasury.queries import month_end
from treasury.queries.month_end import Missing


class BooksDisagree(Refused):
    """The books of the month do not keep their promises; `failed` are the checks with their rows."""

    def __init__(self, failed: list[Check]):
        self.failed = failed
        said = " ".join(check.said for check in failed)
        super().__init__(
            _("Nothing was closed because the books do not agree. What should be true and is not: {said}").format(
                said=said
            )
        )


class NotReconciled(Refused):
    """The cash of the month was not counted, or a bank account not reconciled; `missing` says which."""

    def __init__(self, missing: list[Missing]):
        self.missing = missing
        said = " ".join(each.sentence for each in missing)
        super().__init__(_("Nothing was closed because something is missing: {said}").format(said=said))


def failed_checks(month: datetime.date, *, watch: Callable = iter) -> list[Check]:
    """The checks of the books that do not pass as at the end of `month`."""
    return [check for check in checks.run_all(as_of=dates.month_end(month), watch=watch) if not check.passed]


def refusing(period: Period) -> list[Missing]:
    """What is missing of the month and keeps it open by the rules in force."""
    refused = month_end.is_refused(period.unit, period.month)
    return month_end.missing(period.unit, period.month) if refused else []


def open_units(month: datetime.date) -> list[Period]:
    """The months to close, one for each unit whose books of `month` are still open."""
    return list(Period.objects.filter(month=month, closed_on=None).order_by("unit"))


@transaction.atomic
def close(periods: list[Period], *, on: datetime.date, by: User, watch: Callable = iter) -> list[Period]:
    """Close one month of one or both units, all or nothing, if every check passes. Month-end work is done first.

    The checks run under the locks of the months, after the snapshot and the seal are made: nothing can be posted
    between a check and the close, and the new seals are checked too. A failure undoes the close.

    Raises NotReconciled where the rules refuse a month without cash count and reconciliation.
    """
    for period in periods:
        work.run(period, on=on, by=by)
    if missing := [each for period in periods for each in refusing(period)]:
        raise NotReconciled(missing)
    closed = [ledger.close_period(period, on=on, by=by) for period in periods]
    for month in {period.month for period in periods}:
        if failed := failed_checks(month, watch=watch):
            raise BooksDisagree(failed)
    return closed
