"""Notifications about savings."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import GRANTED, Permission
from savings.models import Block, StandingOrder, StandingOrderRun, TermDeposit, WithdrawalRequest


def asked(withdrawal: WithdrawalRequest, *, by: User) -> None:
    """Notify the chair where approval is needed, otherwise the officers who can pay."""
    wanted = Permission.SAVINGS_APPROVE if withdrawal.needs_approval else Permission.SAVINGS_WITHDRAW
    text = (
        _("{name} asks for {amount} of the savings. Please decide.")
        if withdrawal.needs_approval
        else _("{name} asks for {amount} of the savings.")
    )
    _officers(withdrawal, wanted, text, but=by)


def approved(withdrawal: WithdrawalRequest) -> None:
    _member(withdrawal, _("Your withdrawal of {amount} is approved. Come to the treasurer for it."))
    _officers(withdrawal, Permission.SAVINGS_WITHDRAW, _("Approved: {name} receives {amount} of the savings."))


def refused(withdrawal: WithdrawalRequest) -> None:
    _member(
        withdrawal,
        _("Your withdrawal of {amount} was not granted: {reason}"),
        reason=withdrawal.refusal_reason,
    )


def paid(withdrawal: WithdrawalRequest) -> None:
    _member(withdrawal, _("{amount} of your savings is paid out. See the receipt."))


def blocked(block: Block) -> None:
    text = _("{amount} of your voluntary savings is blocked: {reason}. Ask the treasurer about it.").format(
        amount=format_rupiah(block.amount), reason=block.reason
    )
    tell(block.member.user, text[:300], url=reverse("savings:passbook", args=[block.member_id]))


def released(block: Block) -> None:
    text = _("{amount} of your voluntary savings is free again ({reason}).").format(
        amount=format_rupiah(block.amount), reason=block.reason
    )
    tell(block.member.user, text[:300], url=reverse("savings:passbook", args=[block.member_id]))


def term_ended(deposit: TermDeposit) -> None:
    text = _("Term savings {number} of {amount} have reached their last day: {ending}.").format(
        number=deposit, amount=format_rupiah(deposit.amount), ending=deposit.get_ending_display()
    )
    tell(deposit.member.user, text[:300], url=reverse("savings:term-deposit", args=[deposit.pk]))


def standing_order_given(order: StandingOrder) -> None:
    text = _("From day {day} of each month on your voluntary savings pay what is due: {purpose}. You can stop it.")
    tell(
        order.member.user,
        text.format(day=order.day_of_month, purpose=order.get_purpose_display()),
        url=reverse("savings:passbook", args=[order.member_id]),
    )


def standing_order_ran(run: StandingOrderRun) -> None:
    order = run.order
    words = {"purpose": order.get_purpose_display(), "amount": format_rupiah(run.amount), "reason": run.reason}
    text = (
        _("{amount} of your voluntary savings paid {purpose}, as you agreed.")
        if run.amount
        else _("Nothing was taken for {purpose} this month: {reason} Please pay it in another way.")
    )
    tell(order.member.user, text.format(**words)[:300], url=reverse("savings:passbook", args=[order.member_id]))


def _member(withdrawal: WithdrawalRequest, text: str, **facts) -> None:
    tell(
        withdrawal.member.user,
        text.format(amount=format_rupiah(withdrawal.amount), **facts)[:300],
        url=_page(withdrawal),
    )


def _officers(withdrawal: WithdrawalRequest, permission: Permission, text: str, *, but: User | None = None) -> None:
    roles = [role for role, granted in GRANTED.items() if permission in granted]
    involved = [pk for pk in (withdrawal.member.user_id, withdrawal.approved_by_id, but and but.pk) if pk]
    sentence = text.format(name=withdrawal.member.name, amount=format_rupiah(withdrawal.amount))
    for officer in User.objects.filter(role__in=roles, is_active=True).exclude(pk__in=involved):
        tell(officer, sentence, url=_page(withdrawal))


def _page(withdrawal: WithdrawalRequest) -> str:
    return reverse("savings:withdrawal-request", args=[withdrawal.pk])
