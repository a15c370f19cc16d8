"""What was done about a joint purchase, step by step, and what arrived."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured, who
from core.models import APPEND_ONLY
from core.reversal import Reversible, reversed_by_others
from ledger.channels import PAYING, channel_field
from ledger.models import Entry
from members.models import Partner
from pricing.models import Item
from stock import triggers
from stock.models.purchase import JointPurchase


class JointStep(Reversible):
    """One step of a joint purchase, in this order: chosen, received, shared out; the supplier is paid any time after
    it was received. At most one of each kind stands.
    """

    class Kind(models.TextChoices):
        CHOSEN = "chosen", _("supplier chosen and ordered")
        RECEIVED = "received", _("received")
        SHARED = "shared", _("shared out")
        PAID = "paid", _("supplier paid")

    purchase = models.ForeignKey(JointPurchase, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=8, choices=Kind)
    on = models.DateField(_("date"))
    by = who()
    supplier = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("supplier")
    )
    channel = channel_field(*PAYING, blank=True)
    """How the supplier was paid."""
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Reversible.Meta):
        verbose_name = _("step of a joint purchase")
        constraints = [
            reversed_by_others(),
            models.UniqueConstraint(
                fields=["purchase", "kind"], name="stock_jointstep_once", condition=Q(reversed_on=None)
            ),
            models.CheckConstraint(
                name="stock_jointstep_whole",
                condition=Q(kind="chosen", supplier__isnull=False, channel="", entry=None)
                | Q(kind__in=["received", "shared"], supplier=None, channel="", entry__isnull=False)
                | Q(kind="paid", supplier=None, channel__in=PAYING, entry__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="one_after_the_other",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                func=triggers.ONE_AFTER_THE_OTHER,
            ),
            pgtrigger.ReadOnly(
                name="stays_as_done", fields=["purchase", "kind", "on", "by", "supplier", "channel", "entry"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.purchase}: {self.get_kind_display()}"


class JointLine(models.Model):
    """What came of an item, and what the bill says for it, transport included."""

    step = models.ForeignKey(JointStep, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = measured(_("received"))
    cost = RupiahField(_("cost"))

    class Meta:
        verbose_name = _("line of a joint purchase")
        constraints = [
            models.UniqueConstraint(fields=["step", "item"], name="stock_jointline_once"),
            models.CheckConstraint(name="stock_jointline_positive", condition=Q(quantity__gt=0, cost__gt=0)),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.step}: {self.item}"
