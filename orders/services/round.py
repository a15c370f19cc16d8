"""Offers that are shared when they close: asking for a part, giving one early, closing and sharing out."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.notices import tell, tell_all
from members.models import Member
from orders import notifications, queries
from orders.arithmetic.round import share_out
from orders.models import Claim, Offer, Round, RoundShare, WorkRequest
from orders.models.quantities import NONE
from orders.services.claim import MustInsist, new_claim
from orders.services.common import OrdersRefused, act_for, counted, require_member
from orders.services.offer import locked_offer
from pricing import services as pricing


@transaction.atomic
def ask(
    offer: Offer, *, member: Member, quantity: Decimal, insist: bool = False, on: datetime.date, by: User
) -> WorkRequest:
    """Ask for a part of an offer that is shared when it closes: the most the member wants. Asking again changes it.

    Raises OrdersRefused for one's own offer, a closed one, more than is offered; MustInsist where skill or room are
    short and `insist` is not given. Insisting is kept; the round still gives nobody more than their room.
    """
    offer = locked_offer(offer)
    act_for(member, by)
    require_member(member, on=on)
    _refuse_closed(offer, on)
    if not offer.is_shared:
        raise OrdersRefused(_("This offer goes to whoever takes it first. Take your part."))
    if offer.line.order.member_id == member.pk:
        raise OrdersRefused(_("This is your own offer. It looks for other hands."))
    item = offer.line.item
    quantity, left = pricing.in_base_units(item, quantity, item.base_unit), queries.left(offer)
    if not offer.step <= quantity <= left:
        raise OrdersRefused(
            _("Between {least} and {left} can be asked for.").format(
                least=counted(offer.step, item), left=counted(left, item)
            ),
            field="quantity",
        )
    warnings = queries.warnings(member, offer=offer, quantity=quantity, as_of=on)
    if warnings and not insist:
        raise MustInsist(warnings)
    request, _created = WorkRequest.objects.update_or_create(
        offer=offer,
        member=member,
        withdrawn_on=None,
        claim=None,
        defaults={"wish": quantity, "asked_on": on, "warnings": warnings},
    )
    words = counted(quantity, item)
    audit.record("round.asked", offer, by=by, member=member, quantity=words, warnings=warnings)
    request.offer, request.member = offer, member
    holder = offer.line.order.member
    tell(holder.user, notifications.asked(request), url=reverse("orders:offer", args=[offer.pk]))
    return request


@transaction.atomic
def withdraw_request(request: WorkRequest, *, on: datetime.date, by: User) -> WorkRequest:
    """Take a request back before the round closes."""
    offer = locked_offer(request.offer)
    request = _waiting(request)
    act_for(request.member, by)
    request.withdrawn_on = on
    request.save(update_fields=["withdrawn_on"])
    audit.record("round.request_withdrawn", offer, by=by, member=request.member)
    return request


@transaction.atomic
def accept_request(request: WorkRequest, *, quantity: Decimal, on: datetime.date, by: User) -> Claim:
    """The holder of the order gives a part at once, without waiting for the round: up to the wish and what is left."""
    offer = locked_offer(request.offer)
    request = _waiting(request)
    act_for(offer.line.order.member, by)
    if by.pk == request.member.user_id:
        raise OrdersRefused(_("{member} decides on this request.").format(member=offer.line.order.member.name))
    _refuse_closed(offer, on)
    require_member(request.member, on=on)
    item = offer.line.item
    quantity, most = pricing.in_base_units(item, quantity, item.base_unit), min(request.wish, queries.left(offer))
    if not 0 < quantity <= most:
        raise OrdersRefused(
            _("Up to {most} can be given to {member}.").format(most=counted(most, item), member=request.member.name),
            field="quantity",
        )
    claim = new_claim(offer, request.member, quantity, on=on, warnings=request.warnings)
    claim.save()
    request.claim = claim
    request.save(update_fields=["claim"])
    audit.record("round.request_accepted", claim, by=by, member=request.member, quantity=counted(quantity, item))
    tell(request.member.user, notifications.given(claim), url=reverse("orders:claim", args=[claim.pk]))
    return claim


@transaction.atomic
def close_round(offer: Offer, *, on: datetime.date, by: User | None) -> Round:
    """Close the offer and share what is left of it over those who asked, max-min fair (`orders.share_out`).

    The holder of the order closes early; without `by` the offer closes by itself, after its last day. What nobody
    gets goes back to the holder. A few statements, however many asked. Raises OrdersRefused once it is closed.
    """
    offer = locked_offer(offer)
    holder = offer.line.order.member
    if by:
        act_for(holder, by)
    if not offer.is_shared or offer.withdrawn_on or not offer.line.order.is_open:
        raise OrdersRefused(_("This offer is closed. Look at the board for others."))
    offered = max(queries.left(offer), NONE)
    requests = list(offer.requests.waiting().select_related("member__user").order_by("member_id"))
    asks = queries.asks(offer, requests, as_of=on)
    parts = share_out(offered, asks, step=offer.step)
    claims = {
        request.member_id: new_claim(offer, request.member, part.given, on=on, warnings=request.warnings)
        for request in requests
        if (part := parts[request.member_id]).given
    }
    Claim.objects.bulk_create(claims.values())
    for request in requests:
        request.claim = claims.get(request.member_id)
    WorkRequest.objects.bulk_update([request for request in requests if request.claim], ["claim"])
    given = sum((part.given for part in parts.values()), NONE)
    done = Round.objects.create(offer=offer, closed_on=on, closed_by=by, offered=offered, given=given)
    shares = RoundShare.objects.bulk_create(
        RoundShare(
            round=done,
            member_id=pk,
            wish=asks[pk].wish,
            free=asks[pk].free,
            balance=asks[pk].balance,
            given=part.given,
            reason=part.reason,
            claim=claims.get(pk),
        )
        for pk, part in parts.items()
    )
    offer.withdrawn_on = on
    offer.save(update_fields=["withdrawn_on"])
    item = offer.line.item
    words = {"given": counted(given, item), "offered": counted(offered, item), "makers": len(claims)}
    audit.record("round.closed" if by else "round.closed_itself", offer, by=by or offer.posted_by, **words)
    _tell_result(done, requests, shares)
    return done


def close_due_rounds(*, on: datetime.date) -> int:
    """Close by itself every shared offer whose last day is over; how many. Safe to run twice."""
    due = Offer.objects.filter(
        is_shared=True,
        withdrawn_on=None,
        closes_on__lt=on,
        line__order__cancelled_on=None,
        line__order__finished_on=None,
    )
    closed = 0
    for offer in due.order_by("closes_on", "pk"):
        try:
            close_round(offer, on=on, by=None)
        except OrdersRefused:  # closed by hand since it was read
            continue
        closed += 1
    return closed


def _waiting(request: WorkRequest) -> WorkRequest:
    request = WorkRequest.objects.select_related("member__user").get(pk=request.pk)
    if request.withdrawn_on or request.claim_id:
        raise OrdersRefused(_("This request was answered or taken back meanwhile."))
    return request


def _refuse_closed(offer: Offer, on: datetime.date) -> None:
    if not offer.is_open(on):
        raise OrdersRefused(_("This offer is closed. Look at the board for others."))


def _tell_result(done: Round, requests: Sequence[WorkRequest], shares: Sequence[RoundShare]) -> None:
    page, users = reverse("orders:round", args=[done.pk]), {one.member_id: one.member.user for one in requests}
    messages = [
        (
            users[share.member_id],
            notifications.result(share, done),
            reverse("orders:claim", args=[share.claim_id]) if share.given else page,
        )
        for share in shares
    ]
    makers = sum(1 for share in shares if share.given)
    messages.append((done.offer.line.order.member.user, notifications.shared_out(done, makers=makers), page))
    tell_all(messages)
