"""Savings carried over from the books before these."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Unit
from ledger.services import credit, debit
from members.models import Member
from savings import queries
from savings.models import Movement
from savings.services.common import SavingsRefused, locked, refuse_stranger


@transaction.atomic
def carry_over(
    member: Member, *, principal: int, mandatory: int, voluntary: int, on: datetime.date, by: User
) -> list[Movement]:
    """Post a member's savings of the previous books, against the opening account (3901); no money moves.

    Mandatory savings carried over settle the months before: what is owed counts from the rules in force here.
    Raises SavingsRefused where the member has savings in these books already.
    """
    member = locked(member)
    refuse_stranger(member, on)
    amounts = {
        Movement.Kind.PRINCIPAL: principal,
        Movement.Kind.MANDATORY: mandatory,
        Movement.Kind.VOLUNTARY: voluntary,
    }
    if min(amounts.values()) < 0:
        raise SavingsRefused(_("Savings cannot be less than nothing."))
    if member.movements.exists():
        raise SavingsRefused(_("{name} has savings in these books already.").format(name=member.name))
    amounts = {kind: amount for kind, amount in amounts.items() if amount}
    if not amounts:
        return []
    pk = sql.next_pk(Movement)
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"savings:{pk}:carried",
        memo=_("Savings of {member} carried over from the previous books").format(member=member),
        lines=[
            debit(chart.OPENING_BALANCES, sum(amounts.values())),
            *(credit(queries.ACCOUNTS[kind], amount, member=member) for kind, amount in amounts.items()),
        ],
        by=by,
    )
    movements = [
        Movement(
            member=member,
            kind=kind,
            direction=Movement.Direction.DEPOSIT,
            amount=amount,
            on=on,
            entry=entry,
            is_carried=True,
        )
        for kind, amount in amounts.items()
    ]
    movements[0].pk = pk
    for movement in movements[1:]:
        movement.pk = sql.next_pk(Movement)
    audit.record("savings.carried", member, by=by, amount=sum(amounts.values()), on=on)
    return Movement.objects.bulk_create(movements)
