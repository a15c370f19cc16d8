"""What may be done next with a withdrawal request."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.permissions import Permission
from core.steps import Action, offered
from savings.models import WithdrawalRequest

State = WithdrawalRequest.State


def withdrawal_request_actions(withdrawal: WithdrawalRequest, *, user: User, as_of: datetime.date) -> list[Action]:
    """The buttons `user` has on `as_of`, the next step first; none where others act or it has ended."""
    state = withdrawal.state(as_of=as_of)
    if state not in (State.TO_APPROVE, State.TO_PAY):
        return []
    is_own = user.pk in (withdrawal.member.user_id, withdrawal.asked_by_id)
    pays = user.can(Permission.SAVINGS_WITHDRAW) and user.pk != withdrawal.member.user_id
    approves = user.can(Permission.SAVINGS_APPROVE) and not is_own

    def to(verb):
        return reverse(f"savings:{verb}-withdrawal", args=[withdrawal.pk])

    return offered(
        (state == State.TO_APPROVE and approves, _("Approve"), to("approve"), ""),
        (
            state == State.TO_PAY and pays and withdrawal.approved_by_id != user.pk,
            _("Pay out"),
            to("pay"),
            "hand-coins",
        ),
        (pays, _("Refuse"), to("refuse"), ""),
        (is_own, _("Take back"), to("cancel"), ""),
    )
