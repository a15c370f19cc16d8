"""Withdrawal requests: a member asks, the chair approves large sums, the treasurer pays; each a different person."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.permissions import Permission, Role
from core.reversal import given_reason
from ledger.channels import Channel, account_of
from members.models import Member
from savings import notifications
from savings.models import Movement, WithdrawalRequest
from savings.services.common import (
    SavingsRefused,
    day_of,
    locked,
    refuse_nothing,
    refuse_overdraft,
    refuse_stranger,
    rules_of,
)
from savings.services.movement import pay_out, purpose_of, withdrawable
from treasury.models import PaymentKind, PaymentRequest
from treasury.services import pay

State = WithdrawalRequest.State


@transaction.atomic
def request_withdrawal(
    member: Member,
    *,
    amount: int,
    wanted_on: datetime.date,
    channel: str = Channel.CASH,
    account: str = "",
    on: datetime.date,
    by: User,
) -> WithdrawalRequest:
    """Request a withdrawal of voluntary savings. By the member, or by an officer who pays out.

    Raises SavingsRefused for more than can be paid out now, for a day that has passed, and while another request of
    the member waits.
    """
    member = locked(member)
    rules = rules_of(on)
    refuse_stranger(member, on)
    refuse_nothing(amount)
    if member.user_id != by.pk and not by.can(Permission.SAVINGS_WITHDRAW):
        raise SavingsRefused(_("Only {name} can ask for these savings.").format(name=member.name))
    if wanted_on < on:
        raise SavingsRefused(_("That day has passed. Choose today or a later day."), field="wanted_on")
    account = account.strip() if channel == Channel.BANK else ""
    if channel == Channel.BANK and not account:
        raise SavingsRefused(_("Enter the bank and the account number."), field="account")
    if waiting := member.withdrawal_requests.unanswered(as_of=on).first():
        raise SavingsRefused(
            _("A request for {amount} is already waiting. Cancel it before making another.").format(
                amount=format_rupiah(waiting.amount)
            )
        )
    refuse_overdraft(member, amount, on)
    withdrawal = WithdrawalRequest.objects.create(
        member=member,
        rules=rules,
        amount=amount,
        wanted_on=wanted_on,
        channel=channel,
        account=account[:80],
        asked_on=on,
        asked_by=by,
        expires_on=wanted_on + datetime.timedelta(days=rules.request_days),
    )
    audit.record("withdrawal_request.made", withdrawal, by=by, amount=amount, wanted_on=wanted_on)
    notifications.asked(withdrawal, by=by)
    return withdrawal


@transaction.atomic
def approve_withdrawal(withdrawal: WithdrawalRequest, *, on: datetime.date, by: User) -> WithdrawalRequest:
    """The chair approves a large withdrawal; the secretary does where an officer made the request.

    Raises SavingsRefused for one's own request and where no approval is needed.
    """
    withdrawal = _waiting(withdrawal, on)
    if by.pk in (withdrawal.member.user_id, withdrawal.asked_by_id):
        raise SavingsRefused(_("Nobody approves their own request. Ask another officer."))
    if withdrawal.state(as_of=on) != State.TO_APPROVE:
        raise SavingsRefused(_("This request needs no approval. The treasurer can pay it."))
    if by.role != Role.CHAIR and not _is_of_officer(withdrawal):
        raise SavingsRefused(_("The chair approves it. The secretary stands in only where an officer asks."))
    withdrawal.approved_on, withdrawal.approved_by = on, by
    withdrawal.save(update_fields=["approved_on", "approved_by"])
    audit.record("withdrawal_request.approved", withdrawal, by=by, amount=withdrawal.amount, on=on)
    notifications.approved(withdrawal)
    return withdrawal


@transaction.atomic
def pay_withdrawal(
    withdrawal: WithdrawalRequest, *, channel: str = "", on: datetime.date, by: User
) -> Movement | PaymentRequest:
    """Pay out a request against a receipt; never by the person who approved it (four eyes), never to oneself.

    `channel` is a Way where it matters from which bank account. What the chair has approved has its second approval;
    the rest waits for one above what one officer pays alone. Raises SavingsRefused before the chair's approval,
    before the day it is wanted, and what a withdrawal refuses.
    """
    withdrawal = _waiting(withdrawal, on)
    channel = channel or Channel(withdrawal.channel)
    _refuse_to_pay(withdrawal, on=on, by=by)
    withdrawable(
        withdrawal.member,
        amount=withdrawal.amount,
        on=on,
        by=by,
        to=account_of(channel),
        is_approved=withdrawal.approved_on is not None,
    )
    if withdrawal.approved_on:
        return book_withdrawal(withdrawal, channel=channel, on=on, by=by)
    return pay(
        PaymentKind.WITHDRAWAL,
        amount=withdrawal.amount,
        channel=channel,
        payee=withdrawal.member.name,
        purpose=purpose_of(Movement.Kind.VOLUNTARY, Movement.Direction.WITHDRAWAL),
        on=on,
        by=by,
        about=f"request:{withdrawal.pk}",
        parties=[withdrawal.member.user],
        withdrawal_request=withdrawal.pk,
    )


@transaction.atomic
def book_withdrawal(withdrawal: WithdrawalRequest, *, channel: str, on: datetime.date, by: User) -> Movement:
    """The payment itself, once everybody who is asked has said yes."""
    withdrawal = _waiting(withdrawal, on)
    _refuse_to_pay(withdrawal, on=on, by=by)
    movement = pay_out(
        withdrawal.member,
        amount=withdrawal.amount,
        on=on,
        by=by,
        to=account_of(channel),
        is_approved=withdrawal.approved_on is not None,
    )
    withdrawal.movement = movement
    withdrawal.save(update_fields=["movement"])
    notifications.paid(withdrawal)
    return movement


@transaction.atomic
def refuse_withdrawal(withdrawal: WithdrawalRequest, *, reason: str, on: datetime.date, by: User) -> WithdrawalRequest:
    """Refuse a request, with a reason that the member can read."""
    withdrawal = _waiting(withdrawal, on)
    if withdrawal.member.user_id == by.pk:
        raise SavingsRefused(_("This is your own request. Cancel it instead."))
    withdrawal.refused_on, withdrawal.refused_by = on, by
    withdrawal.refusal_reason = given_reason(reason, SavingsRefused)
    withdrawal.save(update_fields=["refused_on", "refused_by", "refusal_reason"])
    audit.record(
        "withdrawal_request.refused",
        withdrawal,
        by=by,
        amount=withdrawal.amount,
        reason=withdrawal.refusal_reason,
        on=on,
    )
    notifications.refused(withdrawal)
    return withdrawal


@transaction.atomic
def cancel_withdrawal(withdrawal: WithdrawalRequest, *, on: datetime.date, by: User) -> WithdrawalRequest:
    """Cancel a request before it is paid; only by the person who made it or its member."""
    withdrawal = _waiting(withdrawal, on)
    if by.pk not in (withdrawal.member.user_id, withdrawal.asked_by_id):
        raise SavingsRefused(_("Only {name} can take this request back.").format(name=withdrawal.member.name))
    withdrawal.cancelled_on = on
    withdrawal.save(update_fields=["cancelled_on"])
    audit.record("withdrawal_request.cancelled", withdrawal, by=by, amount=withdrawal.amount, on=on)
    return withdrawal


def _refuse_to_pay(withdrawal: WithdrawalRequest, *, on: datetime.date, by: User) -> None:
    if withdrawal.state(as_of=on) == State.TO_APPROVE:
        raise SavingsRefused(_("The chair has not approved this withdrawal yet."))
    if withdrawal.approved_by_id == by.pk:
        raise SavingsRefused(_("The person who approved it cannot pay it out. Ask the treasurer."))
    if on < withdrawal.wanted_on:
        raise SavingsRefused(
            _("The money is wanted on {day}. Pay it on that day or later.").format(day=day_of(withdrawal.wanted_on)),
            field="on",
        )


def _waiting(withdrawal: WithdrawalRequest, on: datetime.date) -> WithdrawalRequest:
    """The request as it is now, the member's row locked first, or a refusal that says how it ended."""
    locked(withdrawal.member)
    withdrawal = (
        WithdrawalRequest.objects.select_for_update(no_key=True, of=["self"])
        .select_related("member__user", "rules", "asked_by")
        .get(pk=withdrawal.pk)
    )
    state = withdrawal.state(as_of=on)
    if state not in (State.TO_APPROVE, State.TO_PAY):
        raise SavingsRefused(_("This request is {state}. Look at it again.").format(state=state.label))
    if on < withdrawal.asked_on:
        raise SavingsRefused(_("The request was made on {day}.").format(day=day_of(withdrawal.asked_on)), field="on")
    return withdrawal


def _is_of_officer(withdrawal: WithdrawalRequest) -> bool:
    people = [withdrawal.asked_by, withdrawal.member.user]
    return any(person and person.role in (Role.CHAIR, Role.TREASURER) for person in people)
