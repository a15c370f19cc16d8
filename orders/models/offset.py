"""What the maker lets go against a debt to the cooperative instead of being paid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from ledger.models import Entry
from orders.models.settlement import Settlement


class Offset(models.Model):
    """What the maker, by their own word, lets go against an instalment or dues before the rest is paid out.

    The maker consents while the money waits at the cooperative; it is booked when the treasurer pays out.
    """

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="offsets")
    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(max_length=40)
    label = models.CharField(_("against"), max_length=120)
    amount = RupiahField(_("amount"))
    consented_on = models.DateField(_("agreed on"))
    consented_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """In the general unit: what left the maker's money here."""
    handle = models.CharField(max_length=40, blank=True)
    """What the other room needs to undo its side."""

    class Meta:
        verbose_name = _("netting with consent")
        constraints = [
            models.CheckConstraint(name="orders_offset_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="orders_offset_booked_or_taken_back", condition=Q(withdrawn_on=None) | Q(entry=None)
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.amount}"
