"""What people are told about work that passes from hand to hand, written out once: how many of what, for which order,
at which price, until when. The inbox and WhatsApp say the same words; WhatsApp adds the link to the page.
"""

import datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import format_quantity, format_rupiah
from ledger.channels import Channel
from orders.models import (
    Advance,
    Claim,
    Delivery,
    MaterialGiven,
    Offer,
    Round,
    RoundShare,
    Settlement,
    TermsChange,
    WorkRequest,
)
from pricing.models import Item


def counted(quantity: Decimal, item: Item) -> str:
    """`80 pasang`, as sentences say it."""
    return f"{format_quantity(quantity)} {item.base_unit}"


def work(terms: Offer | Claim, quantity: Decimal) -> str:
    """`20 pasang Sandal of order PS-2026-0001 at Rp 9.000 a pasang`: the phrase that every sentence below is about."""
    offer = terms if isinstance(terms, Offer) else terms.offer
    item = offer.line.item
    return _("{quantity} {item} of order {order} at {price} a {unit}").format(
        quantity=counted(quantity, item),
        item=item,
        order=offer.line.order,
        price=format_rupiah(terms.maker_price),
        unit=item.base_unit,
    )


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def with_link(text: str, url: str) -> str:
    return f"{text}\n{url}"


# -- offering and sharing out ----------------------------------------------------------------------------------------


def offered(offer: Offer, quantity: Decimal) -> str:
    """To whoever could take a part of an offer."""
    return _("{member} offers {work}, {material}, due {day}. Take part by {closes}.").format(
        member=offer.line.order.member.name,
        work=work(offer, quantity),
        material=_("material included") if offer.material_included else _("with your own material"),
        day=_day(offer.due_on),
        closes=_day(offer.closes_on),
    )


def could_make(offer: Offer, quantity: Decimal) -> str:
    """To a workshop that a fair sharing would reach: how much it would be."""
    return _("You could make {work} for {member}, due {day}. Ask for your part by {closes}.").format(
        work=work(offer, quantity),
        member=offer.line.order.member.name,
        day=_day(offer.due_on),
        closes=_day(offer.closes_on),
    )


def off_the_board(offer: Offer) -> str:
    """To those who asked for a part of an offer that was taken back."""
    return _("{member} took off the board {work}, of which you asked for a part. Look at the board for others.").format(
        member=offer.line.order.member.name, work=work(offer, offer.quantity)
    )


def asked(request: WorkRequest) -> str:
    """To the holder of the order."""
    offer = request.offer
    return _("{member} asks for up to {work}. It is shared out when the offer closes, after {closes}.").format(
        member=request.member.name, work=work(offer, request.wish), closes=_day(offer.closes_on)
    )


def taken(claim: Claim) -> str:
    """To the holder of the order."""
    return _("{member} takes {work}, due {day}.").format(
        member=claim.member.name, work=work(claim, claim.in_hand), day=_day(claim.offer.due_on)
    )


def given(claim: Claim) -> str:
    """To the maker: what the holder gave at once, or the round gave, as it stands."""
    return _part(claim, claim.in_hand)


def _part(terms: Offer | Claim, quantity: Decimal) -> str:
    offer = terms if isinstance(terms, Offer) else terms.offer
    return _("{member} gives you {work}, due {day}.").format(
        member=offer.line.order.member.name, work=work(terms, quantity), day=_day(offer.due_on)
    )


def result(share: RoundShare, done: Round) -> str:
    """To somebody who asked: the part the round gave, or that there was nothing this time."""
    if share.given:
        return _part(done.offer, share.given)
    return _("The round for {work} is closed. This time there was nothing for you; the page says why.").format(
        work=work(done.offer, done.offered)
    )


def shared_out(done: Round, *, makers: int) -> str:
    """To the holder of the order."""
    return _("Your offer is shared out: {given} of {work} to {makers} makers.").format(
        given=counted(done.given, done.offer.line.item), work=work(done.offer, done.offered), makers=makers
    )


def given_back(claim: Claim, quantity: Decimal) -> str:
    """To the holder of the order."""
    return _("{member} gives back {work}.").format(member=claim.member.name, work=work(claim, quantity))


# -- handing over and paying -----------------------------------------------------------------------------------------


def sent(delivery: Delivery) -> str:
    """To the holder of the order: something to count."""
    claim = delivery.claim
    return _("{member} has sent you {work}, due {day}. Count them and confirm.").format(
        member=claim.member.name, work=work(claim, delivery.delivered), day=_day(claim.offer.due_on)
    )


def was_counted(delivery: Delivery) -> str:
    """To the maker."""
    claim, item = delivery.claim, delivery.claim.offer.line.item
    text = _("{member} has counted {work}: {accepted} accepted, {rejected} not. That makes {amount}.")
    if delivery.reworked:
        text = _(
            "{member} has counted {work}: {accepted} accepted, {rejected} to be mended. Send them again. That makes "
            "{amount}."
        )
    return text.format(
        member=claim.offer.line.order.member.name,
        work=work(claim, delivery.delivered),
        accepted=counted(delivery.accepted, item),
        rejected=counted(delivery.delivered - delivery.accepted, item),
        amount=format_rupiah(delivery.amount),
    )


