"""What the services of the activities share."""

import datetime

from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Entry, Receipt, Unit
from ledger.services import credit, debit
from members.models import Member


def hand_out(
    member: Member, *, amount: int, account: str, purpose: str, reference: str, on: datetime.date, by: User
) -> tuple[Entry, Receipt]:
    """Give a member money from the cash of the general unit, as an expense on `account`, with a receipt."""
    entry = ledger.post_entry(
        unit=Unit.UMUM,
        on=on,
        reference=reference,
        memo=f"{purpose}: {member}"[:200],
        lines=[debit(account, amount, member=member), credit(chart.CASH, amount)],
        by=by,
    )
    receipt = ledger.issue_receipt(
        entry, party=member.name, member=member, purpose=purpose, amount=amount, direction="out", by=by
    )
    return entry, receipt
