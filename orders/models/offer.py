"""Work of an order that looks for other hands, and the terms on which it is offered."""

import datetime

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField, measured
from core.models import StoredFile
from core.permissions import Permission
from orders.models.order import OrderLine
from orders.models.quantities import total_of


class AgreedTerms(models.Model):
    """Price, quality, what happens to rejects, what is taken off, what is paid ahead.

    The offer proposes them and the claim copies them when the work is taken, so the agreed price stays whatever the
    price lists or the offer say later.
    """

    class Rejects(models.TextChoices):
        REOPEN = "reopen", _("they go back to the holder, who may offer them anew")
        REWORK = "rework", _("they go back to the maker, who mends them")

    FIELDS = ("maker_price", "quality", "rejects", "late_penalty", "reject_penalty", "advance_bp")

    maker_price = RupiahField(_("price to the maker"))
    quality = models.CharField(
        _("what is good"), max_length=200, blank=True, help_text=_("How the work is judged: seams, glue, sizes.")
    )
    rejects = models.CharField(_("what is not good"), max_length=10, choices=Rejects, default=Rejects.REOPEN)
    late_penalty = RupiahField(_("taken off for each day late"), default=0)
    reject_penalty = RupiahField(_("taken off for each one that is not good"), default=0)
    advance_bp = RateField(_("paid ahead, of the price"), default=0)

    class Meta:
        abstract = True

    @property
    def terms(self) -> dict:
        return {name: getattr(self, name) for name in self.FIELDS}


def sound(name: str) -> list[models.CheckConstraint]:
    """The constraints of a table with terms."""
    return [
        models.CheckConstraint(name=f"orders_{name}_price_positive", condition=Q(maker_price__gt=0)),
        models.CheckConstraint(
            name=f"orders_{name}_terms_make_sense",
            condition=Q(
                rejects__in=["reopen", "rework"],
                late_penalty__gte=0,
                reject_penalty__gte=0,
                advance_bp__gte=0,
                advance_bp__lte=10_000,
            ),
        ),
    ]


class OfferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every member reads the board: work that looks for hands is nobody's secret."""
        return self if user.can(Permission.OFFER_VIEW) else self.none()

    def open(self, *, as_of: datetime.date):
        return self.filter(withdrawn_on=None, closes_on__gte=as_of, line__order__cancelled_on=None)

    def counted(self):
        """Each with `taken` (claimed and not given back) and `rejected` (came back), in base units."""
        claims = apps.get_model("orders.Claim").objects.filter(offer=OuterRef("pk"))
        rejects = apps.get_model("orders.Delivery").objects.filter(claim__offer=OuterRef("pk"))
        return self.annotate(
            taken=total_of(claims, "offer", F("quantity") - F("withdrawn")),
            rejected=total_of(rejects, "claim__offer", F("rejected")),
        ).annotate(left=F("quantity") - F("taken") + F("rejected"))


class Offer(AgreedTerms):
    """Work of an order that looks for other hands: how many, what the maker gets, until when."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="offers")
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

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of work")
        constraints = [
            models.CheckConstraint(name="orders_offer_quantity_positive", condition=Q(quantity__gt=0)),
            *sound("offer"),
            models.CheckConstraint(name="orders_offer_step_positive", condition=Q(step__gt=0)),
            models.CheckConstraint(
                name="orders_offer_dates_in_order",
                condition=Q(closes_on__gte=F("posted_on"), due_on__gte=F("closes_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_on"], name="orders_offer_open", condition=Q(withdrawn_on=None)),
        ]

    def __str__(self):
        return str(_("offer of {line}")).format(line=self.line)

    def is_open(self, on: datetime.date) -> bool:
        """Whether parts of it may be taken on `on`, as long as something is left."""
        return self.withdrawn_on is None and self.closes_on >= on and self.line.order.is_open