def to_pay(delivery: Delivery, amount: int) -> str:
    """To the holder of the order, from the maker: `amount` is what is left to pay for a counted delivery."""
    return _("{work} are made by {member} and counted on {day}. {amount} are to be paid.").format(
        work=work(delivery.claim, delivery.accepted),
        member=delivery.claim.member.name,
        day=_day(delivery.confirmed_on),
        amount=format_rupiah(amount),
    )


def settled(paid: Settlement) -> str:
    """To the maker: the holder of the order has paid."""
    text = {
        Channel.DIRECT: _("{member} has paid you {amount} directly for {work}. Say whether you have it."),
        Channel.NOTHING: _(
            "Your {work} are counted against what was paid ahead, material and what was agreed; nothing is left to pay."
        ),
    }.get(paid.method, _("{amount} for you are ready at the cooperative, for {work}."))
    return text.format(member=paid.delivery.claim.offer.line.order.member.name, **_money(paid))


def paid_out(paid: Settlement, rest: int) -> str:
    """The money is there: to the holder where it was paid directly, else to the maker; `rest` was left to pay out."""
    if paid.method == Channel.DIRECT:
        text = _("{member} has received your {amount} for {work}. The handover is settled.")
    elif paid.method == Channel.OFFSET:
        text = _("{amount} for {work} went against what you owe, as you agreed.")
    elif rest < paid.amount:
        text = _("Of {amount} for {work}, {rest} was paid out to you; the others went as you agreed.")
    elif paid.method == Channel.SAVINGS:
        text = _("{amount} for {work} went into your voluntary savings.")
    else:
        text = _("{amount} for {work} was paid out to you.")
    return text.format(member=paid.delivery.claim.member.name, rest=format_rupiah(rest), **_money(paid))


def reversed_(paid: Settlement) -> str:
    """To the maker."""
    return _("The settlement of {amount} for {work} was reversed: {reason}").format(
        reason=paid.reversal_reason, **_money(paid)
    )


def terms_proposed(change: TermsChange) -> str:
    """To the other side."""
    claim = change.claim
    side = claim.member if change.proposed_by_maker else claim.offer.line.order.member
    return _("{member} proposes other terms for {work}: {price} each. Look and answer.").format(
        member=side.name, work=work(claim, claim.in_hand), price=format_rupiah(change.maker_price)
    )


def material_along(material: MaterialGiven) -> str:
    """To the maker: something to confirm."""
    claim, item = material.claim, material.item
    return _("{member} gives you {material} along for {work}, due {day}. Say whether you have it.").format(
        member=claim.offer.line.order.member.name,
        material=f"{counted(material.quantity, item)} {item}",
        work=work(claim, claim.in_hand),
        day=_day(claim.offer.due_on),
    )


def advanced(advance: Advance) -> str:
    """To whoever gets money ahead, or back."""
    text = _("{member} has paid you {amount} through the cooperative, for {work}.")
    if advance.method == Channel.DIRECT:
        text = _("{member} has paid you {amount} directly for {work}. Say whether you have it.")
    return text.format(
        member=advance.giver.name,
        amount=format_rupiah(advance.amount),
        work=work(advance.claim, advance.claim.in_hand),
    )


def to_pay_back(claim: Claim, amount: int) -> str:
    """To the maker: more was taken ahead than the work was worth."""
    return _("{amount} are to be paid back to {member}: more was taken ahead than came of {work}.").format(
        amount=format_rupiah(amount), member=claim.offer.line.order.member.name, work=work(claim, claim.in_hand)
    )


def done(claim: Claim) -> str:
    """To either side, when nothing is left to do."""
    return _("{work}: everything is delivered, counted and paid. Thank you.").format(work=work(claim, claim.in_hand))


def _money(paid: Settlement) -> dict:
    return {"amount": format_rupiah(paid.amount), "work": work(paid.delivery.claim, paid.delivery.accepted)}


# -- the handover as it stands ---------------------------------------------------------------------------------------


def message(journey, *, from_maker: bool) -> str:
    """What one side would write to the other as things stand: what is new or to be done, most urgent first."""
    claim = journey.claim
    if journey.is_gone:
        return given_back(claim, claim.withdrawn)
    if journey.change and journey.change.proposed_by_maker == from_maker:
        return terms_proposed(_of(journey, journey.change))
    if from_maker and journey.unconfirmed:
        return sent(_of(journey, journey.unconfirmed[0]))
    if not from_maker and journey.unconfirmed_material:
        return material_along(journey.unconfirmed_material[0])
    if not from_maker and (unpaid := _unpaid(journey)):
        return settled(unpaid)
    mine = journey.maker if from_maker else journey.holder
    if ahead := next((one for one in journey.unconfirmed_money if one.giver == mine), None):
        return advanced(ahead)
    if journey.unsettled:
        delivery = _of(journey, journey.unsettled[-1])
        return to_pay(delivery, journey.to_be_paid) if from_maker else was_counted(delivery)
    if journey.owed.remainder and not from_maker:
        return to_pay_back(claim, journey.owed.remainder)
    if journey.is_over:
        return done(claim)
    return taken(claim) if from_maker else given(claim)


def _unpaid(journey) -> Settlement | None:
    """The first settlement whose money the maker does not have, with its delivery."""
    for delivery in journey.deliveries:
        for paid in delivery.settlements.all():
            if not paid.reversed_on and paid.paid_on is None:
                paid.delivery = _of(journey, delivery)
                return paid
    return None


def _of(journey, row):
    """A row of the sheet with the claim that the page fetched, so that no sentence asks the database again."""
    row.claim = journey.claim
    return row
