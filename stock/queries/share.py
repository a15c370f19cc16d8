"""Who gets what of a joint purchase, owes and has paid what."""

from collections import defaultdict
from dataclasses import dataclass

from ledger.models import Receipt
from members.models import Member
from pricing.models import Item
from stock.arithmetic.share import Share, share_out
from stock.models import JointPayment, JointPurchase, JointShare
from stock.queries.purchase import needed
from stock.queries.step import lines


def shares_to_be(purchase: JointPurchase) -> list[tuple[Member, Item, Share]]:
    """How what arrived is shared out by what each needs."""
    by_item = defaultdict(list)
    for need in needed(purchase):
        by_item[need.item_id].append(need)
    result = []
    for line in lines(purchase):
        needs = by_item[line.item_id]
        shares = share_out(
            line.quantity, line.cost, [need.quantity for need in needs], counted=line.item.base_unit.is_counted
        )
        result += [(need.member, line.item, share) for need, share in zip(needs, shares, strict=True)]
    return result


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
        return sum(payment.amount for payment in self.payments if not payment.is_reversed)

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
    for payment in JointPayment.objects.unreversed().filter(member=member, step__in=list(found)):
        owed[payment.step_id] -= payment.amount
    return [(found[step], amount) for step, amount in owed.items() if amount]
