"""Blocking part of the voluntary savings, and releasing it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.reversal import given_reason
from members.models import Member
from savings import notifications, queries
from savings.models import Block
from savings.services.common import SavingsRefused, day_of, locked, refuse_nothing, refuse_stranger


@transaction.atomic
def block(member: Member, *, amount: int, reason: str, on: datetime.date, by: User, is_by_hand: bool = False) -> Block:
    """Block `amount` of a member's voluntary savings from `on`; it cannot be withdrawn until the block is released.

    Raises SavingsRefused for more than is free on `on` and every later day, and without a reason.
    """
    member = locked(member)
    refuse_stranger(member, on)
    refuse_nothing(amount)
    reason = given_reason(reason, SavingsRefused)[:150]
    free = max(queries.lowest_free(member, since=on), 0)
    if amount > free:
        raise SavingsRefused(
            _("Only {free} of the voluntary savings is free. Block that much or less.").format(
                free=format_rupiah(free)
            ),
            field="amount",
        )
    made = Block.objects.create(
        member=member, amount=amount, reason=reason, is_by_hand=is_by_hand, blocked_on=on, blocked_by=by
    )
    audit.record("block.made", member, by=by, amount=amount, reason=made.reason, on=on)
    return made


@transaction.atomic
def unblock(block: Block, *, on: datetime.date, by: User) -> Block:
    """Release a block from `on`."""
    member = locked(block.member)
    block = Block.objects.select_for_update(no_key=True, of=["self"]).get(pk=block.pk)
    if block.released_on:
        raise SavingsRefused(_("This block was already released on {day}.").format(day=day_of(block.released_on)))
    if on < block.blocked_on:
        raise SavingsRefused(
            _("The block was made on {day}. Choose that day or a later one.").format(day=day_of(block.blocked_on)),
            field="on",
        )
    block.released_on, block.released_by = on, by
    block.save(update_fields=["released_on", "released_by"])
    audit.record("block.released", member, by=by, amount=block.amount, reason=block.reason, on=on)
    return block


@transaction.atomic
def block_by_hand(member: Member, *, amount: int, reason: str, on: datetime.date, by: User) -> Block:
    """Block savings for a reason that an officer states, such as a dispute; the member is notified."""
    made = block(member, amount=amount, reason=reason, on=on, by=by, is_by_hand=True)
    notifications.blocked(made)
    return made


@transaction.atomic
def release(block: Block, *, on: datetime.date, by: User) -> Block:
    """Release what an officer blocked by hand, and notify the member.

    Raises SavingsRefused for a block that secures a loan (it ends with the collateral), and for one's own savings.
    """
    if not block.is_by_hand:
        raise SavingsRefused(_("This secures a loan. It is released when the collateral is returned."))
    if block.member.user_id == by.pk:
        raise SavingsRefused(_("Nobody releases their own savings. Ask another officer."))
    block = unblock(block, on=on, by=by)
    notifications.released(block)
    return block
