"""Joint purchases: what is needed, what suppliers ask for all of it, who gets and owes what."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from ledger.models import Receipt
from members.models import Member
from pricing.models import Item
from stock import returning, sharing
from stock.models import JointLine, JointNeed, JointPayment, JointPurchase, JointShare, JointStep


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
    steps = JointStep.objects.standing().filter(purchase=OuterRef("pk"))
    return JointPurchase.objects.filter(~Exists(steps), cancelled_on=None)


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


def lines(purchase: JointPurchase) -> QuerySet[JointLine]:
    """What arrived, as it stands."""
    rows = JointLine.objects.filter(step__purchase=purchase, step__reversed_on=None)
    return rows.select_related("item__base_unit").order_by("item__name")


def shares_to_be(purchase: JointPurchase) -> list[tuple[Member, Item, sharing.Share]]:
    """How what arrived is shared out by what each needs."""
    by_item = defaultdict(list)
    for need in needed(purchase):
        by_item[need.item_id].append(need)
    result = []
    for line in lines(purchase):
        needs = by_item[line.item_id]
        shares = sharing.share_out(
            line.quantity, line.cost, [need.quantity for need in needs], counted=line.item.base_unit.is_counted
        )
        result += [(need.member, line.item, share) for need, share in zip(needs, shares, strict=True)]
    return result


def cost(purchase: JointPurchase) -> int:
    return lines(purchase).aggregate(total=Sum("cost"))["total"] or 0


@dataclass(frozen=True)
class Account:
    """What one member got of a purchase, what it costs him, and what he has paid of it."""

    member: Member
    parts: list[JointShare]
    payments: list[JointPayment]

    @property
    def amount(self) -> int:
        return sum(part.amount for part in self.parts)

    @property
    def paid(self) -> int:
        return sum(payment.amount for payment in self.payments if payment.reversed_on is None)

    @property
    def owed(self) -> int:
        return self.amount - self.paid


def accounts(purchase: JointPurchase) -> list[Account]:
    """Who got what of it and paid how much, each payment with its `receipt`. Three queries."""
    got, paid = defaultdict(list), defaultdict(list)
    shares = JointShare.objects.filter(step__purchase=purchase, step__reversed_on=None)
    for share in shares.select_related("member__user", "item__base_unit").order_by("member__name", "item__name"):
        got[share.member].append(share)
    rows = JointPayment.objects.filter(step__purchase=purchase).select_related("step").order_by("on", "pk")
    receipts = {one.entry_id: one for one in Receipt.objects.filter(entry__in=rows.values("entry"))}
    for payment in rows:
        payment.receipt = receipts.get(payment.entry_id)
        paid[payment.member_id].append(payment)
    return [Account(member, parts, paid[member.pk]) for member, parts in got.items()]


def unpaid(purchase: JointPurchase) -> dict[int, int]:
    """`{member pk: rupiah}` of what is not paid of the shares."""
    return {account.member.pk: account.owed for account in accounts(purchase)}


def owed_by(member: Member) -> list[tuple[JointPurchase, int]]:
    """The purchases of which a member has not paid everything, and how much. One query each for shares and payments."""
    got = JointShare.objects.filter(member=member, step__reversed_on=None).select_related("step__purchase")
    found, owed = {}, defaultdict(int)
    for share in got.order_by("step__on", "pk"):
        found[share.step_id] = share.step.purchase
        owed[share.step_id] += share.amount
    for payment in JointPayment.objects.standing().filter(member=member, step__in=list(found)):
        owed[payment.step_id] -= payment.amount
    return [(found[step], amount) for step, amount in owed.items() if amount]
