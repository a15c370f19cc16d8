"""What every member could pay at a meeting."""

import datetime
from dataclasses import dataclass

from activities.queries.dues import OpenDues, unpaid_dues
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


def collection_sheet(*, on: datetime.date) -> list[SheetRow]:
    """What every member owes on `on`: mandatory savings, dues, what is due on loans. Four queries."""
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
