"""What goes to the buyer, what is asked for it, and what the buyer pays."""

import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.permissions import Permission
from ledger.models import Entry, Receipt
from orders import settlement
from orders.models.quantities import measured, rupiah_of
from orders.models.taking import Order, OrderLine

BY = {"on_delete": models.PROTECT, "related_name": "+"}


def reversed_whole(by: str) -> Q:
    """Nothing of a reversal or all of it, and never by who wrote it down (`by`)."""
    undone = Q(reversed_on__isnull=False, reversed_by__isnull=False) & ~Q(reversal_reason="") & ~Q(reversed_by=F(by))
    return Q(reversed_on=None, reversed_by=None, reversal_reason="") | undone


class OfOrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.can(Permission.ORDER_LIST_ALL) else self.filter(order__member__user=user)


class ShipmentQuerySet(OfOrderQuerySet):
    def standing(self, *, as_of: datetime.date):
        """Sent by that day and not undone by then."""
        return self.filter(sent_on__lte=as_of).exclude(reversed_on__lte=as_of)


class Shipment(models.Model):
    """What left for the buyer on one day, with its delivery note, numbered without gaps: SJ-2026-0001.

    A wrong one is reversed by somebody else and keeps its number; what it said goes along anew.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shipments")
    sent_on = models.DateField(_("sent on"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    note = models.CharField(_("note"), max_length=200, blank=True)
    reversed_on = models.DateField(_("reversed on"), null=True, blank=True)
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **BY)
    reversal_reason = models.CharField(_("reason for reversing"), max_length=200, blank=True)

    objects = ShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery to the buyer")
        constraints = [
            models.CheckConstraint(
                name="orders_shipment_reversed_whole",
                condition=reversed_whole("sent_by"),
                violation_error_message=_("Who sent it cannot also reverse the delivery note."),
            ),
        ]
        indexes = [models.Index(fields=["sent_on"], name="orders_shipment_day")]
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
            models.UniqueConstraint(fields=["shipment", "line"], name="orders_shipmentline_once"),
            models.CheckConstraint(name="orders_shipmentline_positive", condition=Q(quantity__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="kept_as_sent", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.shipment}: {self.line.item}"


class InvoiceQuerySet(OfOrderQuerySet):
    def standing(self, *, as_of: datetime.date):
        """Issued by that day and not undone by then."""
        return self.filter(issued_on__lte=as_of).exclude(reversed_on__lte=as_of)

    def counted(self, *, as_of: datetime.date):
        """Each with `paid` and `given_back` so far, `credited` for returns, and `open`, what the buyer still owes.

        Below zero where the buyer has paid for goods that came back. `member_open` is what the member is still to get
        (or, below zero, to pay back) where the cooperative sells.
        """

        def sum_of(relation, amount="amount", **which):
            rows = self.model._meta.get_field(relation).related_model.objects.standing(as_of=as_of)
            return rupiah_of(rows.filter(invoice=OuterRef("pk"), **which), "invoice", F(amount))

        return self.annotate(
            paid=sum_of("payments", kind=BuyerPayment.Kind.INVOICE),
            given_back=sum_of("payments", kind=BuyerPayment.Kind.RETURNED),
            credited=sum_of("returns"),
            member_lost=sum_of("returns", "member_part"),
            member_paid=sum_of("proceeds", is_back=False) - sum_of("proceeds", is_back=True),
        ).annotate(
            open=F("amount") - F("deposit_used") - F("credited") - F("paid") + F("given_back"),
            member_open=F("member_part") - F("member_lost") - F("member_paid"),
        )


class Invoice(models.Model):
    """What the buyer is asked to pay for what was delivered, numbered without gaps: FK-2026-0001.

    The price is the one that was agreed on the order. Deposits are taken off. Where the cooperative is the seller it
    stands in the books of the general unit; where the member sells, it is written down and not posted.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="invoices")
    issued_on = models.DateField(_("invoiced on"))
    due_on = models.DateField(_("to be paid by"))
    amount = RupiahField(_("amount"))
    deposit_used = RupiahField(_("deposit taken off"), default=0)
    member_part = RupiahField(_("what the member gets of it"), default=0)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    entry = models.OneToOneField(Entry, null=True, blank=True, **BY)
    reversed_on = models.DateField(_("reversed on"), null=True, blank=True)
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **BY)
    reversal_reason = models.CharField(_("reason for reversing"), max_length=200, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice to a buyer")
        constraints = [
            models.CheckConstraint(name="orders_invoice_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="orders_invoice_deposit_within",
                condition=Q(deposit_used__gte=0, deposit_used__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="orders_invoice_member_gets_a_part",
                condition=Q(member_part=0) | Q(member_part__gt=0, member_part__lte=F("amount"), entry__isnull=False),
            ),
            models.CheckConstraint(name="orders_invoice_dates_in_order", condition=Q(due_on__gte=F("issued_on"))),
            models.CheckConstraint(
                name="orders_invoice_reversed_whole",
                condition=reversed_whole("issued_by"),
                violation_error_message=_("Who issued an invoice cannot also reverse it."),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="orders_invoice_due")]
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
            models.UniqueConstraint(fields=["invoice", "line"], name="orders_invoiceline_once"),
            models.CheckConstraint(name="orders_invoiceline_positive", condition=Q(quantity__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="kept_as_issued", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.invoice}: {self.line.item}"

    @property
    def amount(self) -> int:
        return settlement.amount(self.quantity, self.line.price)


class BuyerPaymentQuerySet(OfOrderQuerySet):
    def standing(self, *, as_of: datetime.date):
        """Paid by that day and not undone by then."""
        return self.filter(paid_on__lte=as_of).exclude(reversed_on__lte=as_of)


class BuyerPayment(models.Model):
    """Money between a buyer and the seller: a deposit, a payment on an invoice, or money given back.

    Posted with a receipt where the cooperative is the seller, written down without posting where the member sells.
    """

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", _("deposit of the buyer")
        INVOICE = "invoice", _("payment on an invoice")
        REFUND = "refund", _("deposit given back")
        RETURNED = "returned", _("money given back for returned goods")

    class Method(models.TextChoices):
        CASH = "cash", _("in cash")
        BANK = "bank", _("by bank transfer")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    amount = RupiahField(_("amount"))
    method = models.CharField(_("way of paying"), max_length=10, choices=Method)
    paid_on = models.DateField(_("paid on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **BY)
    entry = models.OneToOneField(Entry, null=True, blank=True, **BY)
    receipt = models.OneToOneField(Receipt, null=True, blank=True, **BY)
    reversed_on = models.DateField(_("reversed on"), null=True, blank=True)
    reversed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **BY)
    reversal_reason = models.CharField(_("reason for reversing"), max_length=200, blank=True)

    objects = BuyerPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of a buyer")
        constraints = [
            models.CheckConstraint(name="orders_buyerpayment_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="orders_buyerpayment_on_an_invoice",
                condition=Q(kind__in=["invoice", "returned"], invoice__isnull=False)
                | Q(kind__in=["deposit", "refund"], invoice=None),
            ),
            models.CheckConstraint(name="orders_buyerpayment_method_known", condition=Q(method__in=["cash", "bank"])),
            models.CheckConstraint(
                name="orders_buyerpayment_receipt_with_entry",
                condition=Q(entry=None, receipt=None) | Q(entry__isnull=False, receipt__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_buyerpayment_reversed_whole",
                condition=reversed_whole("recorded_by"),
                violation_error_message=_("Who wrote down a payment cannot also reverse it."),
            ),
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
