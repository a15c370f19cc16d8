"""The cash box counted by denomination, against what the books say (berita acara perhitungan kas)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from ledger.models import Entry, Unit


class CashCount(models.Model):
    """What was in the box at the end of a day. A difference is booked at once, with its reason."""

    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    on = models.DateField(_("counted on"))
    pieces = models.JSONField(_("notes and coins"), help_text="{denomination in rupiah: how many}")
    counted = RupiahField(_("counted"))
    book = RupiahField(_("in the books"))
    difference = models.BigIntegerField(_("difference"), help_text="counted less books")
    reason = models.CharField(_("reason for the difference"), max_length=200, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="cash_count")
    by = who(verbose_name=_("counted by"))
    witness = models.CharField(_("witness"), max_length=120)

    class Meta:
        verbose_name = _("cash count")
        indexes = [models.Index(fields=["unit", "on"], name="treasury_cashcount_unit_on")]
        constraints = [
            models.CheckConstraint(
                name="treasury_cashcount_adds_up",
                condition=Q(counted__gte=0) & Q(difference=F("counted") - F("book")),
            ),
            models.CheckConstraint(
                name="treasury_cashcount_difference_booked",
                condition=Q(difference=0, entry=None) | (~Q(difference=0) & Q(entry__isnull=False) & ~Q(reason="")),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.get_unit_display()}, {self.on}"
