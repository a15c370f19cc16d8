"""Handing over: the maker sends, the holder of the order counts; where they do not agree, the board talks with both."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from governance import services as governance
from governance.models import Case
from orders import notifications, queries
from orders.models import Claim, Delivery
from orders.services.claim import locked_claim
from orders.services.common import OrdersRefused, act_for, claim_page, counted, tell_holder, tell_maker
from pricing import services as pricing


@transaction.atomic
def deliver(claim: Claim, *, delivered: Decimal, on: datetime.date, by: User) -> Delivery:
    """The maker says: sent. Raises OrdersRefused for more than is still to send and for the wrong side."""
    claim = locked_claim(claim)
    act_for(claim.member, by)
    item = claim.offer.line.item
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
    audit.record("handover.sent", claim, by=by, quantity=words, on=on)
    tell_holder(claim, notifications.sent(delivery))
    return delivery


@transaction.atomic
def confirm(
    delivery: Delivery,
    *,
    accepted: Decimal,
    received: Decimal | None = None,
    rejection_reason: str = "",
    on: datetime.date,
    by: User,
) -> Delivery:
    """The holder of the order says how many arrived (all, unless said) and how many are good.

    What is not good goes back on the board while the offer runs, or to the maker to be mended, as the terms say; what
    did not arrive is still to be sent. Raises OrdersRefused for the maker's side, whoever sent it, more than was sent,
    and for less than was sent without a reason.
    """
    delivery = locked_delivery(delivery)
    claim, order = delivery.claim, delivery.claim.offer.line.order
    if by.pk in (delivery.delivered_by_id, claim.member.user_id):
        raise OrdersRefused(
            _("The other side confirms: {member} counts what arrives.").format(member=order.member.name)
        )
    act_for(order.member, by)
    if delivery.confirmed_on:
        raise OrdersRefused(_("This delivery was confirmed already."))
    item = claim.offer.line.item
    received = delivery.delivered if received is None else _counted(item, received)
    accepted = _counted(item, accepted)
    for name, quantity, most in (("received", received, delivery.delivered), ("accepted", accepted, received)):
        if not 0 <= quantity <= most:
            raise OrdersRefused(
                _("{sent} were sent. Write that many or fewer.").format(sent=counted(most, item))
                if name == "received" or received == delivery.delivered
                else _("{arrived} arrived. Write that many or fewer.").format(arrived=counted(most, item)),
                field=name,
            )
    if on < delivery.delivered_on:
        raise OrdersRefused(_("The work cannot be confirmed before it was sent."), field="on")
    if accepted < delivery.delivered and not rejection_reason.strip():
        raise OrdersRefused(
            _("Write what was wrong with the {quantity} you do not accept.").format(
                quantity=counted(delivery.delivered - accepted, item)
            ),
            field="rejection_reason",
        )
    bad = received - accepted
    is_mended = claim.rejects == Claim.Rejects.REWORK
    delivery.received, delivery.accepted = received, accepted
    delivery.rejected, delivery.reworked = (Decimal(0), bad) if is_mended else (bad, Decimal(0))
    delivery.rejection_reason = rejection_reason.strip() if accepted < delivery.delivered else ""
    delivery.confirmed_on, delivery.confirmed_by = on, by
    delivery.save()
    delivery.refresh_from_db(fields=["kept"])
    words = {"accepted": counted(accepted, item), "rejected": counted(delivery.delivered - accepted, item)}
    audit.record("handover.confirmed", claim, by=by, **words, reason=delivery.rejection_reason)
    tell_maker(claim, notifications.was_counted(delivery))
    return delivery


def _counted(item, quantity: Decimal) -> Decimal:
    return pricing.in_base_units(item, quantity, item.base_unit) if quantity else Decimal(0)


def locked_delivery(delivery: Delivery) -> Delivery:
    return (
        Delivery.objects.select_for_update(no_key=True, of=["self"])
        .select_related("claim__member", "claim__offer__line__order__member", "claim__offer__line__item__base_unit")
        .get(pk=delivery.pk)
    )


@transaction.atomic
def dispute(claim: Claim, *, text: str, on: datetime.date, by: User) -> Case:
    """Either side asks the board to look at the handover: a case about the other side, with this page behind it.

    Raises OrdersRefused for anybody else, without a word of what is wrong, and while a case about it is open.
    """
    claim = locked_claim(claim)
    maker, holder = claim.member, claim.offer.line.order.member
    if by.pk not in (maker.user_id, holder.user_id):
        raise OrdersRefused(_("Only {maker} and {holder} can do this.").format(maker=maker.name, holder=holder.name))
    if not text.strip():
        raise OrdersRefused(_("Write what you do not agree on, so that the board can prepare."), field="text")
    if queries.disputes(claim, as_of=on).exists():
        raise OrdersRefused(_("The board has this case already and will talk with both of you."))
    other = holder if by.pk == maker.user_id else maker
    case = governance.open_case(
        other,
        kind=Case.Kind.HANDOVER,
        title=_("Handover of {item}, order {order}").format(item=claim.offer.line.item, order=claim.offer.line.order),
        text=text.strip(),
        url=claim_page(claim),
        on=on,
        by=by,
    )
    audit.record("handover.disputed", claim, by=by, case=case.number)
    return case
