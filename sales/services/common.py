"""What every service of a sale shares."""

from django.utils.translation import gettext as _

from core.errors import Refused
from core.models import User
from core.permissions import Permission
from orders.models import Order
from orders.services.common import act_for


def locked_sale(order: Order, by: User) -> Order:
    """The order, locked: its money is one thing at a time. The cooperative's money is for who keeps its books."""
    order = (
        Order.objects.select_for_update(no_key=True, of=["self"]).select_related("member", "partner").get(pk=order.pk)
    )
    if not order.is_sold_by_cooperative:
        act_for(order.member, by)
    elif not by.can(Permission.BUYER_MONEY):
        raise Refused(_("The cooperative sells this order. The treasurer records its invoices and payments."))
    return order
