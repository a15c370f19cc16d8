"""What the records of a sale share."""

from django.db import models
from django.db.models import F, Q

from core.permissions import Permission

BY = {"on_delete": models.PROTECT, "related_name": "+"}


def reversed_whole(by: str) -> Q:
    """Nothing of a reversal or all of it, and never by who wrote it down (`by`)."""
    undone = Q(reversed_on__isnull=False, reversed_by__isnull=False) & ~Q(reversal_reason="") & ~Q(reversed_by=F(by))
    return Q(reversed_on=None, reversed_by=None, reversal_reason="") | undone


class OfOrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.can(Permission.ORDER_LIST_ALL) else self.filter(order__member__user=user)
