"""What a handover is worth, what is owed on it, and what waits for money."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from ledger.channels import Channel
from orders.arithmetic import settlement
from orders.models import Claim, Delivery, Settlement
from orders.models.quantities import NONE
from orders.queries.claim import handovers


@dataclass(frozen=True)
class Owed:
    """What a maker owes on a handover beside the work, per kind of `settlement.ORDER`, and whether pay is to come."""

    open: Mapping[str, int]
    to_come: bool
    days_late: int

    @property
    def remainder(self) -> int:
        """Rupiah that no pay to come will cover, so that the maker pays them back; 0 while pay is to come."""
        return 0 if self.to_come else max(sum(self.open.values()), 0)


def owed(claim: Claim) -> Owed:
    """Penalties agreed, money paid ahead and material owed, less what settlements have taken off and was paid back.

    Of the material the share of the accepted pieces, and all of it once nothing more is to come.

    Without a query of its own where `handovers` fetched the claim; below zero only where a settlement took off more.
    """
    deliveries = list(claim.deliveries.all())
    confirmed = [one for one in deliveries if one.confirmed_on]
    settled = [paid for one in deliveries for paid in one.settlements.all() if not paid.reversed_on]
    late = settlement.days_late(
        claim.offer.due_on, max((one.delivered_on for one in confirmed if one.kept), default=None)
    )
    counts = [advance.counts for advance in claim.advances.all()]
    total = {
        "late": claim.late_penalty * late,
        "reject": settlement.amount(sum((one.not_good for one in confirmed), NONE), claim.reject_penalty),
        "advance": sum(count for count in counts if count > 0),
        "material": sum(given.owed for given in claim.materials.all()),
    }
    sent = sum((one.kept for one in deliveries), NONE)
    more_to_come = claim.in_hand > sent or len(confirmed) < len(deliveries)
    open_, back = {}, -sum(count for count in counts if count < 0)
    for kind in settlement.ORDER:
        taken_off = sum(getattr(paid, kind) for paid in settled)
        open_[kind] = total[kind] - taken_off
        if kind == "material":
            open_[kind] = settlement.material_due(
                total[kind],
                taken_off=taken_off,
                accepted=sum((one.accepted for one in confirmed), NONE),
                in_hand=claim.in_hand,
                more_to_come=more_to_come,
            )
        covered = min(max(open_[kind], 0), back)
        open_[kind], back = open_[kind] - covered, back - covered
    open_["advance"] -= back
    done = {paid.delivery_id for paid in settled}
    to_come = more_to_come or any(one.accepted and one.pk not in done for one in confirmed)
    return Owed(open_, to_come, late)


def parts(delivery: Delivery, claim: Claim) -> settlement.Parts:
    """What becomes of the pay for a counted delivery, as things stand."""
    return settlement.settle(settlement.amount(delivery.accepted or NONE, claim.maker_price), owed(claim).open)


def to_settle(rows: QuerySet[Delivery] | None = None) -> QuerySet[Delivery]:
    """Confirmed deliveries with something accepted that nobody has paid for yet."""
    rows = Delivery.objects.all() if rows is None else rows
    unsettled = ~Q(pk__in=Settlement.objects.filter(reversed_on=None).values("delivery"))
    return _with_claim(rows.filter(unsettled, accepted__gt=0)).order_by("confirmed_on", "pk")


def rest(paid: Settlement) -> int:
    """What is left to pay out after what the maker agreed to let go against a debt."""
    gone = paid.offsets.filter(withdrawn_on=None).aggregate(total=Sum("amount"))["total"]
    return paid.amount - (gone or 0)


def to_pay_out() -> QuerySet[Settlement]:
    """Money at the cooperative that its maker has not fetched."""
    rows = Settlement.objects.filter(reversed_on=None, paid_on=None, method=Channel.CASH)
    return rows.select_related(
        "delivery__claim__member",
        "delivery__claim__offer__line__order__member",
        "delivery__claim__offer__line__item__base_unit",
    ).order_by("settled_on", "pk")


def _with_claim(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return rows.select_related(
        "claim__member", "claim__offer__line__order__member", "claim__offer__line__item__base_unit"
    )


def owing(claim: Claim, sheet: Owed) -> list[tuple[Delivery, int]]:
    """Each counted delivery that nobody has paid for, oldest first, with what is to be paid for it.

    What the sheet takes off is taken off the oldest first, so the rows together are what one settlement would pay.
    """
    open_, found = sheet.open, []
    for one in sorted(claim.deliveries.all(), key=lambda one: one.pk):
        if not one.accepted or any(not paid.reversed_on for paid in one.settlements.all()):
            continue
        parts = settlement.settle(one.amount, open_)
        open_ = parts.carried
        found.append((one, parts.amount))
    return found


def to_be_paid(deliveries: Iterable[Delivery]) -> dict[int, int]:
    """What is to be paid for each of these counted deliveries, the sheet taken off. A constant number of queries."""
    claims = handovers(Claim.objects.filter(pk__in={one.claim_id for one in deliveries}), gone=True)
    return {one.pk: amount for claim in claims for one, amount in owing(claim, owed(claim))}
