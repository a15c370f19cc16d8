"""What is still claimed on loans that are out of the books, and what came back of them."""

import datetime
from dataclasses import dataclass

from django.db.models import F, Max, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from loans.models import Loan, Recovery, WriteOff
from members.models import Member


@dataclass(frozen=True)
class Claim:
    """A loan that was written off, on a day."""

    write_off: WriteOff
    recovered: int
    given_up: int

    @property
    def left(self) -> int:
        return self.write_off.claim - self.recovered - self.given_up


def claim(loan: Loan) -> Claim:
    """The claim on a loan that is written off, as it is now."""
    done = {each.kind: each for each in loan.write_offs.filter(done_on__isnull=False).select_related("decision")}
    given_up = done.get(WriteOff.Kind.CLAIM)
    return Claim(done[WriteOff.Kind.BOOKS], loan.recoveries.total(), given_up.claim if given_up else 0)


def written_off(loans=None, *, as_of: datetime.date):
    """Loans that are out of the books on `as_of`, each with `claimed`, `recovered`, `given_up`, `left` and `last_on`,

    the day of the last receipt. One query.
    """

    def done(kind):
        rows = WriteOff.objects.filter(loan=OuterRef("pk"), kind=kind, done_on__lte=as_of)
        return Coalesce(Subquery(rows.values("claim")[:1]), 0)

    came_in = Recovery.objects.filter(loan=OuterRef("pk"), received_on__lte=as_of).standing(as_of=as_of).values("loan")
    rows = Loan.objects.all() if loans is None else loans
    return (
        rows.written_off(as_of=as_of)
        .annotate(
            claimed=done(WriteOff.Kind.BOOKS),
            given_up=done(WriteOff.Kind.CLAIM),
            recovered=Coalesce(Subquery(came_in.annotate(sum=Sum("amount")).values("sum")), 0),
            last_on=Subquery(came_in.annotate(day=Max("received_on")).values("day")),
        )
        .annotate(left=F("claimed") - F("recovered") - F("given_up"))
    )


def claim_left(member: Member, *, as_of: datetime.date) -> int:
    """What is still claimed from `member` on loans that are out of the books."""
    return written_off(Loan.objects.filter(member=member), as_of=as_of).aggregate(sum=Sum("left", default=0))["sum"]


def write_off_sums(rows) -> dict:
    """The foot of the list of `written_off` loans."""
    return rows.aggregate(
        **{f"sum_{name}": Sum(name, default=0) for name in ("claimed", "recovered", "given_up", "left")}
    )
