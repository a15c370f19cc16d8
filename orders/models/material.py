"""Material that goes along with handed work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured
from orders.arithmetic import settlement
from orders.models.claim import Claim, OfClaim
from pricing.models import Item
from stock.models import StockMovement


class MaterialGiven(models.Model):
    """Material that went along with the work: how much, at which agreed value, and whether it is taken off the pay.

    The holder of the order writes it down, the maker confirms it or says that it is not right; until then the holder
    may take it back. Where the holder's stock is kept, confirming moves
    it from one workshop to the other.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="materials")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("material"))
    quantity = measured(_("quantity"))
    value = RupiahField(_("agreed value"))
    is_owed = models.BooleanField(_("taken off the pay"), default=False)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    movement = models.OneToOneField(StockMovement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned = measured(_("came back"), default=0)
    dropped_on = models.DateField(_("taken back on"), null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drop_reason = models.CharField(_("why not"), max_length=200, blank=True)

    objects = OfClaim.as_manager()

    class Meta:
        verbose_name = _("material given along")
        constraints = [
            models.CheckConstraint(
                name="orders_materialgiven_quantity_positive",
                condition=Q(quantity__gt=0, returned__gte=0, returned__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="orders_materialgiven_value", condition=Q(value__gt=0) | Q(value=0, is_owed=False)
            ),
            models.CheckConstraint(
                name="orders_materialgiven_confirmed_whole",
                condition=Q(confirmed_on=None, confirmed_by=None, movement=None, returned=0)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_materialgiven_dropped_whole",
                condition=Q(dropped_on=None, dropped_by=None, drop_reason="")
                | Q(dropped_on__isnull=False, dropped_by__isnull=False, confirmed_on=None),
                violation_error_message=_("What was confirmed is not taken back; record what came back."),
            ),
            models.CheckConstraint(
                name="orders_materialgiven_two_sides",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("given_by")),
                violation_error_message=_("Whoever gave the material cannot also confirm it."),
            ),
        ]

    def __str__(self):
        return f"{self.claim}: {self.item}"

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_on is None and self.dropped_on is None

    @property
    def owed(self) -> int:
        """Rupiah taken off the pay: the agreed value of what did not come back."""
        if not self.is_owed or self.confirmed_on is None:
            return 0
        return settlement.part(self.value, self.quantity - self.returned, self.quantity)
