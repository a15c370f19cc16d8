"""What the member gets for goods that the cooperative sold."""

import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from ledger.models import Entry, Receipt
from sales.models.common import BY, reversed_whole
from sales.models.invoice import Invoice
from savings.models import Movement


class ProceedsPaymentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(invoice__in=Invoice.objects.visible_to(user))

    def standing(self, *, as_of: datetime.date):
        return self.filter(paid_on__lte=as_of).exclude(reversed_on__lte=as_of)


class ProceedsPayment(models.Model):
    """What the member was paid for goods that the cooperative sold; `is_back` where goods came back after it.

    The claim itself stands on the invoice (`Invoice.member_part`). A wrong payment is reversed and done again.
    """

    class Method(models.TextChoices):
        CASH = "cash", _("in cash")
        SAVINGS = "savings", _("into the member's savings")

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="proceeds")
    amount = RupiahField(_("amount"))
    is_back = models.BooleanField(_("paid back by the member"), default=False)
    method = models.CharField(_("way of paying"), max_length=10, choices=Method)
    paid_on = models.DateField(_("paid on"))
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    entry = models.OneToOneField(Entry, **BY)
    receipt = models.OneToOneField(Receipt, null=True, blank=True, **BY)
    savings = models.OneToOneField(Movement, null=True, blank=True, **BY)
    reversed_on = models.DateField(_("reversed on"), null=True, blank=True)
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **BY)
    reversal_reason = models.CharField(_("reason for reversing"), max_length=200, blank=True)

    objects = ProceedsPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of sales proceeds")
        constraints = [
            models.CheckConstraint(name="sales_proceedspayment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="sales_proceedspayment_as_it_went",
                condition=Q(method="cash", receipt__isnull=False, savings=None)
                | Q(method="savings", receipt=None, savings__isnull=False, is_back=False),
            ),
            models.CheckConstraint(
                name="sales_proceedspayment_reversed_whole",
                condition=reversed_whole("paid_by"),
                violation_error_message=_("Who wrote down a payment cannot also reverse it."),
            ),
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
