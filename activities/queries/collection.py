"""What every member owes at a meeting, what was received there, and how much of it in cash."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet, Sum

from activities.arithmetic.collection import Owed
from activities.models import Collection
from activities.queries.dues import OpenDues, unpaid_dues
from governance.models import Meeting
from ledger.channels import Channel
from ledger.models import Entry, ReceiptPart
from loans import queries as loans
from loans.queries import LoanStanding
from members.models import Member
from savings import queries as savings


@dataclass(frozen=True)
class SheetRow:
    """A member's line on the collection sheet of a meeting: everything that is due until that day."""

    member_id: int
    number: int
    name: str
    mandatory: int
    dues: OpenDues | None
    loans: tuple[LoanStanding, ...]

    @cached_property
    def owed(self) -> Owed:
        dues = self.dues.amounts[: self.dues.due_months] if self.dues else ()
        return Owed(self.mandatory, dues, {loan.loan_id: loan.due for loan in self.loans})


def collection_sheet(*, on: datetime.date, known_on: datetime.date | None = None) -> list[SheetRow]:
    """What every member owes on `on`: mandatory savings, dues, what is due on loans with penalties. Four queries.

    A sheet that is typed in days later leaves out what was paid since, until `known_on`: nobody is asked twice.
    """
    then = _sheet(on)
    if known_on is None or known_on <= on:
        return then
    now = {row.member_id: row for row in _sheet(known_on)}
    return [_still_owed(row, now[row.member_id]) if row.member_id in now else row for row in then]


def _sheet(on: datetime.date) -> list[SheetRow]:
    mandatory = {row.member_id: row.owed for row in savings.unpaid_mandatory(as_of=on)}
    dues = {row.member_id: row for row in unpaid_dues(as_of=on)}
    running: dict[int, list[LoanStanding]] = {}
    for loan in loans.standings(as_of=on):
        running.setdefault(loan.member_id, []).append(loan)
    return [
        SheetRow(
            member_id=pk,
            number=number,
            name=name,
            mandatory=mandatory.get(pk, 0),
            dues=dues.get(pk),
            loans=tuple(running.get(pk, ())),
        )
        for pk, number, name in Member.objects.entered(as_of=on).order_by("name").values_list("pk", "number", "name")
    ]


def _still_owed(then: SheetRow, now: SheetRow) -> SheetRow:
    """What was due `then` and is open `now`."""
    due = {loan.loan_id: loan.due for loan in now.loans}
    return replace(
        then,
        mandatory=min(then.mandatory, now.mandatory),
        dues=then.dues and now.dues and then.dues.among(now.dues.months),
        loans=tuple(replace(loan, due=min(loan.due, due[loan.loan_id])) for loan in then.loans if loan.loan_id in due),
    )


def collected_at(meeting: Meeting) -> QuerySet[Collection]:
    """What was handed over at a meeting, the latest first."""
    return Collection.objects.filter(meeting=meeting).select_related("member", "receipt", "by").order_by("-pk")


def cash_of(meeting: Meeting) -> int:
    """What must lie on the table: the parts received in cash and not reversed."""
    parts = ReceiptPart.objects.filter(receipt__collection__meeting=meeting, receipt__collection__channel=Channel.CASH)
    parts = parts.exclude(Exists(Entry.objects.filter(reverses=OuterRef("entry"))))
    return parts.aggregate(sum=Sum("amount"))["sum"] or 0
