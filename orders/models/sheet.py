"""The handover sheet beside the work itself: changed terms, material that went along, money paid ahead."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from ledger.models import Entry
from members.models import Member
from orders import settlement
from orders.models.board import Claim
from orders.models.quantities import measured
from orders.models.terms import AgreedTerms, sound
from pricing.models import Item
from stock.models import StockMovement

USER = settings.AUTH_USER_MODEL


class OfClaim(models.QuerySet):
    def visible_to(self, user):
        return self.filter(claim__in=Claim.objects.visible_to(user))


class TermsChange(AgreedTerms):
    """Other terms that one side proposes before work starts; they count when the other side agrees."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="changes")
    reason = models.CharField(_("reason"), max_length=200)
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    proposed_by_maker = models.BooleanField()
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)

    objects = OfClaim.as_manager()

    class Meta:
        verbose_name = _("change of terms")
        constraints = [
            *sound("termschange"),
            models.CheckConstraint(
                name="orders_termschange_answered_whole",
                condition=Q(agreed_on=None, agreed_by=None)
                | Q(agreed_on__isnull=False, agreed_by__isnull=False, dropped_on=None),
            ),
            models.CheckConstraint(
                name="orders_termschange_two_sides",
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("proposed_by")),
                violation_error_message=_("The other side agrees to changed terms."),
            ),
            models.UniqueConstraint(
                fields=["claim"],
                name="orders_termschange_one_open",
                condition=Q(agreed_on=None, dropped_on=None),
                violation_error_message=_("Other terms are proposed already. Answer those first."),
            ),
        ]

    def __str__(self):
        return str(self.claim)

    @property
    def is_open(self) -> bool:
        return self.agreed_on is None and self.dropped_on is None


class MaterialGiven(models.Model):
    """Material that went along with the work: how much, at which agreed value, and whether it is taken off the pay.

    The holder of the order writes it down, the maker confirms it. Where the holder's stock is kept, confirming moves
    it from one workshop to the other.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="materials")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("material"))
    quantity = measured(_("quantity"))
    value = RupiahField(_("agreed value"))
    is_owed = models.BooleanField(_("taken off the pay"), default=False)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    movement = models.OneToOneField(StockMovement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned = measured(_("came back"), default=0)

    objects = OfClaim.as_manager()

    class Meta:
        verbose_name = _("material given along")
        constraints = [
            models.CheckConstraint(
                name="orders_materialgiven_quantity_positive",
                condition=Q(quantity__gt=0, returned__gte=0, returned__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="orders_materialgiven_value", condition=Q(value__gt=0) | Q(value=0, is_owed=False)
            ),
            models.CheckConstraint(
                name="orders_materialgiven_confirmed_whole",
                condition=Q(confirmed_on=None, confirmed_by=None, movement=None, returned=0)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_materialgiven_two_sides",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("given_by")),
                violation_error_message=_("Who gave the material cannot also confirm it."),
            ),
        ]

    def __str__(self):
        return f"{self.claim}: {self.item}"

    @property
    def owed(self) -> int:
        """Rupiah taken off the pay: the agreed value of what did not come back."""
        if not self.is_owed or self.confirmed_on is None:
            return 0
        return settlement.part(self.value, self.quantity - self.returned, self.quantity)


class Advance(models.Model):
    """Money that crossed outside the settlements: paid ahead by the holder, or paid back by the maker at the end.

    Through the cooperative it is received from one and handed to the other at once; directly, the other side confirms.
    """

    class Kind(models.TextChoices):
        AHEAD = "ahead", _("paid ahead")
        BACK = "back", _("paid back")

    class Method(models.TextChoices):
        CASH = "cash", _("in cash through the cooperative")
        DIRECT = "direct", _("paid directly")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="advances")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AHEAD)
    amount = RupiahField(_("amount"))
    method = models.CharField(_("way of paying"), max_length=10, choices=Method)
    paid_on = models.DateField(_("paid on"))
    paid_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reversed_on = models.DateField(_("reversed on"), null=True, blank=True)
    reversed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reversal_reason = models.CharField(_("reason for reversing"), max_length=200, blank=True)

    objects = OfClaim.as_manager()

    class Meta:
        verbose_name = _("advance")
        constraints = [
            models.CheckConstraint(name="orders_advance_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="orders_advance_posted_unless_direct",
                condition=Q(method="direct", entry=None)
                | Q(method="cash", entry__isnull=False, confirmed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_advance_confirmed_whole",
                condition=Q(confirmed_on=None, confirmed_by=None)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_advance_two_sides",
                condition=Q(method="cash") | Q(confirmed_by=None) | ~Q(confirmed_by=F("paid_by")),
                violation_error_message=_("The other side confirms having the money."),
            ),
            models.CheckConstraint(
                name="orders_advance_reversed_whole",
                condition=Q(reversed_on=None, reversed_by=None, reversal_reason="")
                | (Q(reversed_on__isnull=False, reversed_by__isnull=False) & ~Q(reversal_reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.claim}: {self.amount}"

    @property
    def giver(self) -> Member:
        return self.claim.member if self.kind == self.Kind.BACK else self.claim.surplus.line.order.member

    @property
    def taker(self) -> Member:
        return self.claim.surplus.line.order.member if self.kind == self.Kind.BACK else self.claim.member

    @property
    def counts(self) -> int:
        """Rupiah by which the maker has been paid ahead through this, below zero for what was paid back."""
        if self.confirmed_on is None or self.reversed_on:
            return 0
        return -self.amount if self.kind == self.Kind.BACK else self.amount
