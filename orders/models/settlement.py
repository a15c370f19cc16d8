"""The money for what was delivered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from ledger.models import Entry
from orders.models.handover import Delivery
from savings.models import Movement


class SettlementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(delivery__in=Delivery.objects.visible_to(user))


class Settlement(models.Model):
    """The money for one confirmed delivery: accepted × price, less what is owed on the sheet; never below zero.

    `settled` is when it left the holder of the order (into the cooperative's cash, or straight to the maker);
    `paid` is when the maker had it (in cash, in savings, or by the maker's own word).
    """

    class Method(models.TextChoices):
        CASH = "cash", _("in cash through the cooperative")
        SAVINGS = "savings", _("into the maker's savings")
        DIRECT = "direct", _("paid directly")
        OFFSET = "offset", _("against what the maker owes the cooperative")
        NETTED = "netted", _("nothing left to pay: all of it was taken off")

    POSTED = [Method.CASH, Method.SAVINGS, Method.OFFSET]
    """The money passes through the cooperative."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="settlements")
    work = RupiahField(_("accepted × price"))
    late = RupiahField(_("taken off for being late"), default=0)
    reject = RupiahField(_("taken off for what was not good"), default=0)
    advance = RupiahField(_("paid ahead"), default=0)
    material = RupiahField(_("material owed"), default=0)
    amount = RupiahField(_("amount"))
    method = models.CharField(_("way of paying"), max_length=10, choices=Method)
    settled_on = models.DateField(_("settled on"))
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(_("paid out on"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    payout_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reversed_on = models.DateField(_("reversed on"), null=True, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reversal_reason = models.CharField(_("reason for reversing"), max_length=200, blank=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = _("settlement")
        constraints = [
            models.UniqueConstraint(
                fields=["delivery"],
                name="orders_settlement_once",
                condition=Q(reversed_on=None),
                violation_error_message=_("This delivery is settled already."),
            ),
            models.CheckConstraint(
                name="orders_settlement_amount_positive",
                condition=Q(amount__gt=0) | Q(amount=0, method="netted", paid_on__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_settlement_parts_add_up",
                condition=Q(
                    work__gt=0,
                    late__gte=0,
                    reject__gte=0,
                    advance__gte=0,
                    material__gte=0,
                    amount=F("work") - F("late") - F("reject") - F("advance") - F("material"),
                ),
            ),
            models.CheckConstraint(
                name="orders_settlement_posted_unless_direct",
                condition=Q(method__in=["direct", "netted"], entry=None, payout_entry=None)
                | Q(method__in=["cash", "savings", "offset"], entry__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_settlement_paid_whole",
                condition=Q(paid_on=None, paid_by=None, payout_entry=None, savings=None)
                | (
                    Q(paid_on__isnull=False, paid_on__gte=F("settled_on"), paid_by__isnull=False)
                    & (
                        Q(method__in=["direct", "netted"], savings=None)
                        | Q(method="offset", payout_entry=None, savings=None)
                        | Q(method="cash", payout_entry__isnull=False, savings=None)
                        | Q(method="savings", payout_entry__isnull=False, savings__isnull=False)
                    )
                ),
            ),
            models.CheckConstraint(
                name="orders_settlement_reversed_whole",
                condition=Q(reversed_on=None, reversed_by=None, reversal_reason="")
                | (Q(reversed_on__isnull=False, reversed_by__isnull=False) & ~Q(reversal_reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.delivery.claim}: {self.amount}"

    @property
    def taken_off(self) -> int:
        return self.work - self.amount
