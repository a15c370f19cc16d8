"""What items are made of, and what making so many of them takes."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import QuerySet

from pricing.models import Item
from stock.models import BillLine


def bill(item: Item) -> QuerySet[BillLine]:
    return BillLine.objects.filter(item=item).select_related("material__base_unit", "item").order_by("material__name")


def material_for(made: dict[int, Decimal]) -> dict[Item, Decimal]:
    """The material for so many of each item, `{item pk: how many}`; one query. Items without a bill take none."""
    found = defaultdict(Decimal)
    for line in BillLine.objects.filter(item__in=made).select_related("material__base_unit"):
        found[line.material] += line.needed_for(made[line.item_id])
    return dict(sorted(found.items(), key=lambda pair: pair[0].name))
