"""The standing consents of a member."""

from django.db.models import Prefetch

from members.models import Member
from savings.models import StandingOrder, StandingOrderRun


def standing_orders(member: Member) -> list[StandingOrder]:
    """Those that run, each with the `latest` run it had; two queries."""
    runs = Prefetch("runs", StandingOrderRun.objects.order_by("-month"))
    orders = list(member.standing_orders.running().prefetch_related(runs).order_by("pk"))
    for order in orders:
        order.latest = next(iter(order.runs.all()), None)
    return orders
