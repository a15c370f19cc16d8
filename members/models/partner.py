"""Partners outside the cooperative: buyers, suppliers and agencies."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from core.models import NEVER_DELETED
from members.models.columns import has_a_name, phone_with_country


class Partner(models.Model):
    """Somebody outside: who buys, supplies or supports, and at which market level."""

    class Kind(models.TextChoices):
        BUYER = "buyer", _("buyer")
        SUPPLIER = "supplier", _("supplier")
        AGENCY = "agency", _("agency")

    class Market(models.TextChoices):
        LOCAL = "local", _("local (DIY)")
        NATIONAL = "national", _("national")
        EXPORT = "export", _("export")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    market = models.CharField(_("market level"), max_length=10, choices=Market, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    contact = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = PhoneNumberField(_("telephone"), blank=True)
    since_on = models.DateField(_("partner since"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("partner")
        constraints = [
            has_a_name(),
            models.UniqueConstraint(Lower("name"), name="members_partner_name_once"),
            phone_with_country(),
            models.CheckConstraint(
                name="members_partner_kind_known", condition=Q(kind__in=["buyer", "supplier", "agency"])
            ),
            models.CheckConstraint(
                name="members_partner_market_known", condition=Q(market__in=["", "local", "national", "export"])
            ),
            models.CheckConstraint(name="members_partner_buyer_has_market", condition=~Q(kind="buyer") | ~Q(market="")),
        ]
        triggers = [NEVER_DELETED]

    def __str__(self):
        return self.name
