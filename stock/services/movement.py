"""Writing down what came in, what went out, what was counted, and what went from one workshop to another."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from members.models import Member
from pricing import services as pricing
from pricing.models import Item, Unit
from stock import queries
from stock.errors import StockRefused
from stock.models import StockMovement
from stock.notifications import counted, named
from stock.services.common import act_for, lock_holding, require_member

Kind = StockMovement.Kind


@transaction.atomic
def record(
    member: Member,
    *,
    item: Item,
    kind: str,
    quantity: Decimal,
    unit: Unit | None = None,
    note: str = "",
    on: datetime.date,
    by: User,
) -> StockMovement:
    """Write down what was bought, made, used or sold. Raises StockRefused for more than is there or another unit."""
    act_for(member, by)
    require_member(member, on=on)
    if kind not in StockMovement.own_kinds(item):
        raise StockRefused(_("This cannot be recorded for {item}.").format(item=item), field="kind")
    quantity = in_base(item, quantity, unit)
    if kind in StockMovement.OUTGOING:
        refuse_more_than_held(member, item, quantity, on=on)
        quantity = -quantity
    movement = StockMovement.objects.create(
        member=member, item=item, kind=kind, quantity=quantity, on=on, note=note.strip()
    )
    audit.record(
        "stock_movement.recorded",
        movement,
        by=by,
        member=member,
        kind=movement.get_kind_display(),
        quantity=named(abs(quantity), item),
    )
    return movement


@transaction.atomic
def count(
    member: Member,
    *,
    item: Item,
    quantity: Decimal,
    unit: Unit | None = None,
    note: str = "",
    on: datetime.date,
    by: User,
) -> StockMovement | None:
    """Record what is really there: the difference, and nothing where there is none.

    This is also how a wrong line is put right. Counting cannot change what was recorded after `on`.
    """
    act_for(member, by)
    require_member(member, on=on)
    quantity = in_base(item, quantity, unit) if quantity else Decimal(0)
    lock_holding(member, item)
    held = queries.held(member, item, as_of=on)
    difference = quantity - held
    if not difference:
        return None
    if difference < 0:
        refuse_more_than_held(member, item, -difference, on=on)
    movement = StockMovement.objects.create(
        member=member, item=item, kind=Kind.COUNTED, quantity=difference, on=on, note=note.strip()
    )
    audit.record(
        "stock_movement.counted",
        movement,
        by=by,
        member=member,
        counted=named(quantity, item),
        difference=counted(difference, item),
    )
    return movement


@transaction.atomic
def give_along(
    giver: Member, taker: Member, *, item: Item, quantity: Decimal, note: str = "", on: datetime.date, by: User
) -> StockMovement:
    """Material that goes along with handed-over work: out of the giver's stock into the taker's. Returns the giver's

    line. Whoever calls this has both sides' yes. Raises StockRefused for more than the giver holds.
    """
    quantity = in_base(item, quantity)
    line = move(giver, taker, item=item, quantity=quantity, kind=Kind.GIVEN, note=note, on=on)
    audit.record(
        "stock_movement.given", line, by=by, giver=giver.name, taker=taker.name, quantity=named(quantity, item)
    )
    return line


def move(
    giver: Member, taker: Member, *, item: Item, quantity: Decimal, kind: str, note: str = "", on: datetime.date
) -> StockMovement:
    """Both lines of what one member hands to another; the giver's is returned. Within the caller's transaction."""
    if giver.pk == taker.pk:
        raise StockRefused(_("Choose another member: giver and taker are the same workshop."))
    refuse_more_than_held(giver, item, quantity, on=on)
    line = StockMovement.objects.create(member=giver, item=item, kind=kind, quantity=-quantity, on=on, note=note)
    StockMovement.objects.create(
        member=taker,
        item=item,
        kind=StockMovement.MIRRORS[kind],
        quantity=quantity,
        on=on,
        note=note,
        counterpart=line,
    )
    return line


def in_base(item: Item, quantity: Decimal, unit: Unit | None = None) -> Decimal:
    """`quantity` in the item's own unit. Raises a Refused for nothing, for another unit and for half a pair."""
    if quantity <= 0:
        raise StockRefused(_("The quantity must be more than zero."), field="quantity")
    return pricing.in_base_units(item, quantity, unit or item.base_unit)


def refuse_more_than_held(member: Member, item: Item, quantity: Decimal, *, on: datetime.date) -> None:
    """Raises StockRefused where `quantity` is not there on `on` or on a later day; the holding stays locked."""
    lock_holding(member, item)
    free = queries.lowest(member, item, since=on)
    if quantity > free:
        raise StockRefused(
            _("{member} holds {held} of {item} on that day. Enter that much or less, or count the stock first.").format(
                member=member.name, held=counted(free, item), item=item
            ),
            field="quantity",
        )
