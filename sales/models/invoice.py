"""What the buyer is asked to pay."""

import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured
from core.reversal import Reversible, reversed_by_others
from ledger.models import Entry
from orders.arithmetic import settlement
from orders.models import Order, OrderLine
from orders.models.quantities import rupiah_of
from sales.models.common import BY, OfOrderQuerySet


class InvoiceQuerySet(OfOrderQuerySet):
    def counted(self, *, as_of: datetime.date):
        """Each with `paid` and `given_back` so far, `credited` for returns, and `open`, what the buyer still owes.

        Below zero where the buyer has paid for goods that came back. `member_open` is what the member is still to get
        (or, below zero, to pay back) where the cooperative sells.
        """

        def sum_of(relation, amount="amount", **which):
            rows = self.model._meta.get_field(relation).related_model.objects.standing(as_of=as_of)
            return rupiah_of(rows.filter(invoice=OuterRef("pk"), **which), "invoice", F(amount))

        return self.annotate(
            paid=sum_of("payments", kind="invoice"),
            given_back=sum_of("payments", kind="returned"),
            credited=sum_of("returns"),
            member_lost=sum_of("returns", "member_part"),
            member_paid=sum_of("proceeds", is_back=False) - sum_of("proceeds", is_back=True),
        ).annotate(
            open=F("amount") - F("deposit_used") - F("credited") - F("paid") + F("given_back"),
            member_open=F("member_part") - F("member_lost") - F("member_paid"),
        )


class Invoice(Reversible):
    """What the buyer is asked to pay for what was delivered, numbered without gaps: FK-2026-0001.

    The price is the one that was agreed on the order. Deposits are taken off. Where the cooperative is the seller it
    stands in the books of the general unit; where the member sells, it is written down and not posted.
    """

    done_on, done_by = "issued_on", "issued_by"

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="invoices")
    issued_on = models.DateField(_("invoiced on"))
    due_on = models.DateField(_("to be paid by"))
    amount = RupiahField(_("amount"))
    deposit_used = RupiahField(_("deposit taken off"), default=0)
    member_part = RupiahField(_("what the member gets of it"), default=0)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    entry = models.OneToOneField(Entry, null=True, blank=True, **BY)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice to a buyer")
        constraints = [
            models.CheckConstraint(name="sales_invoice_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="sales_invoice_deposit_within",
                condition=Q(deposit_used__gte=0, deposit_used__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="sales_invoice_member_gets_a_part",
                condition=Q(member_part=0) | Q(member_part__gt=0, member_part__lte=F("amount"), entry__isnull=False),
            ),
            models.CheckConstraint(name="sales_invoice_dates_in_order", condition=Q(due_on__gte=F("issued_on"))),
            reversed_by_others(on="issued_on", by="issued_by"),
        ]
        indexes = [models.Index(fields=["due_on"], name="sales_invoice_due")]
        triggers = [
            pgtrigger.ReadOnly(
                name="kept_as_issued",
                fields=[
                    "number",
                    "order",
                    "issued_on",
                    "due_on",
                    "amount",
                    "deposit_used",
                    "member_part",
                    "issued_by",
                    "entry",
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.number


class InvoiceLine(models.Model):
    """How many of one line of the order an invoice asks for, in base units, at the price of the line."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="invoiced_in")
    quantity = measured(_("quantity"))

    class Meta:
        verbose_name = _("line of an invoice")
        constraints = [
            models.UniqueConstraint(fields=["invoice", "line"], name="sales_invoiceline_once"),
            models.CheckConstraint(name="sales_invoiceline_positive", condition=Q(quantity__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="kept_as_issued", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.invoice}: {self.line.item}"

    @property
    def amount(self) -> int:
        return settlement.amount(self.quantity, self.line.price)
