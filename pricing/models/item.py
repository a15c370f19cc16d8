"""What the members sell and use, and in which units."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.permissions import Permission
from members.models import Skill
from pricing.steps import STEPS


class Unit(models.Model):
    """A measure of the trade: pair, piece, square foot, or a count of another (a dozen is 12, a kodi is 20).

    `multiple` is how many of the item's own counted unit one of these is; empty for a measure that stands alone.
    """

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    is_counted = models.BooleanField(_("counted in whole numbers"))
    multiple = models.PositiveSmallIntegerField(_("how many of the counted unit"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit of measure")
        constraints = [
            models.CheckConstraint(
                name="pricing_unit_multiple_is_counted",
                condition=Q(multiple=None) | Q(multiple__gt=1, is_counted=True),
            ),
        ]

    def __str__(self):
        return self.name


class ItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All members see items and prices."""
        return self if user.can(Permission.PRICE_VIEW) else self.none()

    def active(self):
        return self.filter(is_active=True)


class Item(models.Model):
    """A product or a material, with the unit its price is for, and how long a product's four steps take.

    The minutes are for one base unit; 0 if the step is not needed or not measured yet.
    """

    class Kind(models.TextChoices):
        PRODUCT = "product", _("product")
        MATERIAL = "material", _("material")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    base_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit of the price"))
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("skill it needs")
    )
    cutting = models.PositiveSmallIntegerField(_("minutes of cutting"), default=0)
    sewing = models.PositiveSmallIntegerField(_("minutes of sewing"), default=0)
    lasting = models.PositiveSmallIntegerField(_("minutes of lasting"), default=0)
    finishing = models.PositiveSmallIntegerField(_("minutes of finishing"), default=0)
    smallest_lot = models.PositiveSmallIntegerField(_("smallest lot"), default=1)
    """Of this work so many are worth giving to one workshop: cutting dies and glue are got ready once for a lot."""
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        constraints = [
            models.CheckConstraint(name="pricing_item_kind_known", condition=Q(kind__in=["product", "material"])),
            models.CheckConstraint(name="pricing_item_smallest_lot_positive", condition=Q(smallest_lot__gte=1)),
            models.CheckConstraint(
                name="pricing_item_material_is_no_work",
                condition=Q(kind="product") | Q(cutting=0, sewing=0, lasting=0, finishing=0),
                violation_error_message=_("A material is not made here: it has no minutes of work."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def minutes(self) -> dict[str, int]:
        """The work in one base unit, step by step."""
        return {step: getattr(self, step) for step in STEPS}

    @property
    def is_measured(self) -> bool:
        """Whether the work is measured; otherwise only pieces are counted."""
        return any(self.minutes.values())

    @property
    def work(self) -> list[str]:
        """`minutes of sewing 12`, for the steps that are measured."""
        return [f"{self._meta.get_field(step).verbose_name} {n}" for step, n in self.minutes.items() if n]


class ItemUnit(models.Model):
    """How much of an item's own unit another unit holds: a sheet of this vinyl is 22.5 square feet."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="conversions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    in_base = models.DecimalField(_("holds"), max_digits=12, decimal_places=3)

    class Meta:
        verbose_name = _("conversion of an item")
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="pricing_itemunit_once"),
            models.CheckConstraint(name="pricing_itemunit_positive", condition=Q(in_base__gt=0)),
        ]

    def __str__(self):
        return f"{self.unit} = {self.in_base}"
