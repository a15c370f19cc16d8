"""Joint purchases: what is needed, what suppliers ask for all of it, who gets and owes what."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from members.models import Member
from pricing.models import Item
from stock import returning, sharing
from stock.models import JointNeed, JointPurchase


@dataclass(frozen=True)
class Offer:
    """What one supplier asks for everything that is needed; `lacks` are the materials without a price."""

    supplier_id: int
    supplier: str
    total: int
    prices: list[tuple[Item, int]]
    lacks: list[Item]


def purchases() -> QuerySet[JointPurchase]:
    """The newest first, each with `members` who take part."""
    rows = JointPurchase.objects.select_related("supplier").annotate(members=Count("needs__member", distinct=True))
    return rows.order_by("-opened_on", "-pk")


def needed(purchase: JointPurchase) -> list[JointNeed]:
    """Who needs what, material by material."""
    rows = purchase.needs.select_related("member__user", "item__base_unit")
    return list(rows.order_by("item__name", "member__name", "pk"))


def totals(needs: list[JointNeed]) -> dict:
    """`{item: quantity}` of all that is needed, in the order of the list."""
    found = defaultdict(lambda: returning.NONE)
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
                total=sum(returning.worth(wanted[item], price) for item, price in known),
                prices=known,
                lacks=[item for item in wanted if item.pk not in asked],
            )
        )
    return sorted(found, key=lambda offer: (len(offer.lacks), offer.total, offer.supplier))


def shares_to_be(purchase: JointPurchase) -> list[tuple[Member, Item, sharing.Share]]:
    """How what arrived is shared out by what each needs."""
    by_item = defaultdict(list)
    for need in needed(purchase):
        by_item[need.item_id].append(need)
    result = []
    for line in purchase.lines.select_related("item__base_unit").order_by("item__name"):
        needs = by_item[line.item_id]
        shares = sharing.share_out(
            line.quantity, line.cost, [need.quantity for need in needs], counted=line.item.base_unit.is_counted
        )
        result += [(need.member, line.item, share) for need, share in zip(needs, shares, strict=True)]
    return result


def cost(purchase: JointPurchase) -> int:
    return purchase.lines.aggregate(total=Sum("cost"))["total"] or 0


def unpaid(purchase: JointPurchase, *, as_of: datetime.date | None) -> dict[int, int]:
    """`{member pk: rupiah}` of what is not paid of the shares."""
    paid = purchase.payments.all()
    if as_of:
        paid = paid.filter(on__lte=as_of)
    owed = dict(purchase.shares.values("member").annotate(total=Sum("amount")).values_list("member", "total"))
    for member, total in paid.values("member").annotate(total=Sum("amount")).values_list("member", "total"):
        owed[member] -= total
    return owed
