"""What people are told about their savings, in their inbox."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.money import format_rupiah
from core.notices import tell
from core.permissions import GRANTED, Permission
from savings.models import Block, TermDeposit, WithdrawalRequest


def asked(wish: WithdrawalRequest, *, by: User) -> None:
    """The chair where approval is needed, otherwise who can pay it."""
    wanted = Permission.SAVINGS_APPROVE if wish.needs_approval else Permission.SAVINGS_WITHDRAW
    text = (
        _("{name} asks for {amount} of the savings. Please decide.")
        if wish.needs_approval
        else _("{name} asks for {amount} of the savings.")
    )
    _officers(wish, wanted, text, but=by)


def approved(wish: WithdrawalRequest) -> None:
    _member(wish, _("Your withdrawal of {amount} is approved. Come to the treasurer for it."))
    _officers(wish, Permission.SAVINGS_WITHDRAW, _("Approved: {name} receives {amount} of the savings."))


def refused(wish: WithdrawalRequest) -> None:
    _member(wish, _("Your withdrawal of {amount} was not granted: {reason}"), reason=wish.refusal_reason)


def paid(wish: WithdrawalRequest) -> None:
    _member(wish, _("{amount} of your savings is paid out. See the receipt."))


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
    tell(deposit.member.user, text[:300], url=reverse("savings:term", args=[deposit.pk]))


def _member(wish: WithdrawalRequest, text: str, **facts) -> None:
    tell(wish.member.user, text.format(amount=format_rupiah(wish.amount), **facts)[:300], url=_page(wish))


def _officers(wish: WithdrawalRequest, permission: Permission, text: str, *, but: User | None = None) -> None:
    roles = [role for role, granted in GRANTED.items() if permission in granted]
    involved = [pk for pk in (wish.member.user_id, wish.approved_by_id, but and but.pk) if pk]
    sentence = text.format(name=wish.member.name, amount=format_rupiah(wish.amount))
    for officer in User.objects.filter(role__in=roles, is_active=True).exclude(pk__in=involved):
        tell(officer, sentence, url=_page(wish))


def _page(wish: WithdrawalRequest) -> str:
    return reverse("savings:request", args=[wish.pk])
