"""What every member owes at a meeting, what was received there, and how much of it in cash."""

import datetime
from dataclasses import dataclass
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


def collection_sheet(*, on: datetime.date) -> list[SheetRow]:
    """What every member owes on `on`: mandatory savings, dues, what is due on loans with penalties. Four queries."""
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


def collected_at(meeting: Meeting) -> QuerySet[Collection]:
    """What was handed over at a meeting, the latest first."""
    return Collection.objects.filter(meeting=meeting).select_related("member", "receipt", "by").order_by("-pk")


def cash_of(meeting: Meeting) -> int:
    """What must lie on the table: the parts received in cash and not reversed."""
    parts = ReceiptPart.objects.filter(receipt__collection__meeting=meeting, receipt__collection__channel=Channel.CASH)
    parts = parts.exclude(Exists(Entry.objects.filter(reverses=OuterRef("entry"))))
    return parts.aggregate(sum=Sum("amount"))["sum"] or 0
