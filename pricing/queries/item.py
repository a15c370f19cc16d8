"""Questions about items: what they cost and have cost, and in which units they are counted."""

import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from pricing.models import Item, Price, Unit
from pricing.queries.price_list import price_list


def items(*, as_of: datetime.date) -> QuerySet[Item]:
    """Every item, also those out of use, with its `amount` on the list in force."""
    amount = Price.objects.filter(price_list=price_list(as_of=as_of), item=OuterRef("pk")).values("amount")
    return (
        Item.objects.select_related("base_unit", "skill")
        .annotate(amount=Subquery(amount))
        .order_by("-is_active", "-kind", "name")
    )


def history(item: Item) -> QuerySet[Price]:
    """What the item has cost, newest list first."""
    return (
        Price.objects.filter(item=item, price_list__in_force_from__isnull=False)
        .select_related("price_list__decided_in")
        .order_by("-price_list__in_force_from")
    )


def units_of(item: Item) -> QuerySet[Unit]:
    """The units the item may be counted in: its own, dozens and kodi where it is counted, and its conversions."""
    units = Unit.objects.filter(pk=item.base_unit_id) | Unit.objects.filter(pk__in=item.conversions.values("unit"))
    if item.base_unit.is_counted:
        units |= Unit.objects.filter(multiple__isnull=False)
    return units.order_by(F("multiple").asc(nulls_first=True), "name")
