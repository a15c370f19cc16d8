"""Joint purchases: what is needed, and what suppliers ask for all of it."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from pricing.models import Item
from stock.arithmetic.loan import NONE, worth
from stock.models import JointNeed, JointPurchase, JointStep


@dataclass(frozen=True)
class Offer:
    """What one supplier asks for everything that is needed; `lacks` are the materials without a price."""

    supplier_id: int
    supplier: str
    total: int
    prices: list[tuple[Item, int]]
    lacks: list[Item]


def purchases() -> QuerySet[JointPurchase]:
    """The newest first, each with `members` who take part and its steps. Two queries."""
    rows = JointPurchase.objects.annotate(members=Count("needs__member", distinct=True))
    return rows.prefetch_related("steps__supplier").order_by("-opened_on", "-pk")


def open_purchases() -> QuerySet[JointPurchase]:
    """Those that members can still join: nothing is ordered yet."""
    steps = JointStep.objects.unreversed().filter(purchase=OuterRef("pk"))
    return JointPurchase.objects.filter(~Exists(steps), cancelled_on=None)


def needed(purchase: JointPurchase) -> list[JointNeed]:
    """Who needs what, material by material."""
    rows = purchase.needs.select_related("member__user", "item__base_unit")
    return list(rows.order_by("item__name", "member__name", "pk"))


def totals(needs: list[JointNeed]) -> dict:
    """`{item: quantity}` of all that is needed, in the order of the list."""
    found = defaultdict(lambda: NONE)
    for need in needs:
        found[need.item] += need.quantity
    return dict(found)


def offers(purchase: JointPurchase) -> list[Offer]:
    """Every supplier's price for all that is needed, the cheapest whole offer first. Two queries."""
    wanted = totals(needed(purchase))
    prices = defaultdict(dict)
    names = {}
    for row in purchase.quotes.select_related("supplier"):
        prices[row.supplier_id][row.item_id] = row.price
        names[row.supplier_id] = row.supplier.name
    found = []
    for supplier, asked in prices.items():
        known = [(item, asked[item.pk]) for item in wanted if item.pk in asked]
        found.append(
            Offer(
                supplier_id=supplier,
                supplier=names[supplier],
                total=sum(worth(wanted[item], price) for item, price in known),
                prices=known,
                lacks=[item for item in wanted if item.pk not in asked],
            )
        )
    return sorted(found, key=lambda offer: (len(offer.lacks), offer.total, offer.supplier))
