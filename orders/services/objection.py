"""“That is not right”: the other side says what is wrong, and who wrote it down corrects it."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from core.notices import tell
from orders import queries
from orders.models import Advance, Claim, Delivery, MaterialGiven, Settlement
from orders.models.quantities import NONE
from orders.services.claim import locked_claim, locked_of
from orders.services.common import OrdersRefused, act_for, claim_page, counted, tell_maker
from orders.services.handover import locked_delivery


@transaction.atomic
def drop_material(
    given: MaterialGiven, *, reason: str = "", right: str = "", on: datetime.date, by: User
) -> MaterialGiven:
    """Material that was written down and not confirmed: the giver takes it back, or the maker says what is right.

    The maker gives a reason, and the right figure where he knows it. Raises OrdersRefused once it was confirmed or
    dropped: then nothing was recorded.
    """
    claim, given = locked_of(MaterialGiven, given)
    maker, holder = claim.member, claim.offer.line.order.member
    is_maker = by.pk == maker.user_id
    act_for(maker if is_maker else holder, by)
    if given.confirmed_on:
        raise OrdersRefused(_("This was confirmed meanwhile. Nothing was recorded. Record what came back instead."))
    if given.dropped_on:
        raise OrdersRefused(_("This was taken back already. Nothing was recorded."))
    _require_reason(reason, needed=is_maker)
    given.dropped_on, given.dropped_by, given.drop_reason = on, by, _said(reason, right)
    given.save(update_fields=["dropped_on", "dropped_by", "drop_reason"])
    words = f"{counted(given.quantity, given.item)} {given.item}"
    audit.record("material.dropped", claim, by=by, material=words, reason=given.drop_reason)
    text = _("Not counted: {what}. {reason}").format(what=words, reason=given.drop_reason)
    tell((holder if is_maker else maker).user, text, url=claim_page(claim))
    return given


@transaction.atomic
def object_to_count(delivery: Delivery, *, reason: str, right: str = "", on: datetime.date, by: User) -> Claim:
    """The maker says that the count is not right; whoever counted counts anew, or the board talks with both."""
    delivery = locked_delivery(delivery)
    claim = delivery.claim
    act_for(claim.member, by)
    _refuse_settled(delivery)
    _require_reason(reason)
    words = counted(delivery.accepted, claim.offer.line.item)
    return _object(
        claim, claim.offer.line.order.member, _("counted as good: {figure}").format(figure=words), reason, right, by
    )


@transaction.atomic
def object_to_advance(advance: Advance, *, reason: str, right: str = "", on: datetime.date, by: User) -> Claim:
    """Who is said to have the money says that it is not so; the giver takes it back and records the right figure."""
    claim, advance = locked_of(Advance, advance)
    act_for(advance.taker, by)
    if advance.confirmed_on or advance.reversed_on:
        raise OrdersRefused(_("This was answered meanwhile. Nothing was recorded."))
    _require_reason(reason)
    return _object(
        claim, advance.giver, _("money paid: {figure}").format(figure=format_rupiah(advance.amount)), reason, right, by
    )


@transaction.atomic
def undo_count(delivery: Delivery, *, on: datetime.date, by: User) -> Delivery:
    """Who counted takes the count back, as long as nobody has paid for it: then it is counted anew."""
    delivery = locked_delivery(delivery)
    claim = delivery.claim
    act_for(claim.offer.line.order.member, by)
    if by.pk == claim.member.user_id:
        raise OrdersRefused(_("Whoever counted takes the count back."))
    _refuse_settled(delivery)
    words = counted(delivery.accepted, claim.offer.line.item)
    delivery.received = delivery.accepted = delivery.rejected = delivery.reworked = None
    delivery.confirmed_on, delivery.confirmed_by, delivery.rejection_reason = None, None, ""
    delivery.save()
    _refuse_more_than_taken(claim)
    line = claim.offer.line
    if queries.left(claim.offer) < NONE or queries.not_offered(line, as_of=on) < NONE:
        raise OrdersRefused(
            _("The ones that came back are with other hands or on the board already. Agree with them first.")
        )
    audit.record("handover.uncounted", claim, by=by, accepted=words)
    tell_maker(claim, _("The count of {quantity} is taken back and made anew.").format(quantity=words))
    return delivery


@transaction.atomic
def correct_sent(delivery: Delivery, *, delivered: Decimal, on: datetime.date, by: User) -> Delivery:
    """The maker corrects how many were sent, until they are counted."""
    delivery = locked_delivery(delivery)
    claim = locked_claim(delivery.claim)
    act_for(claim.member, by)
    if delivery.confirmed_on:
        raise OrdersRefused(_("This was counted meanwhile. Nothing was recorded."))
    before = delivery.delivered
    delivery.delivered = delivered
    if delivered <= 0 or (delivered != delivered.to_integral_value() and claim.offer.line.item.base_unit.is_counted):
        raise OrdersRefused(_("Write how many were really sent, in whole ones."), field="delivered")
    delivery.save(update_fields=["delivered"])
    _refuse_more_than_taken(claim, field="delivered")
    item = claim.offer.line.item
    audit.record("handover.corrected", claim, by=by, before=counted(before, item), after=counted(delivered, item))
    text = _("{member} corrects what was sent: {after}, not {before}.")
    tell(
        claim.offer.line.order.member.user,
        text.format(member=claim.member.name, after=counted(delivered, item), before=counted(before, item)),
        url=claim_page(claim),
    )
    return delivery


def _refuse_more_than_taken(claim: Claim, field: str | None = None) -> None:
    to_send = Claim.objects.counted().values_list("to_send", flat=True).get(pk=claim.pk)
    if to_send < NONE:
        raise OrdersRefused(
            _("So it would be {more} more than was taken. Look at what was sent and given back.").format(
                more=counted(-to_send, claim.offer.line.item)
            ),
            field=field,
        )


def _refuse_settled(delivery: Delivery) -> None:
    if delivery.confirmed_on is None:
        raise OrdersRefused(_("It is not counted yet. Nothing was recorded."))
    if Settlement.objects.filter(delivery=delivery, reversed_on=None).exists():
        raise OrdersRefused(_("It is paid already. Reverse that payment first. Nothing was recorded."))


def _require_reason(reason: str, *, needed: bool = True) -> None:
    if needed and not reason.strip():
        raise OrdersRefused(_("Write what is not right, so that it can be corrected."), field="reason")


def _said(reason: str, right: str) -> str:
    told = _("Right is: {right}.").format(right=right.strip()) if right.strip() else ""
    return " ".join(filter(None, (reason.strip(), told)))[:200]


def _object(claim: Claim, other, what: str, reason: str, right: str, by: User) -> Claim:
    said = _said(reason, right)
    audit.record("handover.objected", claim, by=by, what=what, reason=said)
    tell(other.user, _("“That is not right” ({what}): {reason}").format(what=what, reason=said), url=claim_page(claim))
    return claim
