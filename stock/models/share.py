"""What each member got of a joint purchase, owes for it and paid."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured, who
from core.reversal import Reversible, reversed_by_others
from ledger.channels import RECEIVING, Channel, channel_field, one_of
from ledger.models import Entry
from members.models import Member
from pricing.models import Item
from savings.models import Movement
from stock import triggers
from stock.models.movement import StockMovement
from stock.models.step import JointStep

SHARE_CHANNELS = (*RECEIVING, Channel.SAVINGS)
"""Ways in which a member pays for what they got."""


class JointShare(models.Model):
    """What a member got of an item, and what it costs him; where the sharing out was reversed, how it went back."""

    step = models.ForeignKey(JointStep, on_delete=models.PROTECT, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = measured(_("quantity"))
    amount = RupiahField(_("amount"))
    movement = models.OneToOneField(StockMovement, on_delete=models.PROTECT, related_name="+")
    taken_back = models.OneToOneField(StockMovement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("share of a joint purchase")
        constraints = [
            models.UniqueConstraint(fields=["step", "member", "item"], name="stock_jointshare_once"),
            models.CheckConstraint(name="stock_jointshare_positive", condition=Q(quantity__gt=0, amount__gte=0)),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="stays_as_shared", fields=["step", "member", "item", "quantity", "amount", "movement"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.step}: {self.member.name}"


class JointPayment(Reversible):
    """Money a member paid for his share; until then it stands on his account."""

    step = models.ForeignKey(JointStep, on_delete=models.PROTECT, related_name="payments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member"))
    amount = RupiahField(_("amount"))
    channel = channel_field(*SHARE_CHANNELS)
    on = models.DateField(_("date"))
    by = who()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Reversible.Meta):
        verbose_name = _("payment for a share")
        constraints = [
            reversed_by_others(),
            one_of(*SHARE_CHANNELS),
            models.CheckConstraint(name="stock_jointpayment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="stock_jointpayment_out_of_what",
                condition=Q(channel=Channel.SAVINGS, savings__isnull=False)
                | (~Q(channel=Channel.SAVINGS) & Q(savings=None)),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_the_share",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=triggers.WITHIN_THE_SHARE,
            ),
            pgtrigger.ReadOnly(
                name="stays_as_paid", fields=["step", "member", "amount", "channel", "on", "by", "entry", "savings"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.step.purchase}: {self.member.name}"
