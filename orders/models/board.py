"""Work that looks for other hands, who took it, and what they sent."""

import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.permissions import Permission
from members.models import Member
from orders import settlement
from orders.models.quantities import NONE, measured, total_of
from orders.models.taking import OrderLine
from orders.models.terms import AgreedTerms, sound


class SurplusQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every member reads the board: work that looks for hands is nobody's secret."""
        return self if user.can(Permission.SURPLUS_VIEW) else self.none()

    def open(self, *, as_of: datetime.date):
        return self.filter(withdrawn_on=None, closes_on__gte=as_of, line__order__cancelled_on=None)

    def counted(self):
        """Each with `taken` (claimed and not given back) and `rejected` (came back), in base units."""
        claims = Claim.objects.filter(surplus=OuterRef("pk"))
        rejects = Delivery.objects.filter(claim__surplus=OuterRef("pk"))
        return self.annotate(
            taken=total_of(claims, "surplus", F("quantity") - F("withdrawn")),
            rejected=total_of(rejects, "claim__surplus", F("rejected")),
        ).annotate(left=F("quantity") - F("taken") + F("rejected"))


class Surplus(AgreedTerms):
    """Work of an order that looks for other hands: how many, what the maker gets, until when."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="surpluses")
    quantity = measured(_("quantity"))
    material_included = models.BooleanField(_("material goes along"))
    is_shared = models.BooleanField(_("shared out when the offer closes"), default=False)
    step = measured(_("shared in whole"), default=1)
    """Base units that are not divided when the offer is shared: 1, or 12 for whole dozens, 20 for whole kodi."""
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photo")
    )
    posted_on = models.DateField(_("offered on"))
    closes_on = models.DateField(_("offer closes on"))
    due_on = models.DateField(_("due on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = SurplusQuerySet.as_manager()

    class Meta:
        verbose_name = _("surplus work")
        constraints = [
            models.CheckConstraint(name="orders_surplus_quantity_positive", condition=Q(quantity__gt=0)),
            *sound("surplus"),
            models.CheckConstraint(name="orders_surplus_step_positive", condition=Q(step__gt=0)),
            models.CheckConstraint(
                name="orders_surplus_dates_in_order",
                condition=Q(closes_on__gte=F("posted_on"), due_on__gte=F("closes_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_on"], name="orders_surplus_open", condition=Q(withdrawn_on=None)),
        ]

    def __str__(self):
        return str(_("surplus of {line}")).format(line=self.line)

    def is_open(self, on: datetime.date) -> bool:
        """Whether parts of it may be taken on `on`, as long as something is left."""
        return self.withdrawn_on is None and self.closes_on >= on and self.line.order.is_open


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every handover; a member those where they make the work or hold the order."""
        if user.can(Permission.ORDER_LIST_ALL):
            return self
        return self.filter(Q(member__user=user) | Q(surplus__line__order__member__user=user))

    def counted(self):
        """Each with `sent`, `accepted`, `rejected` and `reworked` so far, and `to_send`, in base units.

        What goes back to be mended, or never arrived, is still to be sent.
        """
        deliveries = Delivery.objects.filter(claim=OuterRef("pk"))
        return self.annotate(
            sent=total_of(deliveries, "claim", F("delivered")),
            kept=total_of(deliveries, "claim", F("kept")),
            accepted=total_of(deliveries, "claim", F("accepted")),
            rejected=total_of(deliveries, "claim", F("rejected")),
            reworked=total_of(deliveries, "claim", F("reworked")),
        ).annotate(to_send=F("quantity") - F("withdrawn") - F("kept"))


class Claim(AgreedTerms):
    """A member's part of surplus work: how much they took, and how much of it they gave back before sending."""

    surplus = models.ForeignKey(Surplus, on_delete=models.PROTECT, related_name="claims")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="claims", verbose_name=_("maker"))
    quantity = measured(_("quantity"))
    claimed_on = models.DateField(_("taken on"))
    warnings = models.JSONField(_("warnings the maker saw and took the work all the same"), default=list, blank=True)
    withdrawn = measured(_("given back"), default=0)
    withdrawn_on = models.DateField(_("given back on"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        constraints = [
            *sound("claim"),
            models.CheckConstraint(name="orders_claim_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="orders_claim_gives_back_what_it_took",
                condition=Q(withdrawn=0, withdrawn_on=None)
                | Q(withdrawn__gt=0, withdrawn__lte=F("quantity"), withdrawn_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.surplus} → {self.member.name}"

    @property
    def in_hand(self) -> Decimal:
        """What the maker took and did not give back."""
        return self.quantity - self.withdrawn


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(claim__in=Claim.objects.visible_to(user))


class Delivery(models.Model):
    """Finished work on its way: the maker says sent, the other side what arrived, what is good and what is not.

    What is not good is `rejected` (back to the holder) or `reworked` (back to the maker), as the terms say.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="deliveries")
    delivered = measured(_("sent"))
    delivered_on = models.DateField(_("sent on"))
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received = measured(_("arrived"), null=True, blank=True)
    accepted = measured(_("accepted"), null=True, blank=True)
    rejected = measured(_("rejected"), null=True, blank=True)
    reworked = measured(_("back to be mended"), null=True, blank=True)
    kept = models.GeneratedField(
        expression=Coalesce(F("accepted") + F("rejected"), F("delivered")),
        output_field=measured(_("out of the maker's hands")),
        db_persist=True,
    )
    rejection_reason = models.CharField(_("what was wrong"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            models.CheckConstraint(name="orders_delivery_quantity_positive", condition=Q(delivered__gt=0)),
            models.CheckConstraint(
                name="orders_delivery_confirmed_whole",
                condition=Q(
                    confirmed_on=None,
                    confirmed_by=None,
                    received=None,
                    accepted=None,
                    rejected=None,
                    reworked=None,
                    rejection_reason="",
                )
                | Q(
                    confirmed_on__isnull=False,
                    confirmed_on__gte=F("delivered_on"),
                    confirmed_by__isnull=False,
                    received__isnull=False,
                    accepted__isnull=False,
                    accepted__gte=0,
                    rejected__isnull=False,
                    rejected__gte=0,
                    reworked__isnull=False,
                    reworked__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="orders_delivery_parts_add_up",
                condition=Q(accepted=None)
                | Q(received=F("accepted") + F("rejected") + F("reworked"), received__lte=F("delivered")),
            ),
            models.CheckConstraint(
                name="orders_delivery_rejected_for_a_reason",
                condition=Q(accepted=None) | Q(accepted=F("delivered")) | ~Q(rejection_reason=""),
            ),
            models.CheckConstraint(
                name="orders_delivery_two_sides",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("delivered_by")),
                violation_error_message=_("Who sent the work cannot also confirm it."),
            ),
        ]
        verbose_name_plural = "deliveries"

    def __str__(self):
        return f"{self.claim}: {self.delivered}"

    @property
    def amount(self) -> int:
        """Rupiah for what was accepted, at the agreed price."""
        return settlement.amount(self.accepted or NONE, self.claim.maker_price)

    @property
    def missing(self):
        """What was sent and did not arrive."""
        return NONE if self.received is None else self.delivered - self.received

    @property
    def not_good(self):
        return NONE if self.rejected is None else self.rejected + self.reworked
