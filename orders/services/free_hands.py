"""Asking for work, and saying that it is over."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from members.models import Member
from orders.models import FreeHands
from orders.services.common import OrdersRefused, act_for, require_member

LONGEST = datetime.timedelta(days=92)
"""Longer nobody knows ahead; who still waits then says so again."""


@transaction.atomic
def tell_free_hands(
    member: Member, *, until_on: datetime.date, pieces: int | None = None, note: str = "", on: datetime.date, by: User
) -> FreeHands:
    """Say that the workshop has free hands. Saying it again replaces what was said. Raises OrdersRefused for a day

    that is over or further than three months.
    """
    act_for(member, by)
    require_member(member, on=on)
    if not on <= until_on <= on + LONGEST:
        raise OrdersRefused(_("Choose a day from today on, within three months."), field="until_on")
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    FreeHands.objects.filter(member=member, ended_on=None).update(ended_on=on)
    told = FreeHands.objects.create(
        member=member, until_on=until_on, pieces=pieces or None, note=note.strip(), told_on=on, told_by=by
    )
    audit.record("free_hands.told", told, by=by, member=member.name, until_on=until_on)
    return told


@transaction.atomic
def end_free_hands(told: FreeHands, *, on: datetime.date, by: User) -> FreeHands:
    """Take it back: work was found."""
    told = FreeHands.objects.select_for_update(no_key=True).get(pk=told.pk)
    act_for(told.member, by)
    if told.ended_on:
        raise OrdersRefused(_("This is over already. Nothing was recorded."))
    told.ended_on = on
    told.save(update_fields=["ended_on"])
    audit.record("free_hands.ended", told, by=by, member=told.member.name)
    return told
