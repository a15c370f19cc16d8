"""Standing consent: given and stopped by the member, carried out by `daily`, whole or not at all."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, hooks
from core.dates import month_start
from core.errors import Refused
from core.models import User
from core.permissions import Permission, Role
from members.models import Member
from savings import notifications, queries
from savings.models import StandingOrder, StandingOrderRun
from savings.services.common import SavingsRefused, locked, refuse_stranger
from savings.services.movement import move_to_mandatory

Purpose = StandingOrder.Purpose


@transaction.atomic
def give_standing_order(
    member: Member, *, purpose: str, day_of_month: int, on: datetime.date, by: User
) -> StandingOrder:
    """Let the voluntary savings pay what is due from a day of each month on.

    By the member, or by an officer who receives savings and has the member's word; the member is told then. Another
    day takes the place of the one before. Raises SavingsRefused for anybody else.
    """
    member = locked(member)
    refuse_stranger(member, on)
    _refuse_others(member, by)
    running = member.standing_orders.running().filter(purpose=purpose).first()
    if running:
        end_standing_order(running, on=on, by=by)
    order = StandingOrder.objects.create(
        member=member, purpose=purpose, day_of_month=day_of_month, given_on=on, given_by=by
    )
    audit.record("standing_order.given", order, by=by, purpose=str(order.get_purpose_display()), day=day_of_month)
    if member.user_id != by.pk:
        notifications.standing_order_given(order)
    return order


@transaction.atomic
def end_standing_order(order: StandingOrder, *, on: datetime.date, by: User) -> StandingOrder:
    """Stop it, at any time. Raises SavingsRefused where it was stopped before, and for somebody else."""
    order = _locked(order)
    _refuse_others(order.member, by)
    if order.ended_on:
        raise SavingsRefused(_("This was stopped already. Reload the page."))
    order.ended_on, order.ended_by = on, by
    order.save(update_fields=["ended_on", "ended_by"])
    audit.record("standing_order.ended", order, by=by, purpose=str(order.get_purpose_display()))
    return order


def run_standing_orders(*, on: datetime.date) -> int:
    """Carry out every consent whose day of the month has come, once a month; how many were, paid or refused.

    What is not due yet is looked at again the next morning. Safe to run twice, and twice at once: each consent has a
    transaction of its own under its lock.
    """
    month = month_start(on)
    waiting = (
        StandingOrder.objects.running()
        .filter(day_of_month__lte=on.day, given_on__lte=on)
        .exclude(runs__month=month)
        .select_related("member")
        .order_by("pk")
    )
    first_days = [order for order in waiting if month.replace(day=order.day_of_month) >= order.given_on]
    return sum(_run(order, month, on=on) for order in first_days)


@transaction.atomic
def _run(order: StandingOrder, month: datetime.date, *, on: datetime.date) -> bool:
    order = _locked(order)
    by = _signs_for(order.member)
    if by is None or order.ended_on or order.runs.filter(month=month).exists():
        return False
    amount, reason = 0, ""
    try:
        with transaction.atomic():
            amount = hooks.answer("standing", order.purpose)(order.member, on=on, by=by)
    except Refused as refusal:
        reason = str(refusal)[:300]
    if not amount and not reason:
        return False
    run = StandingOrderRun.objects.create(order=order, month=month, on=on, amount=amount, reason=reason)
    audit.record(
        "standing_order.paid" if amount else "standing_order.not_paid",
        order,
        by=None,
        purpose=str(order.get_purpose_display()),
        amount=amount,
        reason=reason,
    )
    notifications.standing_order_ran(run)
    return True


def pay_mandatory(member: Member, *, on: datetime.date, by: User) -> int:
    """Mandatory savings that are due, out of the voluntary ones (`standing.mandatory`); how much that was."""
    owed = queries.mandatory_owed(member, as_of=on)
    if owed:
        move_to_mandatory(member, amount=owed, on=on, by=by)
    return owed


def _signs_for(member: Member) -> User | None:
    """The treasurer, or the chair where it is the treasurer's own: nobody pays out to themselves."""
    officers = User.objects.filter(role__in=[Role.TREASURER, Role.CHAIR], is_active=True).exclude(pk=member.user_id)
    return min(officers, key=lambda user: (user.role != Role.TREASURER, user.pk), default=None)


def _refuse_others(member: Member, by: User) -> None:
    if member.user_id != by.pk and not by.can(Permission.SAVINGS_DEPOSIT):
        raise SavingsRefused(_("Only {name} decides about these savings.").format(name=member.name))


def _locked(order: StandingOrder) -> StandingOrder:
    rows = StandingOrder.objects.select_for_update(no_key=True, of=["self"]).select_related("member__user")
    return rows.get(pk=order.pk)
