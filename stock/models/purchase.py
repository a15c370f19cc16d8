"""What members want to buy together, and what suppliers ask for it; how far it is, its steps say."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured, who
from core.permissions import Permission
from members.models import Member, Partner
from pricing.models import Item
from stock import triggers


class JointPurchaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody may join, so everybody sees it."""
        return self if user.can(Permission.STOCK_VIEW) else self.none()


class JointPurchase(models.Model):
    """What members lack and buy together. How far it is, its steps say (`stock.models.step`)."""

    purpose = models.CharField(_("what for"), max_length=160)
    url = models.CharField(max_length=200, blank=True)
    needed_on = models.DateField(_("needed on"))
    opened_on = models.DateField(_("opened on"))
    opened_by = who()
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)

    objects = JointPurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint purchase")
        constraints = [
            models.CheckConstraint(
                name="stock_jointpurchase_cancelled_whole",
                condition=Q(cancelled_on=None, cancel_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="cancelled_before_received",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__cancelled_on__isnull=False),
                func=triggers.CANCELLED_BEFORE_RECEIVED,
            ),
        ]

    def __str__(self):
        return self.purpose

    def standing(self) -> dict:
        """`{kind: step}` of what was done and not reversed; asks `steps`, which a list has fetched ahead."""
        return {step.kind: step for step in self.steps.all() if step.reversed_on is None}


class JointNeed(models.Model):
    """So much a member wants of the purchase."""

    purchase = models.ForeignKey(JointPurchase, on_delete=models.PROTECT, related_name="needs")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = measured(_("quantity"))

    class Meta:
        verbose_name = _("need in a joint purchase")
        constraints = [
            models.UniqueConstraint(fields=["purchase", "member", "item"], name="stock_jointneed_once"),
            models.CheckConstraint(name="stock_jointneed_quantity_positive", condition=Q(quantity__gt=0)),
        ]

    def __str__(self):
        return f"{self.purchase}: {self.member.name}"


class Quote(models.Model):
    """What a supplier asks for one unit of an item."""

    purchase = models.ForeignKey(JointPurchase, on_delete=models.PROTECT, related_name="quotes")
    supplier = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", verbose_name=_("supplier"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    price = RupiahField(_("price asked"))
    asked_on = models.DateField(_("asked on"))

    class Meta:
        verbose_name = _("price asked")
        constraints = [
            models.UniqueConstraint(fields=["purchase", "supplier", "item"], name="stock_quote_once"),
            models.CheckConstraint(name="stock_quote_price_positive", condition=Q(price__gt=0)),
        ]

    def __str__(self):
        return f"{self.supplier}: {self.price}"
