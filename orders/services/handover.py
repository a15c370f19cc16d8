"""Handing over: the maker sends, the holder of the order counts, the money follows."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from orders import queries
from orders.models import Claim, Delivery
from orders.services.board import locked_claim
from orders.services.common import OrdersRefused, act_for, counted, tell_holder, tell_maker
from pricing import services as pricing


@transaction.atomic
def deliver(claim: Claim, *, delivered: Decimal, on: datetime.date, by: User) -> Delivery:
    """The maker says: sent. Raises OrdersRefused for more than is still to send and for the wrong side."""
    claim = locked_claim(claim)
    act_for(claim.member, by)
    item = claim.surplus.line.item
    delivered = pricing.in_base_units(item, delivered, item.base_unit)
    to_send = queries.to_send(claim)
    if not 0 < delivered <= to_send:
        raise OrdersRefused(
            _("{left} are still to be sent. Write that many or fewer.").format(left=counted(to_send, item)),
            field="delivered",
        )
    if on < claim.claimed_on:
        raise OrdersRefused(_("The work cannot be sent before it was taken."), field="on")
    delivery = Delivery.objects.create(claim=claim, delivered=delivered, delivered_on=on, delivered_by=by)
    words = counted(delivered, item)
    audit.record("delivery.sent", claim, by=by, quantity=words, on=on)
    tell_holder(
        claim,
        _("{member} has sent you {quantity} {item}. Count them and confirm.").format(
            member=claim.member.name, quantity=words, item=item
        ),
    )
    return delivery


@transaction.atomic
def confirm(
    delivery: Delivery, *, accepted: Decimal, rejection_reason: str = "", on: datetime.date, by: User
) -> Delivery:
    """The holder of the order says how many are good. The rest goes back on the board while the offer runs.

    Raises OrdersRefused for the maker's side, whoever sent it, more than was sent, a rejection without a reason.
    """
    delivery = locked_delivery(delivery)
    claim, order = delivery.claim, delivery.claim.surplus.line.order
    if by.pk in (delivery.delivered_by_id, claim.member.user_id):
        raise OrdersRefused(
            _("The other side confirms: {member} counts what arrives.").format(member=order.member.name)
        )
    act_for(order.member, by)
    if delivery.confirmed_on:
        raise OrdersRefused(_("This delivery was confirmed already."))
    item = claim.surplus.line.item
    if accepted:
        accepted = pricing.in_base_units(item, accepted, item.base_unit)
    if not 0 <= accepted <= delivery.delivered:
        raise OrdersRefused(
            _("{sent} were sent. Write that many or fewer.").format(sent=counted(delivery.delivered, item)),
            field="accepted",
        )
    if on < delivery.delivered_on:
        raise OrdersRefused(_("The work cannot be confirmed before it was sent."), field="on")
    rejected = delivery.delivered - accepted
    if rejected and not rejection_reason.strip():
        raise OrdersRefused(
            _("Write what was wrong with the {quantity} you do not accept.").format(quantity=counted(rejected, item)),
            field="rejection_reason",
        )
    delivery.accepted, delivery.rejected = accepted, rejected
    delivery.rejection_reason = rejection_reason.strip() if rejected else ""
    delivery.confirmed_on, delivery.confirmed_by = on, by
    delivery.save()
    words = {"accepted": counted(accepted, item), "rejected": counted(rejected, item)}
    audit.record("delivery.confirmed", claim, by=by, **words, reason=delivery.rejection_reason)
    tell_maker(
        claim, _("{member} has counted: {accepted} accepted, {rejected} not.").format(member=order.member.name, **words)
    )
    return delivery


def locked_delivery(delivery: Delivery) -> Delivery:
    return (
        Delivery.objects.select_for_update(no_key=True, of=["self"])
        .select_related("claim__member", "claim__surplus__line__order__member", "claim__surplus__line__item__base_unit")
        .get(pk=delivery.pk)
    )
