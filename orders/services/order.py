"""Orders: taking them, what they should look like, how far they are, and how they end."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refused
from core.models import User
from core.money import format_rupiah
from core.services import store
from core.uploads import Upload
from ledger import services as ledger
from members.models import Member, Partner
from orders import queries
from orders.models import LinePhoto, Offer, Order, OrderLine, Progress
from orders.models.quantities import NONE
from orders.services.common import (
    OrdersRefused,
    act_for,
    counted,
    locked_open_order,
    refuse_while_work_is_out,
    require_member,
)
from orders.services.offer import ONE, post_offer
from pricing import services as pricing
from pricing.models import Item, Unit
from pricing.queries import price
from stock import services as stock


@dataclass(frozen=True)
class Wanted:
    """One line of an order as the buyer said it; without `price` it is the list price. And what it should look like."""

    item: Item
    unit: Unit
    quantity: Decimal
    price: int | None = None
    price_reason: str = ""
    specification: str = ""
    photo: Upload | None = None


@dataclass(frozen=True)
class Rest:
    """How what does not fit is offered to others: for each line (by its place) what the maker gets, until when, in

    which whole lots it is shared, and the terms (`AgreedTerms.FIELDS`) that whoever takes part agrees to.
    """

    maker_prices: dict[int, int]
    closes_on: datetime.date
    due_on: datetime.date
    material_included: bool = True
    step: Decimal = ONE
    terms: Mapping = field(default_factory=dict)


@transaction.atomic
def take_order(
    member: Member,
    *,
    partner: Partner,
    lines: list[Wanted],
    due_on: datetime.date,
    note: str = "",
    bringing: int = 0,
    on,
    by: User,
) -> Order:
    """Write down what a buyer ordered from `member` on `on`, at the list price of that day.

    Raises OrdersRefused for a partner who does not buy, a member who had left, a date before the order, no line, and
    for a price below the list (or without one) that gives no reason.
    """
    priced = priced_lines(member, partner=partner, lines=lines, due_on=due_on, on=on, by=by)
    order = Order.objects.create(
        number=f"PS-{on.year}-{ledger.next_number('PS', on=on):04}",
        partner=partner,
        member=member,
        ordered_on=on,
        due_on=due_on,
        note=note,
        bringing=bringing,
    )
    for line, wanted in zip(priced, lines, strict=True):
        line.order = order
        line.save()
        if wanted.photo:
            LinePhoto.objects.create(line=line, file=store(wanted.photo, by=by))
    audit.record("order.taken", order, by=by, partner=partner, member=member, due_on=due_on, lines=len(lines))
    stock.tell_moved_dates(on=on, lender=order.member)
    return order


@transaction.atomic
def take_and_offer(member: Member, *, rest: Rest, offered_on: datetime.date, by: User, **facts) -> Order:
    """Take the order, and put what does not fit into the weeks on the board: both or neither.

    As on the page of a big order, what is offered is shared fairly over all who ask when the offer closes. `facts` as
    for `take_order`. Raises OrdersRefused as `take_order` and `post_offer` do, and where the price for the maker of
    a line that does not fit is missing.
    """
    order = take_order(member, by=by, **facts)
    answer = queries.capacity_answer(order, as_of=offered_on)
    for place, line in enumerate(queries.lines(order)):
        too_much = line.base_quantity - answer.fits_of.get(line.pk, line.base_quantity)
        if too_much <= 0:
            continue
        price_field = of_line("maker_price", place + 1)
        if not rest.maker_prices.get(place):
            raise OrdersRefused(_("Write what the maker gets for one."), field=price_field)
        try:
            post_offer(
                line,
                quantity=too_much,
                maker_price=rest.maker_prices[place],
                material_included=rest.material_included,
                closes_on=rest.closes_on,
                due_on=rest.due_on,
                is_shared=True,
                step=rest.step,
                on=offered_on,
                by=by,
                **rest.terms,
            )
        except Refused as refusal:
            there = {"maker_price": price_field, "closes_on": "offer_closes_on", "due_on": "offer_due_on"}
            refusal.field = there.get(refusal.field, refusal.field)
            raise
    return order


def priced_lines(
    member: Member, *, partner: Partner, lines: list[Wanted], due_on: datetime.date, on: datetime.date, by: User
) -> list[OrderLine]:
    """The lines as `take_order` would write them, nothing written yet: for the page that asks before the yes."""
    act_for(member, by)
    require_member(member, on=on)
    if partner.kind != Partner.Kind.BUYER:
        raise OrdersRefused(_("{partner} is not a buyer. Choose a buyer.").format(partner=partner), field="partner")
    if due_on < on:
        raise OrdersRefused(_("The order cannot be due before it was taken. Choose a later day."), field="due_on")
    if not lines:
        raise OrdersRefused(_("An order needs at least one line. Fill in an item and how many."))
    priced = []
    for number, wanted in enumerate(lines, start=1):
        try:
            priced.append(_priced(wanted, on=on))
        except Refused as refusal:
            # On the form the fields of later lines carry the number of the line.
            refusal.field = refusal.field and of_line(refusal.field, number)
            raise
    return priced


def of_line(field: str, number: int) -> str:
    """The name of a field of the n-th line: the first line has plain names."""
    return field if number == 1 else f"{field}_{number}"


def _priced(wanted: Wanted, *, on: datetime.date) -> OrderLine:
    listed = price(wanted.item, as_of=on)
    if wanted.quantity <= 0:
        raise OrdersRefused(_("The quantity must be more than zero."), field="quantity")
    if wanted.price is None and listed is None:
        raise OrdersRefused(
            _("{item} is not on any price list yet. Enter its price and the reason.").format(item=wanted.item),
            field="price",
        )
    asked = listed.amount if wanted.price is None else wanted.price
    if not wanted.price_reason.strip() and (listed is None or asked < listed.amount):
        if listed is None:
            sentence = _("{item} is not on any price list yet. Enter the reason for this price.").format(
                item=wanted.item
            )
        else:
            sentence = _("The members agreed on {price} for {item}. A lower price needs a reason.").format(
                price=format_rupiah(listed.amount), item=wanted.item
            )
        raise OrdersRefused(sentence, field="price_reason")
    return OrderLine(
        item=wanted.item,
        unit=wanted.unit,
        quantity=wanted.quantity,
        base_quantity=pricing.in_base_units(wanted.item, wanted.quantity, wanted.unit),
        price_list=listed and listed.price_list,
        list_price=listed and listed.amount,
        price=asked,
        price_reason=wanted.price_reason.strip(),
        specification=wanted.specification,
    )


@transaction.atomic
def cancel(order: Order, *, reason: str, on: datetime.date, by: User) -> Order:
    """The buyer or the maker calls it off. What is still on the board goes off it; work that is out stops it."""
    order = locked_open_order(order, by=by)
    list(_offers(order).select_for_update(no_key=True))
    refuse_while_work_is_out(order)
    order.cancelled_on, order.cancel_reason = on, reason
    order.save(update_fields=["cancelled_on", "cancel_reason"])
    _offers(order).filter(withdrawn_on=None).update(withdrawn_on=on)
    audit.record("order.cancelled", order, by=by, reason=reason)
    stock.tell_moved_dates(on=on, lender=order.member)
    return order


def _offers(order: Order):
    return Offer.objects.filter(line__order=order).order_by("pk")


@transaction.atomic
def finish(order: Order, *, on: datetime.date, by: User) -> Order:
    """The buyer has all of it: the order leaves the workshop's load. Refused while others' hands still work on it."""
    order = locked_open_order(order, by=by)
    if on < order.ordered_on:
        raise OrdersRefused(_("The order cannot be handed over before it was taken. Choose a later day."), field="on")
    refuse_while_work_is_out(order)
    order.finished_on = on
    order.save(update_fields=["finished_on"])
    _offers(order).filter(withdrawn_on=None).update(withdrawn_on=on)
    audit.record("order.finished", order, by=by, on=on)
    stock.tell_moved_dates(on=on, lender=order.member)
    return order


def reopen(order: Order, *, on: datetime.date) -> None:
    """What the buyer was said to have is with the workshop again; `order` is locked."""
    if order.finished_on:
        order.finished_on = None
        order.save(update_fields=["finished_on"])
    stock.tell_moved_dates(on=on, lender=order.member)


MOST_PHOTOS = 6


@transaction.atomic
def specify(line: OrderLine, *, specification: str, photo: Upload | None = None, by: User) -> OrderLine:
    """Write down what the buyer wants: in words, and one more photo. Raises OrdersRefused for the seventh photo."""
    order = locked_open_order(line.order, by=by)
    line.specification = specification.strip()
    line.save(update_fields=["specification"])
    if photo:
        if line.photos.count() >= MOST_PHOTOS:
            raise OrdersRefused(
                _("{count} photos are enough for one item. Say the rest in words.").format(count=MOST_PHOTOS),
                field="photo",
            )
        LinePhoto.objects.create(line=line, file=store(photo, by=by))
    audit.record("order.specified", order, by=by, item=line.item, photo=photo and photo.name)
    return line


@transaction.atomic
def tell_progress(line: OrderLine, *, made: Decimal, on: datetime.date, by: User) -> Progress:
    """The workshop says how many it has made so far; saying it again on the same day corrects.

    Raises OrdersRefused for more than the workshop makes itself, and for a day before the order.
    """
    order = locked_open_order(line.order, by=by)
    if on < order.ordered_on:
        raise OrdersRefused(_("The work cannot begin before the order was taken. Choose a later day."), field="on")
    item = line.item
    made = pricing.in_base_units(item, made, item.base_unit) if made else NONE
    own = queries.own_part(line)
    if not 0 <= made <= own:
        raise OrdersRefused(
            _("{own} of this line are made in the own workshop. Write that many or fewer.").format(
                own=counted(own, item)
            ),
            field="made",
        )
    progress, _created = Progress.objects.update_or_create(
        line=line, told_on=on, defaults={"made": made, "told_by": by}
    )
    audit.record("order.progress", order, by=by, made=counted(made, item), item=item)
    return progress
