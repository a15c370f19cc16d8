"""What comes back from a buyer."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured
from core.reversal import Reversible, reversed_by_others
from ledger.models import Entry
from orders.models import Order, OrderLine
from sales.models.common import BY, OfOrderQuerySet
from sales.models.invoice import Invoice


class BuyerReturn(Reversible):
    """Goods that a buyer gave back on one day, numbered without gaps: RT-2026-0001.

    Where they were invoiced it is a credit note (nota kredit): the buyer owes so much less, and what was paid too much
    can be given back. Where they were not, the next invoice simply does not ask for them.
    """

    done_on, done_by = "returned_on", "recorded_by"

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="returns")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="returns")
    returned_on = models.DateField(_("came back on"))
    reason = models.CharField(_("reason"), max_length=200)
    amount = RupiahField(_("credited"), default=0)
    member_part = RupiahField(_("of it the member's"), default=0)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    entry = models.OneToOneField(Entry, null=True, blank=True, **BY)

    objects = OfOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("return of a buyer")
        constraints = [
            models.CheckConstraint(name="sales_buyerreturn_for_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="sales_buyerreturn_credit_on_an_invoice",
                condition=Q(invoice=None, amount=0, member_part=0, entry=None)
                | Q(invoice__isnull=False, amount__gt=0, member_part__gte=0, member_part__lte=F("amount")),
            ),
            reversed_by_others(on="returned_on", by="recorded_by"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="kept_as_returned",
                fields=[
                    "number",
                    "order",
                    "invoice",
                    "returned_on",
                    "reason",
                    "amount",
                    "member_part",
                    "recorded_by",
                    "entry",
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.number


class ReturnLine(models.Model):
    """How many of one line of the order came back, in base units."""

    back = models.ForeignKey(BuyerReturn, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="returned_in")
    quantity = measured(_("quantity"))

    class Meta:
        verbose_name = _("line of a return")
        constraints = [
            models.UniqueConstraint(fields=["back", "line"], name="sales_returnline_once"),
            models.CheckConstraint(name="sales_returnline_positive", condition=Q(quantity__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="kept_as_returned", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.back}: {self.line.item}"
