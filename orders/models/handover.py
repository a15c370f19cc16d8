"""Finished work on its way from the maker to the holder of the order."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.fields import measured
from orders.arithmetic import settlement
from orders.models.claim import Claim
from orders.models.quantities import NONE


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(claim__in=Claim.objects.visible_to(user))


class Delivery(models.Model):
    """Finished work on its way: the maker says sent, the other side what arrived, what is good and what is not.

    What is not good is `rejected` (back to the holder) or `reworked` (back to the maker), as the terms say.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="deliveries")
    delivered = measured(_("sent"))
    delivered_on = models.DateField(_("sent on"))
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received = measured(_("arrived"), null=True, blank=True)
    accepted = measured(_("accepted"), null=True, blank=True)
    rejected = measured(_("rejected"), null=True, blank=True)
    reworked = measured(_("back to be mended"), null=True, blank=True)
    kept = models.GeneratedField(
        expression=Coalesce(F("accepted") + F("rejected"), F("delivered")),
        output_field=measured(_("out of the maker's hands")),
        db_persist=True,
    )
    rejection_reason = models.CharField(_("what was wrong"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            models.CheckConstraint(name="orders_delivery_quantity_positive", condition=Q(delivered__gt=0)),
            models.CheckConstraint(
                name="orders_delivery_confirmed_whole",
                condition=Q(
                    confirmed_on=None,
                    confirmed_by=None,
                    received=None,
                    accepted=None,
                    rejected=None,
                    reworked=None,
                    rejection_reason="",
                )
                | Q(
                    confirmed_on__isnull=False,
                    confirmed_on__gte=F("delivered_on"),
                    confirmed_by__isnull=False,
                    received__isnull=False,
                    accepted__isnull=False,
                    accepted__gte=0,
                    rejected__isnull=False,
                    rejected__gte=0,
                    reworked__isnull=False,
                    reworked__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="orders_delivery_parts_add_up",
                condition=Q(accepted=None)
                | Q(received=F("accepted") + F("rejected") + F("reworked"), received__lte=F("delivered")),
            ),
            models.CheckConstraint(
                name="orders_delivery_rejected_for_a_reason",
                condition=Q(accepted=None) | Q(accepted=F("delivered")) | ~Q(rejection_reason=""),
            ),
            models.CheckConstraint(
                name="orders_delivery_two_sides",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("delivered_by")),
                violation_error_message=_("Who sent the work cannot also confirm it."),
            ),
        ]
        verbose_name_plural = "deliveries"

    def __str__(self):
        return f"{self.claim}: {self.delivered}"

    @property
    def amount(self) -> int:
        """Rupiah for what was accepted, at the agreed price."""
        return settlement.amount(self.accepted or NONE, self.claim.maker_price)

    @property
    def missing(self):
        """What was sent and did not arrive."""
        return NONE if self.received is None else self.delivered - self.received

    @property
    def not_good(self):
        return NONE if self.rejected is None else self.rejected + self.reworked
