"""Handovers, what is on its way, and what waits for money."""

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core.models import User
from orders.models import Claim, Delivery, Settlement, Surplus


def to_send(claim: Claim) -> Decimal:
    """What the maker has taken, not given back and not yet sent."""
    return Claim.objects.counted().values_list("to_send", flat=True).get(pk=claim.pk)


def offers(rows: QuerySet[Surplus]) -> QuerySet[Surplus]:
    """Offers with their counts and everything their page shows."""
    return rows.counted().select_related("line__item__base_unit", "line__item__skill", "line__order__member")


def handovers(rows: QuerySet[Claim], *, gone: bool = False) -> QuerySet[Claim]:
    """Claims with their counts and everything their cards show, newest first; `gone` those given back whole, too."""
    rows = rows if gone else rows.exclude(withdrawn=F("quantity"))
    return (
        rows.counted()
        .select_related("member", "surplus__line__item__base_unit", "surplus__line__order__member")
        .prefetch_related("deliveries__settlements")
        .order_by("-claimed_on", "-pk")
    )


def open_handovers(user: User) -> list[Claim]:
    """The handovers of a person, as maker or as holder of the order, in which somebody still has to act."""
    mine = Q(member__user=user) | Q(surplus__line__order__member__user=user)
    unpaid = (
        Delivery.objects.filter(claim=OuterRef("pk"))
        .exclude(accepted=0)
        .exclude(pk__in=Settlement.objects.filter(reversed_on=None, paid_on__isnull=False).values("delivery"))
    )
    rows = Claim.objects.filter(mine).annotate(unpaid=Exists(unpaid))
    return list(handovers(rows).filter(Q(to_send__gt=0) | Q(unpaid=True)))


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
    return rows.select_related("delivery__claim__member", "delivery__claim__surplus__line__order__member").order_by(
        "settled_on", "pk"
    )


def _with_claim(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return rows.select_related(
        "claim__member", "claim__surplus__line__order__member", "claim__surplus__line__item__base_unit"
    )
