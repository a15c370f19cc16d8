"""What is blocked of the voluntary savings, as at a date."""

import datetime

from django.db.models import Sum
from django.db.models.functions import Coalesce

from members.models import Member
from savings.models import Block


def blocks(member: Member, *, as_of: datetime.date):
    """The blocks that stand on `as_of`, oldest first."""
    return Block.objects.filter(member=member).standing(as_of=as_of).order_by("blocked_on", "pk")


def blocked(member: Member, *, as_of: datetime.date) -> int:
    """The part of the voluntary savings that is blocked on `as_of`."""
    return blocks(member, as_of=as_of).aggregate(sum=Coalesce(Sum("amount"), 0))["sum"]
