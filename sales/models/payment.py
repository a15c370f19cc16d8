"""What the buyer pays, and what is given back to him."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.reversal import Reversible, reversed_by_others
from ledger.channels import RECEIVING, channel_field, one_of
from ledger.models import Entry, Receipt
from orders.models import Order
from sales.models.common import BY, OfOrderQuerySet
from sales.models.invoice import Invoice


class BuyerPayment(Reversible):
    """Money between a buyer and the seller: a deposit, a payment on an invoice, or money given back.

    Posted with a receipt where the cooperative is the seller, recorded without posting where the member sells.
    """

    done_on, done_by = "paid_on", "recorded_by"

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", _("deposit of the buyer")
        INVOICE = "invoice", _("payment on an invoice")
        REFUND = "refund", _("deposit given back")
        RETURNED = "returned", _("money given back for returned goods")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    amount = RupiahField(_("amount"))
    method = channel_field(*RECEIVING)
    paid_on = models.DateField(_("paid on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    entry = models.OneToOneField(Entry, null=True, blank=True, **BY)
    receipt = models.OneToOneField(Receipt, null=True, blank=True, **BY)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of a buyer")
        constraints = [
            models.CheckConstraint(name="sales_buyerpayment_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="sales_buyerpayment_on_an_invoice",
                condition=Q(kind__in=["invoice", "returned"], invoice__isnull=False)
                | Q(kind__in=["deposit", "refund"], invoice=None),
            ),
            one_of(*RECEIVING, column="method"),
            models.CheckConstraint(
                name="sales_buyerpayment_receipt_with_entry",
                condition=Q(entry=None, receipt=None) | Q(entry__isnull=False, receipt__isnull=False),
            ),
            reversed_by_others(on="paid_on", by="recorded_by"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="kept_as_paid",
                fields=["order", "invoice", "kind", "amount", "method", "paid_on", "recorded_by", "entry", "receipt"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.order}: {self.amount}"
