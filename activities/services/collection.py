"""What is collected at a meeting, for every member on one sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.services.dues import collect_dues
from core import audit
from core.errors import Refused
from core.models import User
from governance.models import Meeting
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


@dataclass(frozen=True)
class Outcome:
    """How many payments were booked and what they come to; the sentence for each member whose row was refused."""

    count: int
    amount: int
    refused: dict[int, str]


@transaction.atomic
def collect(meeting: Meeting, *, collected: Iterable[Collected], by: User) -> Outcome:
    """Book what was collected at a meeting, dated that day: every payment with its own receipt.

    A member's row is booked whole or not at all; a row that one of the books refuses does not hold up the others.
    Raises ActivityRefused where nothing is filled in.
    """
    count, amount, refused, rows = 0, 0, {}, list(collected)
    for row in rows:
        try:
            with transaction.atomic():
                payments = _book(row, meeting, by)
        except Refused as refusal:
            refused[row.member.pk] = str(refusal)
        else:
            count, amount = count + len(payments), amount + sum(payments)
    if not rows:
        raise ActivityRefused(_("Nothing is filled in yet. Enter what was received."))
    if count:
        audit.record("meeting.collected", meeting, by=by, count=count)
    return Outcome(count, amount, refused)


def _book(row: Collected, meeting: Meeting, by: User) -> list[int]:
    """The payments of one member; what each comes to."""
    facts = {"on": meeting.on, "by": by}
    payments = []
    for loan, amount in row.repayments.items():
        loans.repay(loan, amount=amount, **facts)
        payments.append(amount)
    for kind, amount in (("mandatory", row.mandatory), ("voluntary", row.voluntary)):
        if amount:
            savings.deposit(row.member, kind=kind, amount=amount, **facts)
            payments.append(amount)
    if row.dues_months:
        payments.append(sum(paid.amount for paid in collect_dues(row.member, months=row.dues_months, **facts)))
    return payments
