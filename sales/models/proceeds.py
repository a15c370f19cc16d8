"""What the member gets for goods that the cooperative sold."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.reversal import Reversible, reversed_by_others
from ledger.channels import PAYING, RECEIVING, Channel, channel_field
from ledger.models import Entry, Receipt
from sales.models.common import BY, StandingQuerySet
from sales.models.invoice import Invoice
from savings.models import Movement


class ProceedsPaymentQuerySet(StandingQuerySet):
    def visible_to(self, user):
        return self.filter(invoice__in=Invoice.objects.visible_to(user))


class ProceedsPayment(Reversible):
    """What the member was paid for goods that the cooperative sold; `is_back` where goods came back after it.

    The claim itself stands on the invoice (`Invoice.member_part`). A wrong payment is reversed and done again.
    """

    done_on, done_by = "paid_on", "paid_by"

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="proceeds")
    amount = RupiahField(_("amount"))
    is_back = models.BooleanField(_("paid back by the member"), default=False)
    method = channel_field(*RECEIVING, Channel.SAVINGS)
    paid_on = models.DateField(_("paid on"))
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    entry = models.OneToOneField(Entry, **BY)
    receipt = models.OneToOneField(Receipt, null=True, blank=True, **BY)
    savings = models.OneToOneField(Movement, null=True, blank=True, **BY)

    objects = ProceedsPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of sales proceeds")
        constraints = [
            models.CheckConstraint(name="sales_proceedspayment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="sales_proceedspayment_as_it_went",
                condition=Q(method__in=PAYING, receipt__isnull=False, savings=None, is_back=False)
                | Q(method__in=RECEIVING, receipt__isnull=False, savings=None, is_back=True)
                | Q(method="savings", receipt=None, savings__isnull=False, is_back=False),
            ),
            reversed_by_others(on="paid_on", by="paid_by"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="kept_as_paid",
                fields=[
                    "invoice",
                    "amount",
                    "is_back",
                    "method",
                    "paid_on",
                    "paid_by",
                    "entry",
                    "receipt",
                    "savings",
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.invoice}: {self.amount}"
