"""Orders: taking, finishing, cancelling."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refused
from core.models import User
from core.money import format_rupiah
from ledger import services as ledger
from members.models import Member, Partner
from orders.models import Claim, Delivery, Order, OrderLine, Surplus
from orders.services.common import OrdersRefused, act_for, locked_open_order, require_member
from pricing import services as pricing
from pricing.models import Item, Unit
from pricing.queries import price


@dataclass(frozen=True)
class Wanted:
    """One line of an order as the buyer said it; without `price` it is the list price."""

    item: Item
    unit: Unit
    quantity: Decimal
    price: int | None = None
    price_reason: str = ""


@transaction.atomic
def take_order(
    member: Member, *, partner: Partner, lines: list[Wanted], due_on: datetime.date, note: str = "", on, by: User
) -> Order:
    """Write down what a buyer ordered from `member` on `on`, at the list price of that day.

    Raises OrdersRefused for a partner who does not buy, a member who had left, a date before the order, no line, and
    for a price below the list (or without one) that gives no reason.
    """
    act_for(member, by)
    require_member(member, on=on)
    if partner.kind != Partner.Kind.BUYER:
        raise OrdersRefused(_("{partner} is no buyer. Choose a buyer.").format(partner=partner), field="partner")
    if due_on < on:
        raise OrdersRefused(_("The order cannot be due before it was taken."), field="due_on")
    if not lines:
        raise OrdersRefused(_("An order needs at least one line. Fill in an item and how many."))
    order = Order.objects.create(
        number=f"PS-{on.year}-{ledger.next_number('PS', on=on):04}",
        partner=partner,
        member=member,
        ordered_on=on,
        due_on=due_on,
        note=note,
    )
    for number, wanted in enumerate(lines, start=1):
        try:
            _add_line(order, wanted)
        except Refused as refusal:
            # On the form the fields of later lines carry the number of the line.
            refusal.field = refusal.field if number == 1 or not refusal.field else f"{refusal.field}_{number}"
            raise
    audit.record("order.taken", order, by=by, partner=partner, member=member, due_on=due_on, lines=len(lines))
    return order


def _add_line(order: Order, wanted: Wanted) -> OrderLine:
    listed = price(wanted.item, as_of=order.ordered_on)
    if wanted.quantity <= 0:
        raise OrdersRefused(_("The quantity must be more than zero."), field="quantity")
    if wanted.price is None and listed is None:
        raise OrdersRefused(
            _("{item} stands on no price list yet. Write its price and why.").format(item=wanted.item), field="price"
        )
    asked = listed.amount if wanted.price is None else wanted.price
    if not wanted.price_reason.strip() and (listed is None or asked < listed.amount):
        if listed is None:
            sentence = _("{item} stands on no price list yet. Write why it has this price.").format(item=wanted.item)
        else:
            sentence = _("The members agreed on {price} for {item}. A lower price needs a reason.").format(
                price=format_rupiah(listed.amount), item=wanted.item
            )
        raise OrdersRefused(sentence, field="price_reason")
    return OrderLine.objects.create(
        order=order,
        item=wanted.item,
        unit=wanted.unit,
        quantity=wanted.quantity,
        base_quantity=pricing.in_base_units(wanted.item, wanted.quantity, wanted.unit),
        price_list=listed and listed.price_list,
        list_price=listed and listed.amount,
        price=asked,
        price_reason=wanted.price_reason.strip(),
    )


@transaction.atomic
def finish(order: Order, *, on: datetime.date, by: User) -> Order:
    """The buyer has it: the order leaves the workshop's load. Refused while others' hands still work on it."""
    order = locked_open_order(order, by=by)
    if on < order.ordered_on:
        raise OrdersRefused(_("The order cannot be handed over before it was taken."), field="on")
    _refuse_while_work_is_out(order)
    order.finished_on = on
    order.save(update_fields=["finished_on"])
    _surpluses(order).filter(withdrawn_on=None).update(withdrawn_on=on)
    audit.record("order.finished", order, by=by, on=on)
    return order


@transaction.atomic
def cancel(order: Order, *, reason: str, on: datetime.date, by: User) -> Order:
    """The buyer or the maker calls it off. What is still on the board goes off it; work that is out stops it."""
    order = locked_open_order(order, by=by)
    list(_surpluses(order).select_for_update(no_key=True))
    _refuse_while_work_is_out(order)
    order.cancelled_on, order.cancel_reason = on, reason
    order.save(update_fields=["cancelled_on", "cancel_reason"])
    _surpluses(order).filter(withdrawn_on=None).update(withdrawn_on=on)
    audit.record("order.cancelled", order, by=by, reason=reason)
    return order


def _surpluses(order: Order):
    return Surplus.objects.filter(line__order=order).order_by("pk")


def _refuse_while_work_is_out(order: Order) -> None:
    out = Claim.objects.counted().filter(surplus__line__order=order, to_send__gt=0).select_related("member")
    waiting = Delivery.objects.filter(claim__surplus__line__order=order, confirmed_on=None).select_related(
        "claim__member"
    )
    names = sorted({claim.member.name for claim in out} | {delivery.claim.member.name for delivery in waiting})
    if names:
        raise OrdersRefused(
            _("Work on this order is still with {names}. Let it come in, or agree that it is given back.").format(
                names=", ".join(names)
            )
        )
