"""Giving tools, promotion or capital to a member's business, and taking lent tools back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import Aid
from activities.services.common import hand_out
from core import audit, sql
from core.models import User
from ledger import chart
from members.models import Member


@transaction.atomic
def give_aid(
    member: Member,
    *,
    kind: str,
    what: str,
    worth: int,
    is_money: bool,
    on: datetime.date,
    by: User,
    due_back_on: datetime.date | None = None,
) -> Aid:
    """Write down what a member's business was given; money is booked as an expense of the general unit.

    Capital that is to be paid back is a loan, and goes through the loan book. Nobody gives money to themselves.
    """
    if not Member.objects.entered(as_of=on).filter(pk=member.pk).exists():
        raise ActivityRefused(_("Aid is for members."), field="member")
    if worth <= 0:
        raise ActivityRefused(_("Enter what it is worth."), field="worth")
    if due_back_on and is_money:
        raise ActivityRefused(_("Money to be paid back is a loan. Apply for one."), field="due_back_on")
    if due_back_on and due_back_on <= on:
        raise ActivityRefused(_("The return date must be after the day it was given."), field="due_back_on")
    if member.user_id == by.pk:
        raise ActivityRefused(_("Nobody gives aid to themselves. Ask another officer."))
    pk, entry, receipt = sql.next_pk(Aid), None, None
    if is_money:
        entry, receipt = hand_out(
            member,
            amount=worth,
            account=chart.EMPOWERMENT,
            purpose=what,
            reference=f"aid:{pk}:given",
            on=on,
            by=by,
        )
    aid = Aid.objects.create(
        pk=pk,
        member=member,
        kind=kind,
        what=what,
        worth=worth,
        is_money=is_money,
        on=on,
        due_back_on=due_back_on,
        entry=entry,
        receipt=receipt,
    )
    audit.record("aid.given", aid, by=by, what=what, amount=worth, on=on)
    return aid


@transaction.atomic
def take_back(aid: Aid, *, on: datetime.date, by: User) -> Aid:
    """A lent tool is back with the cooperative."""
    aid = Aid.objects.select_for_update(no_key=True, of=["self"]).select_related("member").get(pk=aid.pk)
    if aid.due_back_on is None:
        raise ActivityRefused(_("This was a gift, not a loan."))
    if aid.returned_on:
        raise ActivityRefused(_("This came back already."))
    if on < aid.on:
        raise ActivityRefused(_("It cannot come back before it was given."), field="on")
    aid.returned_on = on
    aid.save(update_fields=["returned_on"])
    audit.record("aid.returned", aid, by=by, what=aid.what, on=on)
    return aid
