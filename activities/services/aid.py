"""Giving tools, promotion or capital to a member's business, and taking lent tools back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import Aid, Source
from activities.services.common import pay_from, reverse_paid
from core import audit, sql
from core.models import StoredFile, User
from ledger import chart
from ledger.channels import Channel
from members.models import Member
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay


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
    channel: str = Channel.CASH,
) -> Aid | PaymentRequest:
    """Write down what a member's business was given; money is booked as an expense of the general unit.

    Capital that is to be paid back is a loan, and goes through the loan book. Nobody gives aid to themselves. Money
    above what one officer may pay alone waits for a second approval.
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
    if is_money:
        return pay(
            PaymentKind.AID,
            amount=worth,
            channel=channel,
            payee=member.name,
            purpose=what,
            on=on,
            by=by,
            member=member.pk,
            aid=str(kind),
        )
    aid = Aid(pk=sql.next_pk(Aid), member=member, kind=kind, what=what, worth=worth, on=on, due_back_on=due_back_on)
    return _write(aid, by)


@transaction.atomic
def post_aid(
    *,
    member: int,
    aid: str,
    amount: int,
    channel: str,
    payee: str,
    purpose: str,
    on: datetime.date,
    by: User,
    paper: StoredFile | None = None,
) -> Aid:
    """Pay aid in money: the hook `payments.aid`."""
    receiver, pk = Member.objects.get(pk=member), sql.next_pk(Aid)
    paid = pay_from(
        Source.RUNNING,
        account=chart.EMPOWERMENT,
        amount=amount,
        channel=channel,
        reference=f"aid:{pk}:given",
        payee=payee,
        purpose=purpose,
        member=receiver,
        on=on,
        by=by,
    )
    facts = {"kind": aid, "what": purpose, "worth": amount, "is_money": True, "channel": str(channel), "on": on}
    return _write(Aid(pk=pk, member=receiver, **facts, **paid), by)


@transaction.atomic
def take_back(aid: Aid, *, on: datetime.date, by: User) -> Aid:
    """A lent tool is back with the cooperative."""
    aid = _locked(aid)
    if aid.is_reversed:
        raise ActivityRefused(_("This record was reversed."))
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


@transaction.atomic
def reverse_aid(aid: Aid, *, on: datetime.date, reason: str, by: User) -> Aid:
    """Undo aid that was recorded wrongly, in money or in kind. Never by who recorded it."""
    aid = reverse_paid(_locked(aid), on=on, reason=reason, by=by)
    audit.record("aid.reversed", aid, by=by, what=aid.what, amount=aid.worth, reason=aid.reversal_reason, on=on)
    return aid


def _write(aid: Aid, by: User) -> Aid:
    aid.by = by
    aid.save(force_insert=True)
    audit.record("aid.given", aid, by=by, what=aid.what, amount=aid.worth, on=aid.on)
    return aid


def _locked(aid: Aid) -> Aid:
    rows = Aid.objects.select_for_update(no_key=True, of=["self"]).select_related("member", "entry", "fund_entry")
    return rows.get(pk=aid.pk)
