"""A member asks for savings, the chair agrees where it is much, the treasurer pays: each step by somebody else."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.permissions import Permission, Role
from ledger import chart
from members.models import Member
from savings import telling
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
from savings.services.moving import pay_out

State = WithdrawalRequest.State
ACCOUNTS = {WithdrawalRequest.Through.CASH: chart.CASH, WithdrawalRequest.Through.BANK: chart.BANK}


@transaction.atomic
def ask_withdrawal(
    member: Member,
    *,
    amount: int,
    wanted_on: datetime.date,
    through: str = WithdrawalRequest.Through.CASH,
    account: str = "",
    on: datetime.date,
    by: User,
) -> WithdrawalRequest:
    """Ask to take voluntary savings out. By the member, or by who pays out for a member without a telephone.

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
    account = account.strip() if through == WithdrawalRequest.Through.BANK else ""
    if through == WithdrawalRequest.Through.BANK and not account:
        raise SavingsRefused(_("Write down the bank and the number of the account."), field="account")
    if waiting := member.withdrawal_requests.unanswered(as_of=on).first():
        raise SavingsRefused(
            _("A request for {amount} waits already. Take it back before asking anew.").format(
                amount=format_rupiah(waiting.amount)
            )
        )
    refuse_overdraft(member, amount, on)
    wish = WithdrawalRequest.objects.create(
        member=member,
        rules=rules,
        amount=amount,
        wanted_on=wanted_on,
        through=through,
        account=account[:80],
        asked_on=on,
        asked_by=by,
        expires_on=wanted_on + datetime.timedelta(days=rules.request_days),
    )
    audit.record("withdrawal.asked", wish, by=by, amount=amount, wanted_on=wanted_on)
    telling.asked(wish, by=by)
    return wish


@transaction.atomic
def approve_withdrawal(wish: WithdrawalRequest, *, on: datetime.date, by: User) -> WithdrawalRequest:
    """The chair agrees to a large withdrawal. Where the chair asks or pays, the secretary stands in.

    Raises SavingsRefused for one's own request and where no approval is needed.
    """
    wish = _waiting(wish, on)
    if by.pk in (wish.member.user_id, wish.asked_by_id):
        raise SavingsRefused(_("Nobody approves what they have asked for. Ask another officer."))
    if wish.state(as_of=on) != State.TO_APPROVE:
        raise SavingsRefused(_("This request needs no approval. The treasurer can pay it."))
    if by.role != Role.CHAIR and not _is_of_officer(wish):
        raise SavingsRefused(_("The chair approves it. The secretary stands in only where an officer asks."))
    wish.approved_on, wish.approved_by = on, by
    wish.save(update_fields=["approved_on", "approved_by"])
    audit.record("withdrawal.approved", wish, by=by, amount=wish.amount, on=on)
    telling.approved(wish)
    return wish


@transaction.atomic
def pay_withdrawal(wish: WithdrawalRequest, *, on: datetime.date, by: User) -> Movement:
    """Pay out what was asked for, against a receipt. Not by who approved it (four eyes) and never to oneself.

    Raises SavingsRefused before the chair's yes, before the day it is wanted, and what a withdrawal refuses.
    """
    wish = _waiting(wish, on)
    if wish.state(as_of=on) == State.TO_APPROVE:
        raise SavingsRefused(_("The chair has not approved this withdrawal yet."))
    if wish.approved_by_id == by.pk:
        raise SavingsRefused(_("Whoever approved it does not pay it out. Ask the treasurer."))
    if on < wish.wanted_on:
        raise SavingsRefused(
            _("The money is wanted on {day}. Pay it that day or later.").format(day=day_of(wish.wanted_on)), field="on"
        )
    movement = pay_out(
        wish.member,
        amount=wish.amount,
        on=on,
        by=by,
        to=ACCOUNTS[wish.through],
        is_approved=wish.approved_on is not None,
    )
    wish.movement = movement
    wish.save(update_fields=["movement"])
    telling.paid(wish)
    return movement


@transaction.atomic
def refuse_withdrawal(wish: WithdrawalRequest, *, reason: str, on: datetime.date, by: User) -> WithdrawalRequest:
    """Say no to a request, with the reason the member will read."""
    wish = _waiting(wish, on)
    if not reason.strip():
        raise SavingsRefused(_("Write down the reason. The member will read it."), field="reason")
    if wish.member.user_id == by.pk:
        raise SavingsRefused(_("This is your own request. Take it back instead."))
    wish.refused_on, wish.refused_by, wish.refusal_reason = on, by, reason.strip()[:150]
    wish.save(update_fields=["refused_on", "refused_by", "refusal_reason"])
    audit.record("withdrawal.refused", wish, by=by, amount=wish.amount, reason=wish.refusal_reason, on=on)
    telling.refused(wish)
    return wish


@transaction.atomic
def take_back_withdrawal(wish: WithdrawalRequest, *, on: datetime.date, by: User) -> WithdrawalRequest:
    """Whoever asked takes the request back before it is paid."""
    wish = _waiting(wish, on)
    if by.pk not in (wish.member.user_id, wish.asked_by_id):
        raise SavingsRefused(_("Only {name} can take this request back.").format(name=wish.member.name))
    wish.withdrawn_on = on
    wish.save(update_fields=["withdrawn_on"])
    audit.record("withdrawal.taken_back", wish, by=by, amount=wish.amount, on=on)
    return wish


def _waiting(wish: WithdrawalRequest, on: datetime.date) -> WithdrawalRequest:
    """The request as it is now, the member's row locked first, or a refusal that says what became of it."""
    locked(wish.member)
    wish = (
        WithdrawalRequest.objects.select_for_update(no_key=True, of=["self"])
        .select_related("member__user", "rules", "asked_by")
        .get(pk=wish.pk)
    )
    state = wish.state(as_of=on)
    if state not in (State.TO_APPROVE, State.TO_PAY):
        raise SavingsRefused(_("This request is {state}. Look at it again.").format(state=state.label))
    if on < wish.asked_on:
        raise SavingsRefused(_("The request was made on {day}.").format(day=day_of(wish.asked_on)), field="on")
    return wish


def _is_of_officer(wish: WithdrawalRequest) -> bool:
    people = [wish.asked_by, wish.member.user]
    return any(person and person.role in (Role.CHAIR, Role.TREASURER) for person in people)
