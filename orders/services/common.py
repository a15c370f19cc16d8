"""What every service of this book shares: how it says no, for whom a person may act, and whom it tells."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import Refused
from core.models import User
from core.notices import tell
from core.permissions import Permission
from members.models import Member
from orders.models import Claim, Delivery, Order
from orders.notifications import counted as counted


class OrdersRefused(Refused):
    """Something about orders or surplus work that cannot be done; the sentence says what to do instead."""


def act_for(member: Member, by: User) -> None:
    """Raises OrdersRefused unless `by` is the member or an officer who helps those without a phone."""
    if member.user_id != by.pk and not by.can(Permission.ORDER_FOR_OTHERS):
        raise OrdersRefused(_("Only {member} or an officer can do this.").format(member=member.name))


def require_member(member: Member, *, on: datetime.date) -> None:
    """Raises OrdersRefused unless `member` belongs to the cooperative on `on`."""
    if not member.belongs(on=on):
        raise OrdersRefused(_("{member} is not a member on that day.").format(member=member.name))


def locked_open_order(order: Order, *, by: User) -> Order:
    """The order, locked, of a side `by` may act for. Raises OrdersRefused once finished or cancelled."""
    order = Order.objects.select_for_update(no_key=True, of=["self"]).select_related("member").get(pk=order.pk)
    act_for(order.member, by)
    if order.cancelled_on:
        raise OrdersRefused(_("This order was cancelled meanwhile. Look at it for the reason."))
    if order.finished_on:
        raise OrdersRefused(
            _("This order was handed to the buyer already. Where that is wrong, reverse its delivery note.")
        )
    return order


def refuse_while_work_is_out(order: Order) -> None:
    """Raises OrdersRefused, with the names, while other hands still make or have sent something of the order."""
    out = Claim.objects.counted().filter(offer__line__order=order, to_send__gt=0).select_related("member")
    waiting = Delivery.objects.filter(claim__offer__line__order=order, confirmed_on=None).select_related(
        "claim__member"
    )
    names = sorted({claim.member.name for claim in out} | {delivery.claim.member.name for delivery in waiting})
    if names:
        raise OrdersRefused(
            _("Work on this order is still with {names}. Let it come in, or agree that it is given back.").format(
                names=", ".join(names)
            )
        )


def claim_page(claim: Claim) -> str:
    return reverse("orders:claim", args=[claim.pk])


def order_page(order: Order) -> str:
    return reverse("orders:detail", args=[order.pk])


def require_neutral(claim: Claim, by: User) -> None:
    """Money through the cooperative is handled by an officer who is neither side of the handover."""
    if not by.can(Permission.SETTLEMENT_PAY):
        raise OrdersRefused(_("The treasurer receives and pays out this money. Ask the treasurer."))
    if by.pk in (claim.member.user_id, claim.offer.line.order.member.user_id):
        raise OrdersRefused(_("You are one side of this handover. Another officer must handle the money."))


def tell_holder(claim: Claim, text: str) -> None:
    tell(claim.offer.line.order.member.user, text, url=claim_page(claim))


def tell_maker(claim: Claim, text: str) -> None:
    tell(claim.member.user, text, url=claim_page(claim))
