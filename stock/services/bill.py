"""What an item is made of."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.models import User
from core.money import format_percent
from pricing.models import Item
from stock.errors import StockRefused
from stock.models import BillLine
from stock.notifications import counted


@transaction.atomic
def write_bill(item: Item, *, material: Item, quantity: Decimal, waste_bp: int = 0, by: User) -> BillLine:
    """Say how much of a material goes into one unit of an item. Writing again corrects: bills are for what comes."""
    if item.kind != Item.Kind.PRODUCT:
        raise StockRefused(_("{item} is a material itself.").format(item=item))
    if material.kind != Item.Kind.MATERIAL:
        raise StockRefused(_("{item} is not a material. Choose a material.").format(item=material), field="material")
    if quantity <= 0:
        raise StockRefused(_("The quantity must be more than zero."), field="quantity")
    if waste_bp >= 10_000:
        raise StockRefused(_("The waste must be less than the whole."), field="waste_bp")
    line, _created = BillLine.objects.update_or_create(
        item=item, material=material, defaults={"quantity": quantity, "waste_bp": waste_bp}
    )
    audit.record(
        "bill.line_set",
        item,
        by=by,
        material=material,
        quantity=counted(quantity, material),
        waste=format_percent(waste_bp),
    )
    return line


@transaction.atomic
def remove_from_bill(line: BillLine, *, by: User) -> None:
    """The material does not go into it any more."""
    audit.record("bill.line_removed", line.item, by=by, material=line.material)
    line.delete()
