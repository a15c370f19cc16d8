"""Parts of offers that members took."""

from decimal import Decimal

from django.db.models import F, QuerySet

from orders.models import Claim


def to_send(claim: Claim) -> Decimal:
    """What the maker has taken, not given back and not yet sent."""
    return Claim.objects.counted().values_list("to_send", flat=True).get(pk=claim.pk)


def handovers(rows: QuerySet[Claim], *, gone: bool = False) -> QuerySet[Claim]:
    """Claims with their counts and everything their cards show, newest first; `gone` those given back whole, too."""
    rows = rows if gone else rows.exclude(withdrawn=F("quantity"))
    return (
        rows.counted()
        .select_related("member", "offer__line__item__base_unit", "offer__line__order__member")
        .prefetch_related("deliveries__settlements__offsets", "changes", "materials__item__base_unit", "advances")
        .order_by("-claimed_on", "-pk")
    )
