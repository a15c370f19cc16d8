"""Questions about price lists, each as at a day."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from pricing.models import Item, Price, PriceList


def price_list(*, as_of: datetime.date) -> PriceList | None:
    """The list that governs `as_of`; None before the first."""
    return PriceList.objects.current(as_of)


def price(item: Item, *, as_of: datetime.date) -> Price | None:
    """The price of one base unit of `item` on `as_of` (`.amount`, with its `.price_list`); None when not listed."""
    current = price_list(as_of=as_of)
    if current is None:
        return None
    return Price.objects.select_related("price_list").filter(price_list=current, item=item).first()


def prices(of: PriceList) -> QuerySet[Price]:
    """Every price of a list in the order people read it: products first, then materials, by name."""
    return of.prices.select_related("item__base_unit").order_by("-item__kind", "item__name")


def priced_items(of: PriceList | None) -> QuerySet[Item]:
    """The items in use, each with its `amount` on the list (None where it has none)."""
    amount = Price.objects.filter(price_list=of, item=OuterRef("pk")).values("amount")
    return Item.objects.active().select_related("base_unit").annotate(amount=Subquery(amount)).order_by("-kind", "name")


def amounts(of: PriceList | None) -> dict[int, int]:
    """`{item pk: amount}` of a list; nothing where there is none."""
    return dict(of.prices.values_list("item_id", "amount")) if of else {}


def lists() -> QuerySet[PriceList]:
    """Every list that was decided, newest first, with how many prices it holds."""
    return (
        PriceList.objects.decided()
        .select_related("decided_in", "decided_by")
        .annotate(count=Count("prices"))
        .order_by("-in_force_from")
    )


def list_before(one: PriceList) -> PriceList | None:
    return PriceList.objects.current(one.in_force_from - datetime.timedelta(days=1)) if one.in_force_from else None


def next_list(*, as_of: datetime.date) -> PriceList | None:
    """A list that is decided but not yet in force."""
    return PriceList.objects.filter(in_force_from__gt=as_of).order_by("in_force_from").first()


@dataclass(frozen=True)
class Change:
    """One item on two lists; amounts are None where a list does not have it. `difference` is new minus old."""

    item: Item
    old: int | None
    new: int | None

    @property
    def difference(self) -> int | None:
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def is_change(self) -> bool:
        return self.old != self.new


def compare(old: PriceList | None, new: PriceList) -> list[Change]:
    """Every item of either list with its old and new amount, in reading order."""
    rows: dict[int, list] = {}
    for row in Price.objects.filter(price_list__in=[one for one in (old, new) if one]).select_related(
        "item__base_unit"
    ):
        pair = rows.setdefault(row.item_id, [row.item, None, None])
        pair[2 if row.price_list_id == new.pk else 1] = row.amount
    changes = [Change(item, before, after) for item, before, after in rows.values()]
    return sorted(changes, key=lambda change: (change.item.kind != Item.Kind.PRODUCT, change.item.name))
