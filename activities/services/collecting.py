"""What is collected at a meeting, for every member on one sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Meeting
from activities.services.common import ActivityRefused
from activities.services.dues import collect_dues
from core import audit
from core.errors import Refused
from core.models import User
from loans import services as loans
from loans.models import Loan
from members.models import Member
from savings import services as savings


@dataclass(frozen=True)
class Collected:
    """What one member handed over at a meeting, by what it is for. `repayments` is rupiah per loan."""

    member: Member
    mandatory: int = 0
    voluntary: int = 0
    dues_months: int = 0
    repayments: dict[Loan, int] = field(default_factory=dict)


@transaction.atomic
def collect(meeting: Meeting, *, collected: Iterable[Collected], by: User) -> int:
    """Book what was collected at a meeting, dated that day: every payment with its own receipt, or none at all.

    Raises ActivityRefused with the member's name for the first payment that its own book refuses.
    """
    count = 0
    for row in collected:
        try:
            for loan, amount in row.repayments.items():
                loans.repay(loan, amount=amount, on=meeting.on, by=by)
            for kind, amount in (("mandatory", row.mandatory), ("voluntary", row.voluntary)):
                if amount:
                    savings.deposit(row.member, kind=kind, amount=amount, on=meeting.on, by=by)
            if row.dues_months:
                collect_dues(row.member, months=row.dues_months, on=meeting.on, by=by)
        except Refused as refusal:
            raise ActivityRefused(f"{row.member.name}: {refusal}") from refusal
        count += len(row.repayments) + bool(row.mandatory) + bool(row.voluntary) + bool(row.dues_months)
    if not count:
        raise ActivityRefused(_("Nothing is filled in yet. Write down what was received."))
    audit.record("meeting.collected", meeting, by=by, count=count)
    return count
