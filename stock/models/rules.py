"""What the members decided about lending material."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models import VersionedRules


class StockRules(VersionedRules):
    """When lent material must be back: before the lender's own order needs it, or after a term where none does."""

    days_before_due = models.PositiveSmallIntegerField(
        _("material needed before an order is due (days)"),
        default=7,
        validators=[MaxValueValidator(180)],
        help_text=_("An order needs its material in the workshop this many days before it is due."),
    )
    fallback_days = models.PositiveSmallIntegerField(
        _("term where no order needs it (days)"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Lent material comes back after this many days where no order of the lender needs it before."),
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of lending material")
        constraints = [
            models.CheckConstraint(
                name="stock_stockrules_days_in_reason",
                condition=Q(days_before_due__lte=180, fallback_days__range=(1, 730)),
                violation_error_message=_("The term must be from 1 to 730 days, the days before an order at most 180."),
            ),
        ]
