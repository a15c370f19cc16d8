"""Handovers, what is on its way, and what waits for money."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from core.models import User
from governance.models import Case
from orders import settlement
from orders.models import NONE, Advance, Claim, Delivery, MaterialGiven, Settlement, Surplus, TermsChange


def to_send(claim: Claim) -> Decimal:
    """What the maker has taken, not given back and not yet sent."""
    return Claim.objects.counted().values_list("to_send", flat=True).get(pk=claim.pk)


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

    Without a query of its own where `handovers` fetched the claim; below zero only where a settlement took off more.
    """
    deliveries = list(claim.deliveries.all())
    confirmed = [one for one in deliveries if one.confirmed_on]
    settled = [paid for one in deliveries for paid in one.settlements.all() if not paid.reversed_on]
    late = settlement.days_late(
        claim.surplus.due_on, max((one.delivered_on for one in confirmed if one.kept), default=None)
    )
    counts = [advance.counts for advance in claim.advances.all()]
    total = {
        "late": claim.late_penalty * late,
        "reject": settlement.amount(sum((one.not_good for one in confirmed), NONE), claim.reject_penalty),
        "advance": sum(count for count in counts if count > 0),
        "material": sum(given.owed for given in claim.materials.all()),
    }
    open_, back = {}, -sum(count for count in counts if count < 0)
    for kind in settlement.ORDER:
        open_[kind] = total[kind] - sum(getattr(paid, kind) for paid in settled)
        covered = min(max(open_[kind], 0), back)
        open_[kind], back = open_[kind] - covered, back - covered
    open_["advance"] -= back
    done = {paid.delivery_id for paid in settled}
    sent = sum((one.kept for one in deliveries), NONE)
    to_come = (
        claim.in_hand > sent
        or len(confirmed) < len(deliveries)
        or any(one.accepted and one.pk not in done for one in confirmed)
    )
    return Owed(open_, to_come, late)


def parts(delivery: Delivery, claim: Claim) -> settlement.Parts:
    """What becomes of the pay for a counted delivery, as things stand."""
    return settlement.settle(settlement.amount(delivery.accepted or NONE, claim.maker_price), owed(claim).open)


def may_be_paid_ahead(claim: Claim) -> int:
    """Rupiah that the terms still allow to be paid ahead."""
    most = settlement.most_ahead(claim.in_hand, claim.maker_price, claim.advance_bp)
    ahead = [one for one in claim.advances.all() if one.kind == Advance.Kind.AHEAD and not one.reversed_on]
    return most - sum(one.amount for one in ahead)


def disputes(claim: Claim, *, as_of: datetime.date) -> QuerySet[Case]:
    """The open cases about this handover."""
    page = reverse("orders:claim", args=[claim.pk])
    return Case.objects.filter(kind=Case.Kind.HANDOVER, url=page).open(as_of=as_of)


def offers(rows: QuerySet[Surplus]) -> QuerySet[Surplus]:
    """Offers with their counts and everything their page shows."""
    return rows.counted().select_related("line__item__base_unit", "line__item__skill", "line__order__member")


def handovers(rows: QuerySet[Claim], *, gone: bool = False) -> QuerySet[Claim]:
    """Claims with their counts and everything their cards show, newest first; `gone` those given back whole, too."""
    rows = rows if gone else rows.exclude(withdrawn=F("quantity"))
    return (
        rows.counted()
        .select_related("member", "surplus__line__item__base_unit", "surplus__line__order__member")
        .prefetch_related("deliveries__settlements__offsets", "changes", "materials__item__base_unit", "advances")
        .order_by("-claimed_on", "-pk")
    )


def open_handovers(user: User) -> list[Claim]:
    """The handovers of a person, as maker or as holder of the order, in which somebody still has to act."""
    return open_ones(Q(member__user=user) | Q(surplus__line__order__member__user=user))


def open_ones(mine: Q) -> list[Claim]:
    """The handovers `mine` in which somebody still has to act, each with what the maker owes as `owed`."""
    unpaid = (
        Delivery.objects.filter(claim=OuterRef("pk"))
        .filter(Q(confirmed_on=None) | Q(accepted__gt=0))
        .exclude(pk__in=Settlement.objects.filter(reversed_on=None, paid_on__isnull=False).values("delivery"))
    )
    unanswered = (
        Exists(TermsChange.objects.filter(claim=OuterRef("pk"), agreed_on=None, dropped_on=None))
        | Exists(MaterialGiven.objects.filter(claim=OuterRef("pk"), confirmed_on=None))
        | Exists(Advance.objects.filter(claim=OuterRef("pk"), confirmed_on=None, reversed_on=None))
    )
    may_owe = (
        Q(late_penalty__gt=0)
        | Q(reject_penalty__gt=0)
        | Exists(Advance.objects.filter(claim=OuterRef("pk"), reversed_on=None))
        | Exists(MaterialGiven.objects.filter(claim=OuterRef("pk"), is_owed=True))
    )
    rows = Claim.objects.filter(mine).annotate(unpaid=Exists(unpaid), unanswered=unanswered)
    found = []
    for claim in handovers(rows, gone=True).filter(Q(to_send__gt=0) | Q(unpaid=True) | Q(unanswered=True) | may_owe):
        claim.owed = owed(claim)
        is_gone = claim.withdrawn == claim.quantity
        if claim.to_send > 0 or claim.unpaid or (claim.unanswered and not is_gone) or claim.owed.remainder:
            found.append(claim)
    return found


def to_confirm(user: User) -> QuerySet[Delivery]:
    """What was sent to this person and waits to be counted."""
    return _with_claim(
        Delivery.objects.filter(confirmed_on=None, claim__surplus__line__order__member__user=user)
    ).order_by("delivered_on", "pk")


def to_settle(rows: QuerySet[Delivery] | None = None) -> QuerySet[Delivery]:
    """Confirmed deliveries with something accepted that nobody has paid for yet."""
    rows = Delivery.objects.all() if rows is None else rows
    unsettled = ~Q(pk__in=Settlement.objects.filter(reversed_on=None).values("delivery"))
    return _with_claim(rows.filter(unsettled, accepted__gt=0)).order_by("confirmed_on", "pk")


def to_pay_out() -> QuerySet[Settlement]:
    """Money at the cooperative that its maker has not fetched."""
    rows = Settlement.objects.filter(reversed_on=None, paid_on=None, method=Settlement.Method.CASH)
    return rows.select_related(
        "delivery__claim__member",
        "delivery__claim__surplus__line__order__member",
        "delivery__claim__surplus__line__item__base_unit",
    ).order_by("settled_on", "pk")


def _with_claim(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return rows.select_related(
        "claim__member", "claim__surplus__line__order__member", "claim__surplus__line__item__base_unit"
    )
