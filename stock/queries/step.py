"""What arrived of a joint purchase, and what it cost."""

from django.db.models import QuerySet, Sum

from stock.models import JointLine, JointPurchase


def lines(purchase: JointPurchase) -> QuerySet[JointLine]:
    """What arrived, as it stands."""
    rows = JointLine.objects.filter(step__purchase=purchase, step__reversed_on=None)
    return rows.select_related("item__base_unit").order_by("item__name")


def cost(purchase: JointPurchase) -> int:
    return lines(purchase).aggregate(total=Sum("cost"))["total"] or 0
