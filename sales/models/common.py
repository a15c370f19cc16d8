"""What the records of a sale share."""

import datetime

from django.db import models

from core.permissions import Permission
from core.reversal import ReversibleQuerySet

BY = {"on_delete": models.PROTECT, "related_name": "+"}


class StandingQuerySet(ReversibleQuerySet):
    def standing(self, *, as_of: datetime.date):
        """Done by that day and not undone by then."""
        return super().standing(as_of=as_of).filter(**{f"{self.model.done_on}__lte": as_of})


class OfOrderQuerySet(StandingQuerySet):
    def visible_to(self, user):
        return self if user.can(Permission.ORDER_LIST_ALL) else self.filter(order__member__user=user)
