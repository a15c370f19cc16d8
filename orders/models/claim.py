"""A member's part of an offer."""

from decimal import Decimal

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.fields import measured
from core.permissions import Permission
from members.models import Member
from orders.models.offer import AgreedTerms, Offer, sound
from orders.models.quantities import total_of


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every handover; a member those where they make the work or hold the order."""
        if user.can(Permission.ORDER_LIST_ALL):
            return self
        return self.filter(Q(member__user=user) | Q(offer__line__order__member__user=user))

    def counted(self):
        """Each with `sent`, `accepted`, `rejected` and `reworked` so far, and `to_send`, in base units.

        What goes back to be mended, or never arrived, is still to be sent.
        """
        deliveries = apps.get_model("orders.Delivery").objects.filter(claim=OuterRef("pk"))
        return self.annotate(
            sent=total_of(deliveries, "claim", F("delivered")),
            kept=total_of(deliveries, "claim", F("kept")),
            accepted=total_of(deliveries, "claim", F("accepted")),
            rejected=total_of(deliveries, "claim", F("rejected")),
            reworked=total_of(deliveries, "claim", F("reworked")),
        ).annotate(to_send=F("quantity") - F("withdrawn") - F("kept"))


class Claim(AgreedTerms):
    """A member's part of surplus work: how much they took, and how much of it they gave back before sending."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="claims")
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
        return f"{self.offer} → {self.member.name}"

    @property
    def in_hand(self) -> Decimal:
        """What the maker took and did not give back."""
        return self.quantity - self.withdrawn


class OfClaim(models.QuerySet):
    def visible_to(self, user):
        return self.filter(claim__in=Claim.objects.visible_to(user))
