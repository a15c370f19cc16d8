"""What is posted at the end of every month before it closes: one table of steps, each a service of its room.

A step posts what should stand in the books and does not ("desired minus actual"), so it may run twice. Whether it is
done is therefore asked by carrying it out and undoing it: nothing to post means done. The service itself answers, so
no second arithmetic is needed; the treasurer asks for this preview with a button, because it locks the month.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import dates
from core.errors import Refused
from core.models import User
from ledger import services as ledger
from ledger.models import Entry, Line, Period, Unit
from ledger.services import LedgerRefused
from loans import services as loans
from savings import services as savings


@dataclass(frozen=True)
class Step:
    """`post(month, on=, by=)` posts in the books of `unit` on the last day of the month; its entries' references

    begin with `reference`. `sentence` says to the treasurer what it is.
    """

    unit: str
    reference: str
    name: str
    sentence: str
    post: Callable[..., object]


STEPS: list[Step] = [
    Step(
        Unit.USP,
        "interest",
        gettext_lazy("Interest on savings and its tax"),
        gettext_lazy(
            "Term savings that are due mature first; then the interest of all members and the tax on it are posted."
        ),
        savings.post_interest,
    ),
    Step(
        Unit.USP,
        "provision:",
        gettext_lazy("Allowance for loan losses"),
        gettext_lazy(
            "The classes of the loans determine the allowance; the difference from its present balance is posted."
        ),
        loans.post_provision,
    ),
]
"""In the order in which they run."""


@dataclass(frozen=True)
class Sums:
    """What a step moves on one account."""

    code: str
    name: str
    debit: int
    credit: int


@dataclass(frozen=True)
class Preview:
    """What a step would post now; `refusal` says why it cannot."""

    entries: int
    sums: list[Sums]
    refusal: str = ""

    @property
    def is_done(self) -> bool:
        return not self.entries and not self.refusal


@dataclass(frozen=True)
class Work:
    """A step in one month: how many of its entries are in the books and, where it was tried, what it would post."""

    step: Step
    posted: int
    preview: Preview | None = None


def steps(period: Period) -> list[Step]:
    return [step for step in STEPS if step.unit == period.unit]


@transaction.atomic
def run(period: Period, *, on: datetime.date, by: User) -> int:
    """Do the month-end work of one unit; how many entries were posted. Twice posts nothing more.

    Holds the month alone, so it sees every post that was on its way, and two runs follow one another. Raises
    LedgerRefused before the month has ended, once it is closed, and while an earlier month is open.
    """
    ledger.lock_month(period)
    if sentence := ledger.obstacle_to_closing(Period.objects.get(pk=period.pk), on=on):
        raise LedgerRefused(sentence)
    before = _last_entry()
    for step in steps(period):
        step.post(period.month, on=dates.month_end(period.month), by=by)
    return _entries(period, since=before).count()


def posted(period: Period) -> list[Work]:
    """Every step with the number of its entries in the books. It only reads: what is missing is asked of `preview`."""
    return [Work(step, _posted(step, period)) for step in steps(period)]


def preview(period: Period, *, by: User) -> list[Work]:
    """What every step would post now: each is carried out after the one before it, and all of it is undone.

    It holds the month alone as `run` does, so a page asks for it by POST only.
    """
    with transaction.atomic():
        ledger.lock_month(period)
        found = [Work(step, _posted(step, period), _tried(step, period, by)) for step in steps(period)]
        transaction.set_rollback(True)
    return found


def _tried(step: Step, period: Period, by: User) -> Preview:
    before = _last_entry()
    try:
        with transaction.atomic():
            step.post(period.month, on=dates.month_end(period.month), by=by)
    except Refused as refusal:
        return Preview(entries=0, sums=[], refusal=str(refusal))
    lines = Line.objects.filter(entry__in=_entries(period, since=before))
    rows = lines.values("account__code", "account__name").annotate(debits=Sum("debit"), credits=Sum("credit"))
    return Preview(
        entries=_entries(period, since=before).count(),
        sums=[
            Sums(row["account__code"], _(row["account__name"]), row["debits"], row["credits"])
            for row in rows.order_by("account__code")
        ],
    )


def _posted(step: Step, period: Period) -> int:
    return _entries(period).filter(reference__startswith=step.reference).count()


def _entries(period: Period, *, since: int = 0):
    """The entries of the month's last day; nobody else writes there while the month is held."""
    return Entry.objects.filter(unit=period.unit, date=dates.month_end(period.month), pk__gt=since)


def _last_entry() -> int:
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0
