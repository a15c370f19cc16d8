"""Money between the two sides of a handover outside its settlements."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.reversal import Reversible, reversed_by_others
from ledger.channels import PAYING, RECEIVING, Channel, channel_field, one_of
from ledger.models import Entry
from members.models import Member
from orders.models.claim import Claim, OfClaim


class Advance(Reversible):
    """Money that crossed outside the settlements: paid ahead by the holder, or paid back by the maker at the end.

    Through the cooperative it is received from one (`method`) and handed to the other at once (`handed`); directly,
    the other side confirms.
    """

    class Kind(models.TextChoices):
        AHEAD = "ahead", _("paid ahead")
        BACK = "back", _("paid back")

    done_on, done_by = "paid_on", "paid_by"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="advances")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AHEAD)
    amount = RupiahField(_("amount"))
    method = channel_field(*RECEIVING, Channel.DIRECT)
    handed = channel_field(*PAYING, verbose_name=_("handed on"), blank=True)
    paid_on = models.DateField(_("paid on"))
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfClaim.as_manager()

    class Meta(Reversible.Meta):
        verbose_name = _("advance")
        constraints = [
            one_of(*RECEIVING, Channel.DIRECT, column="method"),
            models.CheckConstraint(name="orders_advance_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="orders_advance_posted_unless_direct",
                condition=Q(method="direct", handed="", entry=None)
                | Q(method__in=RECEIVING, handed__in=PAYING, entry__isnull=False, confirmed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_advance_confirmed_whole",
                condition=Q(confirmed_on=None, confirmed_by=None)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_advance_two_sides",
                condition=~Q(method="direct") | Q(confirmed_by=None) | ~Q(confirmed_by=F("paid_by")),
                violation_error_message=_("Only the other side can confirm receiving the money."),
            ),
            reversed_by_others(on="paid_on", by="paid_by", unless=Q(method="direct", confirmed_on=None)),
        ]

    def __str__(self):
        return f"{self.claim}: {self.amount}"

    @property
    def is_a_mere_word(self) -> bool:
        """What was paid directly is the giver's word until the taker confirms it."""
        return self.method == Channel.DIRECT and self.confirmed_on is None

    @property
    def giver(self) -> Member:
        return self.claim.member if self.kind == self.Kind.BACK else self.claim.offer.line.order.member

    @property
    def taker(self) -> Member:
        return self.claim.offer.line.order.member if self.kind == self.Kind.BACK else self.claim.member

    @property
    def counts(self) -> int:
        """Rupiah by which the maker has been paid ahead through this, below zero for what was paid back."""
        if self.confirmed_on is None or self.reversed_on:
            return 0
        return -self.amount if self.kind == self.Kind.BACK else self.amount
