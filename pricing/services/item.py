"""What people do with items and their units."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from members.models import Skill
from pricing import units
from pricing.models import Item, ItemUnit, Unit
from pricing.services.common import PricingRefused
from pricing.steps import STEPS


@transaction.atomic
def add_item(
    *,
    code: str,
    name: str,
    kind: str,
    base_unit: Unit,
    skill: Skill | None = None,
    smallest_lot: int | None = None,
    by: User,
    **minutes: int,
) -> Item:
    """Record something that the members make or use; `minutes` by step (cutting=6), as far as measured.

    Raises PricingRefused where the code is taken, and for minutes of a material.
    """
    item = Item(code=code.strip().upper(), name=name.strip(), kind=kind, base_unit=base_unit, skill=skill)
    item.smallest_lot = smallest_lot or 1
    _set_minutes(item, minutes)
    _save_item(item)
    audit.record("item.added", item, by=by, code=item.code, unit=base_unit)
    return item


@transaction.atomic
def correct_item(
    item: Item,
    *,
    code: str,
    name: str,
    kind: str,
    base_unit: Unit,
    skill: Skill | None,
    smallest_lot: int | None = None,
    is_active: bool,
    version: int,
    by: User,
    **minutes: int,
) -> Item:
    """Correct an item. The unit is fixed once a price was recorded for it: the price would change its meaning."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.version != version:
        raise PricingRefused(_("Somebody else has changed this item in the meantime. Reload the page and check."))
    if base_unit.pk != item.base_unit_id and item.prices.exists():
        raise PricingRefused(
            _("Prices have already been recorded for this unit. Add a new item for the other unit."), field="base_unit"
        )
    item.code, item.name, item.kind, item.base_unit = code.strip().upper(), name.strip(), kind, base_unit
    item.skill, item.is_active, item.version = skill, is_active, version + 1
    item.smallest_lot = smallest_lot or 1
    _set_minutes(item, minutes)
    _save_item(item)
    audit.record("item.corrected", item, by=by, code=item.code, is_active=is_active)
    return item


def _set_minutes(item: Item, minutes: dict[str, int | None]) -> None:
    """Steps not given stay as they are; an empty one means no work at that step."""
    for step in STEPS:
        if step in minutes:
            setattr(item, step, minutes.pop(step) or 0)
    if minutes:
        raise TypeError(f"no step of the trade: {sorted(minutes)}")
    if item.kind == Item.Kind.MATERIAL and any(item.minutes.values()):
        raise PricingRefused(_("A material is not made here: it has no minutes of work."), field="cutting")


def _save_item(item: Item) -> None:
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise PricingRefused(_("Another item has this code already. Choose another one."), field="code") from error


@transaction.atomic
def set_conversion(item: Item, *, unit: Unit, in_base: Decimal, by: User) -> ItemUnit:
    """Set how much of the item's own unit one `unit` holds (a sheet = 22.5 SF). It applies from then on."""
    if unit.pk == item.base_unit_id or unit.multiple:
        raise PricingRefused(_("This unit already has a fixed meaning. Choose another one."), field="unit")
    if in_base <= 0:
        raise PricingRefused(_("The contents must be more than zero."), field="in_base")
    conversion, _created = ItemUnit.objects.update_or_create(item=item, unit=unit, defaults={"in_base": in_base})
    audit.record("item.converted", item, by=by, unit=unit, in_base=in_base, base_unit=item.base_unit)
    return conversion


def in_base_units(item: Item, quantity: Decimal, unit: Unit) -> Decimal:
    """`quantity` in the item's own unit. Raises PricingRefused where the units do not go together or not exactly."""
    base = item.base_unit
    if unit.pk == base.pk:
        factor = Decimal(1)
    elif unit.multiple and base.is_counted:
        factor = Decimal(unit.multiple)
    else:
        conversion = ItemUnit.objects.filter(item=item, unit=unit).first()
        if conversion is None:
            raise PricingRefused(
                _("{item} is not counted in {unit}. Use {base}.").format(item=item, unit=unit, base=base), field="unit"
            )
        factor = conversion.in_base
    try:
        return units.convert(quantity, factor, counted=base.is_counted)
    except units.NotExact as error:
        if base.is_counted:
            sentence = _("{item} comes in whole {base}; this quantity is not a whole number of them.")
        else:
            sentence = _("This quantity of {item} cannot be written in {base} without rounding.")
        raise PricingRefused(sentence.format(item=item, base=base), field="quantity") from error
