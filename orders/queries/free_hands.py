"""Who asks for work."""

import datetime

from django.db.models import QuerySet

from members.models import Member
from orders.models import FreeHands


def free_hands(*, as_of: datetime.date) -> QuerySet[FreeHands]:
    """Everybody who asks for work now, who asked first first."""
    return FreeHands.objects.open(as_of=as_of).select_related("member").order_by("told_on", "pk")


def own_free_hands(member: Member | None, *, as_of: datetime.date) -> FreeHands | None:
    return FreeHands.objects.open(as_of=as_of).filter(member=member).first() if member else None
