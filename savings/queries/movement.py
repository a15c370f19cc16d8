"""The passbook: what is paid on joining, every movement after it, and what may be done next."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.models import User
from core.permissions import Permission
from core.steps import Action, offered
from members.models import Member
from savings.models import Movement, SavingsRules
from savings.queries.balance import Balances


@dataclass(frozen=True)
class FirstSavings:
    """What an admitted applicant pays to become a member."""

    principal: int
    mandatory: int

    @property
    def total(self) -> int:
        return self.principal + self.mandatory


def first_savings(*, as_of: datetime.date) -> FirstSavings | None:
    """Principal and first mandatory savings under the rules of `as_of`; None before the first rules."""
    rules = SavingsRules.objects.current(as_of)
    return rules and FirstSavings(rules.principal_amount, rules.mandatory_amount)


def paid_unapproved(member: Member, *, on: datetime.date) -> int:
    """The voluntary savings paid out to a member on a day without the chair's approval."""
    return Movement.objects.filter(
        Q(request=None) | Q(request__approved_on=None),
        member=member,
        kind=Movement.Kind.VOLUNTARY,
        direction=Movement.Direction.WITHDRAWAL,
        on=on,
        receipt__isnull=False,
        reversed_by=None,
    ).aggregate(sum=Coalesce(Sum("amount"), 0))["sum"]


def passbook(member: Member) -> list[Movement]:
    """Every movement of a member, oldest first, each with `balance`: what its kind held after it. One query."""
    return list(
        Movement.objects.filter(member=member)
        .with_running_balance()
        .select_related("receipt", "reverses", "reversed_by", "entry")
    )


def passbook_actions(
    member: Member, *, saved: Balances, is_waiting: bool, user: User, as_of: datetime.date
) -> list[Action]:
    """The buttons above a passbook for `user`; `is_waiting` where a withdrawal request is not answered yet."""
    is_own = member.user_id == user.pk

    def to(name):
        return reverse(f"savings:{name}", args=[member.pk])

    if not member.entered_on:
        joins = user.can(Permission.SAVINGS_JOIN) and member.admitted_on and first_savings(as_of=as_of)
        return offered((joins, _("Receive the first savings"), to("join"), "hand-coins"))
    receives, pays = user.can(Permission.SAVINGS_DEPOSIT), user.can(Permission.SAVINGS_WITHDRAW) and not is_own
    consents = is_own and user.can(Permission.SAVINGS_ASK)
    asks = user.can(Permission.SAVINGS_ASK) and saved.voluntary and not is_waiting
    return offered(
        (receives, pgettext("button", "Deposit"), to("deposit"), "hand-coins"),
        (asks and is_own, _("Ask for savings"), to("request-withdrawal"), "hand-coins"),
        (pays, _("Withdraw"), to("withdraw"), ""),
        (asks and pays, _("Withdrawal request"), to("request-withdrawal"), ""),
        (receives, _("Open term savings"), to("open-term-deposit"), ""),
        (user.can(Permission.SAVINGS_BLOCK) and saved.voluntary, _("Block savings"), to("block"), ""),
        (consents or receives, _("Pay out of savings"), to("give-standing-order"), ""),
        (True, _("Passbook as PDF"), to("passbook-paper"), "printer"),
    )
