"""What leaves for the buyer."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import measured
from core.reversal import Reversible, reversed_by_others
from orders.models import Order, OrderLine
from sales.models.common import BY, OfOrderQuerySet


class Shipment(Reversible):
    """What left for the buyer on one day, with its delivery note, numbered without gaps: SJ-2026-0001.

    A wrong one is reversed by somebody else and keeps its number; what it said goes along anew.
    """

    done_on, done_by = "sent_on", "sent_by"

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shipments")
    sent_on = models.DateField(_("sent on"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery to the buyer")
        constraints = [
            reversed_by_others(on="sent_on", by="sent_by"),
        ]
        indexes = [models.Index(fields=["sent_on"], name="sales_shipment_day")]
        triggers = [
            pgtrigger.ReadOnly(name="kept_as_sent", fields=["number", "order", "sent_on", "sent_by", "note"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.number


class ShipmentLine(models.Model):
    """How many of one line of the order went along, in base units."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="shipped_in")
    quantity = measured(_("quantity"))

    class Meta:
        verbose_name = _("line of a delivery to the buyer")
        constraints = [
            models.UniqueConstraint(fields=["shipment", "line"], name="sales_shipmentline_once"),
            models.CheckConstraint(name="sales_shipmentline_positive", condition=Q(quantity__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="kept_as_sent", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.shipment}: {self.line.item}"
