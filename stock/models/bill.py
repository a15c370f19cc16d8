"""What an item is made of."""

from decimal import ROUND_UP, Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, measured
from pricing.models import Item


class BillLine(models.Model):
    """So much of a material goes into one unit of an item, and so much more is lost in cutting."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="bill", verbose_name=_("item"))
    material = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("material"))
    quantity = measured(_("for one"))
    waste_bp = RateField(_("waste"), default=0)

    class Meta:
        verbose_name = _("line of a bill of material")
        constraints = [
            models.UniqueConstraint(fields=["item", "material"], name="stock_billline_material_once"),
            models.CheckConstraint(name="stock_billline_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="stock_billline_waste_below_all", condition=Q(waste_bp__lt=10_000)),
            models.CheckConstraint(name="stock_billline_of_something_else", condition=~Q(item=F("material"))),
        ]

    def __str__(self):
        return f"{self.item}: {self.material}"

    def needed_for(self, made: Decimal) -> Decimal:
        """How much material `made` units take, waste included; thousandths are rounded up, leather is not cut short."""
        return (made * self.quantity * (10_000 + self.waste_bp) / 10_000).quantize(Decimal("0.001"), ROUND_UP)
