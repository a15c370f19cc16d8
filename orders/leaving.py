"""What of orders and handovers has to be put in order before a member leaves (`loans.leaving`)."""

import datetime

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from loans.leaving import Obstacle
from members.models import Member
from orders.models import Claim, Delivery, Invoice, Order, Settlement
from orders.queries import proceeds, to_settle


def obstacles(member: Member, *, as_of: datetime.date) -> list[Obstacle]:
    """Open orders, work that was taken and not sent, deliveries nobody counted, and money that waits or is owed."""
    found = [
        Obstacle(
            _("order {number} is open; finish or cancel it first").format(number=order.number),
            reverse("orders:detail", args=[order.pk]),
        )
        for order in Order.objects.filter(member=member).open().order_by("pk")
    ]
    of_member = Q(member=member) | Q(surplus__line__order__member=member)
    sending = Claim.objects.exclude(withdrawn=F("quantity")).counted().filter(of_member, to_send__gt=0)
    through = Q(claim__member=member) | Q(claim__surplus__line__order__member=member)
    uncounted = Delivery.objects.filter(through, confirmed_on=None)
    unsettled = to_settle(Delivery.objects.filter(through))
    unpaid = Settlement.objects.filter(
        Q(delivery__claim__member=member), reversed_on=None, paid_on=None, method=Settlement.Method.CASH
    )
    for text, claims in (
        (_("work between hands is not sent yet"), sending.values_list("pk", flat=True)),
        (_("a delivery is not counted yet"), uncounted.values_list("claim", flat=True)),
        (_("accepted work is not paid yet"), unsettled.values_list("claim", flat=True)),
        (_("money for handed-over work waits to be fetched"), unpaid.values_list("delivery__claim", flat=True)),
    ):
        found += [Obstacle(text, reverse("orders:claim", args=[pk])) for pk in sorted(set(claims))]
    sold = proceeds(Invoice.objects.filter(order__member=member), as_of=as_of)
    found += [
        Obstacle(
            _("money for goods that the cooperative sold is open ({number})").format(number=invoice.number),
            reverse("orders:detail", args=[invoice.order_id]),
        )
        for invoice in sold
    ]
    return found
