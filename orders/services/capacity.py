"""What a workshop says it can carry: so many a week, who does which step, and the days on which nothing is made."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.permissions import Permission
from members.models import Business, Member
from orders.models import Capacity, Closure, WorkEstimate
from orders.services.common import OrdersRefused, act_for
from pricing.models import Item
from pricing.steps import STEPS


@transaction.atomic
def set_capacity(
    business: Business,
    *,
    from_on: datetime.date,
    per_week: int,
    hands: dict[str, Decimal | None] | None = None,
    days_per_week: int = 6,
    hours_per_day: Decimal = Decimal(8),
    by: User,
) -> Capacity:
    """Say how much the business makes a week from a day on, at most `per_week` pieces (0: closed).

    `hands` says how many people do a step ({"sewing": 2}); a step left out does not limit, and 0 is a step nobody
    here can do. Writing a day again corrects it.
    """
    act_for(business.member, by)
    facts = {step: (hands or {}).get(step) for step in STEPS}
    capacity, _created = Capacity.objects.update_or_create(
        business=business,
        from_on=from_on,
        defaults=facts | {"per_week": per_week, "days_per_week": days_per_week, "hours_per_day": hours_per_day},
    )
    audit.record("capacity.set", business, by=by, per_week=per_week, from_on=from_on, **facts)
    return capacity


@transaction.atomic
def close_workshop(
    business: Business | None, *, from_on: datetime.date, until_on: datetime.date, reason: str, by: User
) -> Closure:
    """Nothing is made on these days: Lebaran of everybody (no business), a wedding of one. Promises stay as they are.

    Raises OrdersRefused for days in the wrong order, and for everybody's days where `by` may only speak for one's own.
    """
    _may_close(business, by)
    if until_on < from_on:
        raise OrdersRefused(_("The last day comes before the first."), field="until_on")
    closure = Closure.objects.create(business=business, from_on=from_on, until_on=until_on, reason=reason.strip())
    audit.record("capacity.closed", business or closure, by=by, from_on=from_on, until_on=until_on, reason=reason)
    return closure


@transaction.atomic
def reopen_workshop(closure: Closure, *, on: datetime.date, by: User) -> Closure:
    """The days are worked after all. Raises OrdersRefused for days that are over: what was, was."""
    _may_close(closure.business, by)
    if closure.until_on < on:
        raise OrdersRefused(_("These days are over. They stay as they were."))
    audit.record("capacity.reopened", closure.business or closure, by=by, reason=closure.reason)
    closure.delete()
    return closure


def _may_close(business: Business | None, by: User) -> None:
    if business:
        act_for(business.member, by)
    elif not by.can(Permission.CLOSURE_FOR_ALL):
        raise OrdersRefused(_("Only the chair or the secretary can record days on which everybody is closed."))


@transaction.atomic
def estimate_work(member: Member, *, item: Item, on: datetime.date, by: User, **minutes: int) -> WorkEstimate:
    """The workshop says how long a piece takes it, step by step; saying it again corrects.

    Raises OrdersRefused where the item is measured for everybody, is a material, or no step has minutes.
    """
    act_for(member, by)
    if item.kind != Item.Kind.PRODUCT:
        raise OrdersRefused(_("A material is not made here. Choose a product."))
    if item.is_measured:
        raise OrdersRefused(
            _("{item} is measured for everybody. Where that is wrong, ask the secretary to correct it.").format(
                item=item
            )
        )
    if not any(minutes.values()):
        raise OrdersRefused(_("Write the minutes of at least one step."), field=STEPS[0])
    found, _created = WorkEstimate.objects.update_or_create(
        member=member, item=item, defaults={**minutes, "told_on": on, "told_by": by}
    )
    audit.record("capacity.estimated", member, by=by, item=item, minutes=sum(minutes.values()))
    return found
