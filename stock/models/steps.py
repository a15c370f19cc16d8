"""What was done about a joint purchase, step by step, and what each member got, owes and paid."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured
from core.models import APPEND_ONLY
from ledger.models import Entry
from members.models import Member, Partner
from pricing.models import Item
from savings.models import Movement
from stock import guards
from stock.models.buying import JointPurchase, by_whom
from stock.models.moving import StockMovement


class ReversibleQuerySet(models.QuerySet):
    def standing(self):
        """What was not reversed."""
        return self.filter(reversed_on=None)


class Reversible(models.Model):
    """Something that is never edited: a wrong one is reversed, by somebody else, and then done again."""

    on = models.DateField(_("date"))
    by = by_whom()
    reversed_on = models.DateField(_("reversed on"), null=True, blank=True)
    reversed_by = by_whom(null=True, blank=True)
    reversal_reason = models.CharField(_("reason for reversing"), max_length=200, blank=True)

    objects = ReversibleQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reversed_whole",
                condition=Q(reversed_on=None, reversed_by=None, reversal_reason="")
                | (
                    Q(reversed_on__isnull=False, reversed_on__gte=F("on"), reversed_by__isnull=False)
                    & ~Q(reversal_reason="")
                    & ~Q(reversed_by=F("by"))
                ),
                violation_error_message=_("Who wrote it down cannot also reverse it."),
            ),
        ]


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
    supplier = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("supplier")
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Reversible.Meta):
        verbose_name = _("step of a joint purchase")
        constraints = [
            *Reversible.Meta.constraints,
            models.UniqueConstraint(
                fields=["purchase", "kind"], name="stock_jointstep_once", condition=Q(reversed_on=None)
            ),
            models.CheckConstraint(
                name="stock_jointstep_whole",
                condition=Q(kind="chosen", supplier__isnull=False, entry=None)
                | Q(kind__in=["received", "shared", "paid"], supplier=None, entry__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="one_after_the_other",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                func=guards.ONE_AFTER_THE_OTHER,
            ),
            pgtrigger.ReadOnly(name="stays_as_done", fields=["purchase", "kind", "on", "by", "supplier", "entry"]),
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

    class Way(models.TextChoices):
        CASH = "cash", _("in cash")
        SAVINGS = "savings", _("out of voluntary savings")

    step = models.ForeignKey(JointStep, on_delete=models.PROTECT, related_name="payments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member"))
    amount = RupiahField(_("amount"))
    way = models.CharField(_("how"), max_length=7, choices=Way)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Reversible.Meta):
        verbose_name = _("payment for a share")
        constraints = [
            *Reversible.Meta.constraints,
            models.CheckConstraint(name="stock_jointpayment_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="stock_jointpayment_out_of_what",
                condition=Q(way="cash", savings=None) | Q(way="savings", savings__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_the_share",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=guards.WITHIN_THE_SHARE,
            ),
            pgtrigger.ReadOnly(
                name="stays_as_paid", fields=["step", "member", "amount", "way", "on", "by", "entry", "savings"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.step.purchase}: {self.member.name}"
