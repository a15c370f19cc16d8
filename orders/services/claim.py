"""Taking a part of an offer, and giving back what was not sent."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from members.models import Member
from orders import notifications, queries
from orders.models import Claim, Offer
from orders.services.common import OrdersRefused, act_for, counted, require_member, tell_holder
from orders.services.offer import locked_offer
from pricing import services as pricing


class MustInsist(OrdersRefused):
    """The work can be taken, but not without having read `warnings`; they are kept with the claim."""

    def __init__(self, warnings: list[str]):
        super().__init__(
            _("Please read this first: {warnings} Tick “I take it all the same” to go on.").format(
                warnings=" ".join(warnings)
            ),
            field="insist",
        )
        self.warnings = warnings


@transaction.atomic
def claim(
    offer: Offer, *, member: Member, quantity: Decimal, insist: bool = False, on: datetime.date, by: User
) -> Claim:
    """Take part of an offer. The row of the offer is locked: of two who reach for the last 20 pairs one gets them.

    Raises OrdersRefused for one's own offer, a closed one, more than is left (the sentence says what is), a second
    part while the first is unfinished; MustInsist where skill or capacity are short and `insist` is not given.
    """
    offer = locked_offer(offer)
    act_for(member, by)
    require_member(member, on=on)
    order, item = offer.line.order, offer.line.item
    if order.member_id == member.pk:
        raise OrdersRefused(_("This is your own offer. It looks for other hands."))
    if not offer.is_open(on):
        raise OrdersRefused(_("This offer is closed. Look at the board for others."))
    if offer.is_shared:
        raise OrdersRefused(_("This offer is shared out when it closes. Ask for a part of it."))
    if member.claims.counted().filter(offer=offer, to_send__gt=0).exists():
        raise OrdersRefused(_("You have a part of this work already. Send it first, then take more."))
    quantity = pricing.in_base_units(item, quantity, item.base_unit)
    left = queries.left(offer)
    if left <= 0:
        raise OrdersRefused(_("Others were faster: nothing is left of this offer. Look at the board for others."))
    if not 0 < quantity <= left:
        raise OrdersRefused(
            _("Only {left} are left of this offer. Take that many or fewer.").format(left=counted(left, item)),
            field="quantity",
        )
    warnings = queries.warnings(member, offer=offer, quantity=quantity, as_of=on)
    if warnings and not insist:
        raise MustInsist(warnings)
    taken = new_claim(offer, member, quantity, on=on, warnings=warnings)
    taken.save()
    words = counted(quantity, item)
    audit.record("claim.made", taken, by=by, member=member, quantity=words, warnings=warnings)
    tell_holder(taken, notifications.taken(taken))
    return taken


def new_claim(offer: Offer, member: Member, quantity: Decimal, *, on: datetime.date, warnings: list[str]) -> Claim:
    """A part of the offer for `member`, not saved yet."""
    facts = {"offer": offer, "member": member, "quantity": quantity, "claimed_on": on, "warnings": warnings}
    return Claim(**facts, **offer.terms)


@transaction.atomic
def withdraw_claim(claim: Claim, *, on: datetime.date, by: User) -> Claim:
    """Give back what has not been sent; it is open to others again while the offer runs."""
    claim = locked_claim(claim)
    act_for(claim.member, by)
    to_send = queries.to_send(claim)
    if to_send <= 0:
        raise OrdersRefused(_("Everything you took has been sent. There is nothing to give back."))
    claim.withdrawn, claim.withdrawn_on = claim.withdrawn + to_send, on
    claim.save(update_fields=["withdrawn", "withdrawn_on"])
    words = counted(to_send, claim.offer.line.item)
    audit.record("claim.withdrawn", claim, by=by, quantity=words)
    tell_holder(claim, notifications.given_back(claim, to_send))
    return claim


def locked_claim(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(no_key=True, of=["self"]).select_related("member")
    return rows.select_related("member", "offer__line__order__member", "offer__line__item__base_unit").get(pk=claim.pk)


def locked_of(model, row) -> tuple[Claim, object]:
    """The claim, locked, and its row as it is now."""
    claim = locked_claim(row.claim)
    row = model.objects.get(pk=row.pk)
    row.claim = claim
    return claim, row
