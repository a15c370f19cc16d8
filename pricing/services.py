"""What people do with items and price lists. The only code of this book that saves."""

import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.errors import Refused
from core.models import User
from governance.models import Decision
from members.models import Skill
from pricing import queries, units
from pricing.models import Item, ItemUnit, Price, PriceList, Unit
from pricing.steps import STEPS


class PricingRefused(Refused):
    """Something about items or prices that cannot be done; the sentence says what to do instead."""


# -- items and their units -------------------------------------------------------------------------------------------


@transaction.atomic
def add_item(
    *, code: str, name: str, kind: str, base_unit: Unit, skill: Skill | None = None, by: User, **minutes: int
) -> Item:
    """Write down something the members make or use; `minutes` by step (cutting=6), as far as they are measured.

    Raises PricingRefused where the code is taken, and for minutes of a material.
    """
    item = Item(code=code.strip().upper(), name=name.strip(), kind=kind, base_unit=base_unit, skill=skill)
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
    is_active: bool,
    version: int,
    by: User,
    **minutes: int,
) -> Item:
    """Correct an item. Its unit stays once a price was written for it: the price would change its meaning."""
    item = Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    if item.version != version:
        raise PricingRefused(_("Somebody else has changed this item meanwhile. Load the page again and look."))
    if base_unit.pk != item.base_unit_id and item.prices.exists():
        raise PricingRefused(
            _("Prices are written for this unit already. Add a new item for the other unit."), field="base_unit"
        )
    item.code, item.name, item.kind, item.base_unit = code.strip().upper(), name.strip(), kind, base_unit
    item.skill, item.is_active, item.version = skill, is_active, version + 1
    _set_minutes(item, minutes)
    _save_item(item)
    audit.record("item.corrected", item, by=by, code=item.code, is_active=is_active)
    return item


def _set_minutes(item: Item, minutes: dict[str, int | None]) -> None:
    """What is not told stays as it is; an empty field is no work at that step."""
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
    """Say how much of the item's own unit one `unit` of it holds (a sheet = 22.5 SF). Later use follows the new one."""
    if unit.pk == item.base_unit_id or unit.multiple:
        raise PricingRefused(_("This unit has a fixed meaning already. Choose another one."), field="unit")
    if in_base <= 0:
        raise PricingRefused(_("The content must be more than zero."), field="in_base")
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


# -- price lists -----------------------------------------------------------------------------------------------------


@transaction.atomic
def draft_list(*, on: datetime.date, by: User) -> PriceList:
    """Begin the next list with a copy of the one in force on `on`. Raises PricingRefused while there is a draft."""
    try:
        with transaction.atomic():
            draft = PriceList.objects.create(drafted_on=on, drafted_by=by)
    except IntegrityError as error:
        raise PricingRefused(_("There is a draft already. Finish or discard it first.")) from error
    current = queries.price_list(as_of=on)
    if current:
        Price.objects.bulk_create(
            Price(price_list=draft, item_id=item, amount=amount)
            for item, amount in current.prices.filter(item__is_active=True).values_list("item_id", "amount")
        )
    audit.record("pricelist.drafted", draft, by=by, copied_from=current)
    return draft


@transaction.atomic
def set_prices(draft: PriceList, *, amounts: dict[Item, int | None], version: int, by: User) -> PriceList:
    """Write these amounts into the draft; None takes the item off. Raises PricingRefused on a stale or decided list."""
    draft = _locked_draft(draft, version=version)
    before = dict(draft.prices.values_list("item_id", "amount"))
    changed = {item: amount for item, amount in amounts.items() if before.get(item.pk) != amount}
    draft.prices.filter(item__in=changed).delete()
    Price.objects.bulk_create(
        Price(price_list=draft, item=item, amount=amount) for item, amount in changed.items() if amount is not None
    )
    draft.version += 1
    # Who last touched the prices is the drafter: whoever decides must be somebody else.
    draft.drafted_by = by
    draft.save(update_fields=["version", "drafted_by"])
    audit.record(
        "pricelist.priced",
        draft,
        by=by,
        count=len(changed),
        prices={item.code: [before.get(item.pk), amount] for item, amount in changed.items()},
    )
    return draft


@transaction.atomic
def discard_draft(draft: PriceList, *, by: User) -> None:
    """Throw a draft away; a list in force stays for ever."""
    draft = _locked_draft(draft)
    audit.record("pricelist.discarded", draft, by=by)
    draft.delete()


@transaction.atomic
def put_in_force(
    draft: PriceList, *, in_force_from: datetime.date, decision: Decision, version: int, by: User
) -> PriceList:
    """Make the draft the list that governs from a day on, as the meeting decided.

    Raises PricingRefused when `by` prepared it, when it starts before the decision, when it holds no price, when
    another list starts on the same day, or when the draft changed since `by` read it.
    """
    draft = _locked_draft(draft, version=version)
    if draft.drafted_by_id == by.pk:
        raise PricingRefused(_("Who prepared a price list cannot put it in force. Ask another officer."))
    if in_force_from < decision.decided_on:
        raise PricingRefused(
            _("The list can start on {day} at the earliest: that is when it was decided.").format(
                day=date_format(decision.decided_on, "j F Y")
            ),
            field="in_force_from",
        )
    if not draft.prices.exists():
        raise PricingRefused(_("The draft holds no price yet. Fill it in first."))
    draft.in_force_from, draft.decided_in, draft.decided_by = in_force_from, decision, by
    try:
        with transaction.atomic():
            draft.save(update_fields=["in_force_from", "decided_in", "decided_by"])
    except IntegrityError as error:
        raise PricingRefused(
            _("Another list starts on that day already. Choose another day."), field="in_force_from"
        ) from error
    audit.record("pricelist.decided", draft, by=by, in_force_from=in_force_from, decision=decision)
    return draft


def _locked_draft(draft: PriceList, *, version: int | None = None) -> PriceList:
    locked = PriceList.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
    if locked is None or locked.in_force_from is not None:
        raise PricingRefused(_("This is no draft any more: it was put in force or discarded. Look at the lists."))
    if version is not None and locked.version != version:
        raise PricingRefused(_("Somebody else has changed this draft meanwhile. Load the page again and look."))
    return locked
