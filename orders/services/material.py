"""Material that goes along with handed work, and what of it comes back."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_rupiah
from orders import notifications, queries
from orders.models import Claim, MaterialGiven
from orders.services.claim import locked_claim, locked_of
from orders.services.common import OrdersRefused, act_for, counted
from orders.services.terms import _tell
from pricing import services as pricing
from pricing.models import Item
from stock import queries as stock_queries
from stock import services as stock


@transaction.atomic
def give_material(
    claim: Claim,
    *,
    item: Item,
    quantity: Decimal,
    value: int = 0,
    is_owed: bool = False,
    insist: bool = False,
    on: datetime.date,
    by: User,
) -> MaterialGiven:
    """The holder of the order writes down material that went along; the maker confirms it.

    With `is_owed` its agreed value is taken off the pay. Raises OrdersRefused for the wrong side, for goods that are no
    material, for material in another unit, for material owed without a value, and, without `insist`, for more than
    the holder's stock knows of.
    """
    claim = locked_claim(claim)
    holder = claim.offer.line.order.member
    act_for(holder, by)
    if item.kind != Item.Kind.MATERIAL:
        raise OrdersRefused(_("{item} is not a material.").format(item=item), field="item")
    if quantity <= 0:
        raise OrdersRefused(_("The quantity must be more than zero."), field="quantity")
    quantity = pricing.in_base_units(item, quantity, item.base_unit)
    if is_owed and value <= 0:
        raise OrdersRefused(_("Write the value that you agreed on, so that it can be taken off."), field="value")
    if not insist and stock_queries.movements(holder, item).exists():
        held = stock_queries.held(holder, item, as_of=on)
        if quantity > held:
            raise OrdersRefused(
                _(
                    "By what is recorded, {member} holds {held}. Correct the stock, or tick “It goes along all the "
                    "same”; then the stock is not changed."
                ).format(member=holder.name, held=counted(held, item)),
                field="insist",
            )
    if on < claim.claimed_on:
        raise OrdersRefused(_("The material cannot go along before the work was taken."), field="on")
    given = MaterialGiven.objects.create(
        claim=claim, item=item, quantity=quantity, value=value, is_owed=is_owed, given_on=on, given_by=by
    )
    words = f"{counted(quantity, item)} {item}"
    audit.record("material.given", claim, by=by, material=words, value=format_rupiah(value))
    _tell(claim, True, notifications.material_along(given))
    return given


@transaction.atomic
def confirm_material(given: MaterialGiven, *, on: datetime.date, by: User) -> MaterialGiven:
    """The maker has it. Where the holder's stock knows of so much, it moves from one workshop to the other."""
    claim, given = locked_of(MaterialGiven, given)
    if given.confirmed_on:
        raise OrdersRefused(_("This was confirmed already."))
    if given.dropped_on:
        raise OrdersRefused(_("This was taken back meanwhile. Nothing was recorded."))
    if by.pk == given.given_by_id:
        raise OrdersRefused(_("Whoever gave the material cannot also confirm it."))
    act_for(claim.member, by)
    holder = claim.offer.line.order.member
    if stock_queries.lowest(holder, given.item, since=on) >= given.quantity:
        given.movement = stock.give_along(
            holder, claim.member, item=given.item, quantity=given.quantity, note=str(claim)[:120], on=on, by=by
        )
    given.confirmed_on, given.confirmed_by = on, by
    given.save()
    words = f"{counted(given.quantity, given.item)} {given.item}"
    audit.record("material.confirmed", claim, by=by, material=words)
    _tell(claim, False, _("{member} has the material: {material}.").format(member=claim.member.name, material=words))
    return given


@transaction.atomic
def return_material(given: MaterialGiven, *, quantity: Decimal, on: datetime.date, by: User) -> MaterialGiven:
    """The holder has some of it back; what is owed for it becomes less."""
    claim, given = locked_of(MaterialGiven, given)
    holder = claim.offer.line.order.member
    act_for(holder, by)
    if given.confirmed_on is None:
        raise OrdersRefused(_("The maker has not confirmed it yet."))
    most = given.quantity - given.returned
    if quantity > 0:
        quantity = pricing.in_base_units(given.item, quantity, given.item.base_unit)
    if not 0 < quantity <= most:
        raise OrdersRefused(_("Up to {most} can come back.").format(most=counted(most, given.item)), field="quantity")
    before = queries.owed(claim)
    given.returned += quantity
    given.save(update_fields=["returned"])
    if queries.owed(claim).open["material"] < 0:
        raise OrdersRefused(_("This material was taken off the pay already. Reverse that settlement first."))
    if given.movement_id:
        stock.give_along(claim.member, holder, item=given.item, quantity=quantity, note=str(claim)[:120], on=on, by=by)
    words = f"{counted(quantity, given.item)} {given.item}"
    audit.record("material.returned", claim, by=by, material=words, before=before.open["material"])
    _tell(claim, True, _("{member} has {material} back from you.").format(member=holder.name, material=words))
    return given
