"""Who holds office, and how far the login has followed."""

import datetime

from django.db.models import Case, Q, Value, When

from core import dates
from core.models import User
from core.permissions import Permission
from governance.models import Office

TERM_ENDS_SOON_MONTHS = 3


def offices(*, as_of: datetime.date, reader: User | None = None):
    """Every term, those that run first; `state` is `held`, `ends_soon`, `coming` or `past`.

    `login` says how far its role has come: `returned`, `given`, `confirmed`, `to_confirm` or nothing; `may_confirm`
    whether `reader` is the second officer who is needed, `may_end` whether `reader` may end the running term, and
    `may_resign` whether it is the reader's own.
    """
    soon = dates.add_months(as_of, TERM_ENDS_SOON_MONTHS)
    return (
        Office.objects.select_related("member__user", "decided_in")
        .annotate(
            state=Case(
                When(started_on__gt=as_of, then=Value("coming")),
                When(ends_on__lte=as_of, then=Value("past")),
                When(ends_on__lte=soon, then=Value("ends_soon")),
                default=Value("held"),
            ),
            login=Case(
                When(role_returned_on__isnull=False, then=Value("returned")),
                When(role_given_on__isnull=False, then=Value("given")),
                When(ends_on__lte=as_of, then=Value("")),
                When(confirmed_by__isnull=False, then=Value("confirmed")),
                When(recorded_by__isnull=False, then=Value("to_confirm")),
                default=Value(""),
            ),
            may_end=Case(
                When(_ends_early(reader, as_of), then=True),
                default=False,
            ),
            may_resign=Case(
                When(Q(member__user__isnull=False, member__user=reader and reader.pk) & _runs(as_of), then=True),
                default=False,
            ),
            may_confirm=Case(When(_for_the_second(reader, as_of), then=True), default=False),
            rank=Case(When(ends_on__lte=as_of, then=Value(1)), default=Value(0)),
        )
        .order_by("rank", "role", "-started_on")
    )


def _ends_early(reader: User | None, as_of: datetime.date) -> Q:
    """Running terms, for a reader who may end them."""
    if reader is None or not reader.can(Permission.OFFICE_END):
        return Q(pk__in=[])
    return _runs(as_of)


def _runs(as_of: datetime.date) -> Q:
    return Q(started_on__lte=as_of, ends_on__gt=as_of)


def _for_the_second(reader: User | None, as_of: datetime.date) -> Q:
    """Elections that wait for this reader: neither recorded by them nor about them."""
    if reader is None or not reader.can(Permission.OFFICE_CONFIRM):
        return Q(pk__in=[])
    about_oneself = Q(member__user__isnull=False, member__user=reader.pk)
    return Q(confirmed_by=None, ends_on__gt=as_of, recorded_by__isnull=False) & ~(
        Q(recorded_by=reader.pk) | about_oneself
    )
