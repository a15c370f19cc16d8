"""What both sides of a handover agree on: it stands on the offer, and whoever takes part agrees to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField


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
