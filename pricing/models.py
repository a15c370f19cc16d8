"""What the members sell and use, in which units, and the price lists they agree on."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.permissions import Permission
from governance.models import Decision
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
        """What is made and what it costs is no secret among members."""
        return self if user.can(Permission.PRICE_VIEW) else self.none()

    def active(self):
        return self.filter(is_active=True)


class Item(models.Model):
    """A product or a material, with the unit its price is for, and how long a product's four steps take.

    The minutes are for one base unit; 0 where the step is not needed, or nobody has measured it yet.
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
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        constraints = [
            models.CheckConstraint(name="pricing_item_kind_known", condition=Q(kind__in=["product", "material"])),
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
        """Whether somebody has written down how long it takes: without it, a piece counts as a piece only."""
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


class PriceListQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lists in force are for everybody; a draft only for those who prepare and decide it."""
        if user.can(Permission.PRICE_DRAFT) or user.can(Permission.PRICE_DECIDE):
            return self
        return self.decided()

    def decided(self):
        return self.filter(in_force_from__isnull=False)

    def draft(self):
        return self.filter(in_force_from=None)

    def in_force(self, on):
        """The list that governs `on`: the latest that started on or before it, or None before the first."""
        return self.filter(in_force_from__lte=on).order_by("-in_force_from").first()


class PriceList(models.Model):
    """Prices the members agreed on, from a day on. A draft until the meeting decided; never edited afterwards."""

    drafted_on = models.DateField(_("drafted on"))
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    in_force_from = models.DateField(_("in force from"), null=True, blank=True, unique=True)
    decided_in = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided in")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = PriceListQuerySet.as_manager()

    class Meta:
        verbose_name = _("price list")
        constraints = [
            models.CheckConstraint(
                name="pricing_pricelist_decided_whole",
                condition=Q(in_force_from=None, decided_in=None, decided_by=None)
                | Q(in_force_from__isnull=False, decided_in__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="pricing_pricelist_four_eyes",
                condition=Q(decided_by=None) | ~Q(decided_by=F("drafted_by")),
                violation_error_message=_("Who prepared a price list cannot put it in force."),
            ),
            models.UniqueConstraint(
                Value(1), name="pricing_pricelist_one_draft", condition=Q(in_force_from__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="never_edited_in_force",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__in_force_from__isnull=False),
            ),
        ]

    def __str__(self):
        if self.in_force_from is None:
            return str(_("draft of a price list"))
        return str(_("price list of {day}")).format(day=date_format(self.in_force_from, "j F Y"))


class Price(models.Model):
    """What one base unit of an item costs on a list, in whole rupiah."""

    price_list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="prices")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="prices")
    amount = RupiahField(_("price"))

    class Meta:
        verbose_name = _("price")
        constraints = [
            models.UniqueConstraint(fields=["price_list", "item"], name="pricing_price_once_a_list"),
            models.CheckConstraint(name="pricing_price_positive", condition=Q(amount__gt=0)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="list_still_a_draft",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (
                        SELECT FROM pricing_pricelist list
                        WHERE list.in_force_from IS NOT NULL
                          AND (TG_OP <> 'INSERT' AND list.id = OLD.price_list_id
                               OR TG_OP <> 'DELETE' AND list.id = NEW.price_list_id)
                    ) THEN
                        RAISE EXCEPTION 'pricing_price: a price list in force is never edited';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.amount}"
