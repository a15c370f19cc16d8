"""Material that several members buy together because none of them has or needs enough alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured
from core.models import APPEND_ONLY
from core.permissions import Permission
from ledger.models import Entry
from members.models import Member, Partner
from pricing.models import Item
from stock.models.moving import StockMovement


def by_whom(**kwargs):
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **kwargs)


class JointPurchaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody may join, so everybody sees it."""
        return self if user.can(Permission.STOCK_VIEW) else self.none()

    def open(self):
        """Those that members can still join: nothing is ordered yet."""
        return self.filter(chosen_on=None, cancelled_on=None)


class JointPurchase(models.Model):
    """What members lack, whom they asked for a price, who supplies it, what came, and who got and owes what.

    Each step is written down once, in this order: opened, chosen and ordered, received, shared out; the supplier is
    paid after it was received. The dates tell how far it is.
    """

    purpose = models.CharField(_("what for"), max_length=160)
    url = models.CharField(max_length=200, blank=True)
    needed_on = models.DateField(_("needed on"))
    opened_on = models.DateField(_("opened on"))
    opened_by = by_whom()
    supplier = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("supplier")
    )
    chosen_on = models.DateField(_("ordered on"), null=True, blank=True)
    chosen_by = by_whom(null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = by_whom(null=True, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    shared_on = models.DateField(_("shared out on"), null=True, blank=True)
    shared_by = by_whom(null=True, blank=True)
    share_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(_("supplier paid on"), null=True, blank=True)
    paid_by = by_whom(null=True, blank=True)
    payment_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)

    objects = JointPurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint purchase")
        constraints = [
            models.CheckConstraint(
                name="stock_jointpurchase_chosen_whole",
                condition=Q(supplier=None, chosen_on=None, chosen_by=None)
                | Q(supplier__isnull=False, chosen_on__isnull=False, chosen_by__isnull=False),
            ),
            models.CheckConstraint(
                name="stock_jointpurchase_received_whole",
                condition=Q(received_on=None, received_by=None, entry=None)
                | Q(
                    received_on__gte=F("chosen_on"),
                    received_on__isnull=False,
                    chosen_on__isnull=False,
                    received_by__isnull=False,
                    entry__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="stock_jointpurchase_shared_whole",
                condition=Q(shared_on=None, shared_by=None, share_entry=None)
                | Q(
                    shared_on__gte=F("received_on"),
                    shared_on__isnull=False,
                    received_on__isnull=False,
                    shared_by__isnull=False,
                    share_entry__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="stock_jointpurchase_paid_whole",
                condition=Q(paid_on=None, paid_by=None, payment_entry=None)
                | Q(
                    paid_on__gte=F("received_on"),
                    paid_on__isnull=False,
                    received_on__isnull=False,
                    paid_by__isnull=False,
                    payment_entry__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="stock_jointpurchase_four_eyes",
                condition=Q(paid_by=None) | ~Q(paid_by=F("chosen_by")),
                violation_error_message=_("Who chose the supplier cannot also pay him."),
            ),
            models.CheckConstraint(
                name="stock_jointpurchase_cancelled_before_received",
                condition=Q(cancelled_on=None, cancel_reason="")
                | (Q(cancelled_on__isnull=False, received_on=None) & ~Q(cancel_reason="")),
            ),
        ]

    def __str__(self):
        return self.purpose


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


class JointLine(models.Model):
    """What came of an item, and what the bill says for it, transport included."""

    purchase = models.ForeignKey(JointPurchase, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = measured(_("received"))
    cost = RupiahField(_("cost"))

    class Meta:
        verbose_name = _("line of a joint purchase")
        constraints = [
            models.UniqueConstraint(fields=["purchase", "item"], name="stock_jointline_once"),
            models.CheckConstraint(name="stock_jointline_positive", condition=Q(quantity__gt=0, cost__gt=0)),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.purchase}: {self.item}"


class JointShare(models.Model):
    """What a member got of an item, and what it costs him."""

    purchase = models.ForeignKey(JointPurchase, on_delete=models.PROTECT, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    quantity = measured(_("quantity"))
    amount = RupiahField(_("amount"))
    movement = models.OneToOneField(StockMovement, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("share of a joint purchase")
        constraints = [
            models.UniqueConstraint(fields=["purchase", "member", "item"], name="stock_jointshare_once"),
            models.CheckConstraint(name="stock_jointshare_positive", condition=Q(quantity__gt=0, amount__gte=0)),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.purchase}: {self.member.name}"


class JointPayment(models.Model):
    """Money a member paid for his share; until then it stands on his account."""

    class Way(models.TextChoices):
        CASH = "cash", _("in cash")
        SAVINGS = "savings", _("out of voluntary savings")

    purchase = models.ForeignKey(JointPurchase, on_delete=models.PROTECT, related_name="payments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member"))
    amount = RupiahField(_("amount"))
    way = models.CharField(_("how"), max_length=7, choices=Way)
    on = models.DateField(_("paid on"))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    received_by = by_whom()

    class Meta:
        verbose_name = _("payment for a share")
        constraints = [models.CheckConstraint(name="stock_jointpayment_positive", condition=Q(amount__gt=0))]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.purchase}: {self.member.name}"
