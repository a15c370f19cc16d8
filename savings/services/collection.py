"""What many members save on one day, booked at once: the sheet of a meeting."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from core import audit, sql
from core.errors import ManyRefused, Refused
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Receipt, Unit
from ledger.services import credit, debit
from members.models import Member
from savings import queries
from savings.models import Movement
from savings.services.common import refuse_nothing, refuse_stranger
from savings.services.movement import purpose_of, refuse_too_far_ahead

Kind, Direction = Movement.Kind, Movement.Direction


@dataclass(frozen=True)
class Deposit:
    """Mandatory or voluntary savings of one member. `account` is debited; the receipt is shared with other payments."""

    member: Member
    kind: str
    amount: int
    account: str
    receipt: Receipt


@transaction.atomic
def deposit_all(deposits: Sequence[Deposit], *, on: datetime.date, by: User) -> list[Movement]:
    """Receive savings of many members, whom the caller holds locked, under receipts that are there already.

    So many statements, however many deposits, as long as nobody pays mandatory savings ahead. Refuses what `deposit`
    refuses, with all its sentences at once (ManyRefused), and then books nothing.
    """
    owed = {row.member_id: row.owed for row in queries.unpaid_mandatory(as_of=on)} if deposits else {}
    refused = {}
    for each in deposits:
        try:
            refuse_stranger(each.member, on)
            refuse_nothing(each.amount)
            if each.kind == Kind.MANDATORY and each.amount > owed.get(each.member.pk, 0):
                refuse_too_far_ahead(each.member, each.amount, on)
        except Refused as refusal:
            refused[each.member.pk] = str(refusal)
    if refused:
        raise ManyRefused(refused)
    pks = sql.next_pks(Movement, len(deposits))
    references = [f"savings:{pk}:{Direction.DEPOSIT}" for pk in pks]
    entries = ledger.post_many(
        [
            (reference, f"{purpose_of(each.kind, Direction.DEPOSIT)}: {each.member}", _lines(each))
            for reference, each in zip(references, deposits, strict=True)
        ],
        unit=Unit.USP,
        on=on,
        by=by,
    )
    movements = Movement.objects.bulk_create(
        Movement(
            pk=pk,
            member=each.member,
            kind=each.kind,
            direction=Direction.DEPOSIT,
            amount=each.amount,
            on=on,
            entry=entries[reference],
            receipt=each.receipt,
        )
        for pk, reference, each in zip(pks, references, deposits, strict=True)
    )
    ledger.put_under((row.receipt, row.entry, row.amount) for row in movements)
    audit.record_all(
        "savings.deposited",
        [
            (
                row.member,
                {
                    "kind": str(Kind(row.kind).label),
                    "amount": row.amount,
                    "receipt": row.receipt.number,
                    "on": on,
                },
            )
            for row in movements
        ],
        by=by,
    )
    return movements


def _lines(each: Deposit):
    paid_by = each.member if each.account in chart.KEPT_PER_MEMBER else None
    return [
        debit(each.account, each.amount, member=paid_by),
        credit(queries.ACCOUNTS[Kind(each.kind)], each.amount, member=each.member),
    ]
