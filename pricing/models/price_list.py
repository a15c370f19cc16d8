"""The price lists that the members agree on."""

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.permissions import Permission
from governance.models import Decision
from governance.triggers import by_decision
from pricing.models.item import Item


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

    def current(self, on):
        """The list that governs `on`: the latest that started on or before it, or None before the first."""
        return self.filter(in_force_from__lte=on).order_by("-in_force_from").first()


class PriceList(models.Model):
    """Prices the members agreed on, from a day on. A draft until the meeting decided; never edited afterwards."""

    drafted_on = models.DateField(_("drafted on"))
    drafted_by = who()
    in_force_from = models.DateField(_("in force from"), null=True, blank=True, unique=True)
    decided_in = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided in")
    )
    decided_by = who(null=True, blank=True)
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
                violation_error_message=_("The person who prepared a price list cannot put it in force."),
            ),
            models.UniqueConstraint(
                Value(1), name="pricing_pricelist_one_draft", condition=Q(in_force_from__isnull=True)
            ),
        ]
        triggers = [
            by_decision(
                "decided_in",
                kind="price_list",
                subject="pricing.pricelist",
                key="NEW.id",
                on="NEW.in_force_from",
                table="pricing_pricelist",
            ),
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
