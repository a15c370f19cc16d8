"""How much a workshop lends."""

import datetime
from decimal import Decimal

from django.db import transaction

from core import audit
from core.models import User
from members.models import Member
from pricing.models import Item
from stock.models import LendingLimit
from stock.notifications import counted
from stock.services.common import act_for


@transaction.atomic
def limit_lending(member: Member, *, item: Item, at_most: Decimal, from_on: datetime.date, by: User) -> LendingLimit:
    """Say how much of an item a workshop lends at most from a day on, 0 for none. Writing again corrects."""
    act_for(member, by)
    limit, _created = LendingLimit.objects.update_or_create(
        member=member, item=item, from_on=from_on, defaults={"at_most": at_most}
    )
    audit.record("lending_limit.set", limit, by=by, at_most=counted(at_most, item), from_on=from_on)
    return limit
