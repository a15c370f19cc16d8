"""The money for what was delivered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.reversal import Reversible, ReversibleQuerySet, reversed_by_others
from ledger.channels import PAYING, RECEIVING, Channel, channel_field, one_of
from ledger.models import Entry
from orders.models.handover import Delivery
from savings.models import Movement

POSTED = [*PAYING, Channel.SAVINGS, Channel.OFFSET]
"""The money passes through the cooperative."""
UNPOSTED = [Channel.DIRECT, Channel.NOTHING]
"""The books do not see it."""


class SettlementQuerySet(ReversibleQuerySet):
    def visible_to(self, user):
        return self.filter(delivery__in=Delivery.objects.visible_to(user))


class Settlement(Reversible):
    """The money for one confirmed delivery: accepted × price, less what is owed on the sheet; never below zero.

    `settled` is when it left the holder of the order (into the cooperative's money by `paid_in`, or straight to the
    maker); `paid` is when the maker had it by `method`, or by the maker's own word. While the cooperative holds it,
    `method` is cash.
    """

    done_on, done_by = "settled_on", "settled_by"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="settlements")
    work = RupiahField(_("accepted × price"))
    late = RupiahField(_("taken off for being late"), default=0)
    reject = RupiahField(_("taken off for what was not good"), default=0)
    advance = RupiahField(_("paid ahead"), default=0)
    material = RupiahField(_("material owed"), default=0)
    amount = RupiahField(_("amount"))
    paid_in = channel_field(*RECEIVING, verbose_name=_("paid in"), blank=True)
    method = channel_field(*POSTED, *UNPOSTED)
    settled_on = models.DateField(_("settled on"))
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paid_on = models.DateField(_("paid out on"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    payout_entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SettlementQuerySet.as_manager()

    class Meta(Reversible.Meta):
        verbose_name = _("settlement")
        constraints = [
            one_of(*POSTED, *UNPOSTED, column="method"),
            models.UniqueConstraint(
                fields=["delivery"],
                name="orders_settlement_once",
                condition=Q(reversed_on=None),
                violation_error_message=_("This delivery is settled already."),
            ),
            models.CheckConstraint(
                name="orders_settlement_amount_positive",
                condition=Q(amount__gt=0) | Q(amount=0, method="nothing", paid_on__isnull=False),
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
                condition=Q(method__in=UNPOSTED, paid_in="", entry=None, payout_entry=None)
                | Q(method__in=POSTED, paid_in__in=RECEIVING, entry__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_settlement_paid_whole",
                condition=Q(paid_on=None, paid_by=None, payout_entry=None, savings=None)
                | (
                    Q(paid_on__isnull=False, paid_on__gte=F("settled_on"), paid_by__isnull=False)
                    & (
                        Q(method__in=["direct", "nothing"], savings=None)
                        | Q(method="offset", payout_entry=None, savings=None)
                        | Q(method__in=PAYING, payout_entry__isnull=False, savings=None)
                        | Q(method="savings", payout_entry__isnull=False, savings__isnull=False)
                    )
                ),
            ),
            reversed_by_others(on="settled_on", by="settled_by", unless=Q(method__in=UNPOSTED)),
            models.CheckConstraint(
                name="orders_settlement_reversed_by_others_than_payer",
                condition=Q(reversed_by=None)
                | Q(paid_by=None)
                | Q(method__in=UNPOSTED)
                | (~Q(reversed_by=F("paid_by")) & Q(reversed_on__gte=F("paid_on"))),
                violation_error_message=_("Whoever recorded it cannot also reverse it."),
            ),
        ]

    def __str__(self):
        return f"{self.delivery.claim}: {self.amount}"

    @property
    def is_a_mere_word(self) -> bool:
        """What was paid directly is the holder's word, which the maker has not confirmed."""
        return self.method in UNPOSTED

    def is_kept_from(self, user) -> bool:
        """Who paid it out does not reverse it either."""
        return super().is_kept_from(user) or (self.paid_by_id == user.pk and not self.is_a_mere_word)

    @property
    def taken_off(self) -> int:
        return self.work - self.amount
