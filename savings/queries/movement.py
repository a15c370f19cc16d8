"""The first page of a passbook and the pages after it."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from members.models import Member
from savings.models import Movement, SavingsRules


@dataclass(frozen=True)
class FirstSavings:
    """What somebody who was admitted pays to become a member."""

    principal: int
    mandatory: int

    @property
    def total(self) -> int:
        return self.principal + self.mandatory


def first_savings(*, as_of: datetime.date) -> FirstSavings | None:
    """Principal and first mandatory savings under the rules of `as_of`; None before the first rules."""
    rules = SavingsRules.objects.filter(in_force_from__lte=as_of).order_by("-in_force_from").first()
    return rules and FirstSavings(rules.principal_amount, rules.mandatory_amount)


def paid_unapproved(member: Member, *, on: datetime.date) -> int:
    """What left the cash box or the bank for a member on a day without the chair's yes."""
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
