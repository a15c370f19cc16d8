"""Closing a passbook: savings become a debt of the cooperative to a former member."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, sql
from core.models import User
from ledger import chart
from ledger import services as ledger
from ledger.models import Entry, Unit
from ledger.services import credit, debit
from members.models import Member
from savings import queries
from savings.models import Movement
from savings.services.common import SavingsRefused, day_of, locked, refuse_stranger

KINDS = (Movement.Kind.VOLUNTARY, Movement.Kind.MANDATORY, Movement.Kind.PRINCIPAL)


@transaction.atomic
def close_savings(member: Member, *, on: datetime.date, by: User) -> Entry | None:
    """Transfer all savings of a member to the account payable to former members (2402).

    The interest until then is paid first (`pay_interest_until`). One entry, a movement for each kind. Raises
    SavingsRefused where something was booked after `on`, and while a term deposit runs; the
    database refuses what is blocked. None where nothing is saved.
    """
    member = locked(member)
    refuse_stranger(member, on)
    last = Movement.objects.filter(member=member).order_by("-on").values_list("on", flat=True).first()
    if last and last > on:
        raise SavingsRefused(
            _("The passbook has a movement on {day}. Choose that day or a later one.").format(day=day_of(last)),
            field="on",
        )
    held = queries.balances(member, as_of=on)
    if held.term:
        raise SavingsRefused(_("A term deposit runs. End it first."))
    sums = {kind: held.of(kind) for kind in KINDS if held.of(kind)}
    if not sums:
        return None
    pk, total = sql.next_pk(Movement), sum(sums.values())
    entry = ledger.post_entry(
        unit=Unit.USP,
        on=on,
        reference=f"savings:{pk}:closed",
        memo=_("Savings of {member}, who is leaving").format(member=member),
        lines=[
            *(debit(queries.ACCOUNTS[kind], amount, member=member) for kind, amount in sums.items()),
            credit(chart.FORMER_MEMBERS_PAYABLE, total, member=member),
        ],
        by=by,
    )
    facts = {"member": member, "direction": Movement.Direction.WITHDRAWAL, "on": on, "entry": entry}
    Movement.objects.bulk_create(
        Movement(pk=pk if place == 0 else sql.next_pk(Movement), kind=kind, amount=amount, **facts)
        for place, (kind, amount) in enumerate(sums.items())
    )
    audit.record("savings.closed", member, by=by, amount=total, on=on)
    return entry
