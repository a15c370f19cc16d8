"""How much may be lent to those who decide about lending, and how it is counted (Permenkop UKM 8/2023 art. 42)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField
from core.money import format_percent
from governance.models import VersionedRules

LEGAL_CEILING_BP = 1000


class RelatedLoanRules(VersionedRules):
    """The law says ten percent of own capital; whether of each person or of all together, the members decide.

    Before they have, it is all together: the stricter reading.
    """

    class Counted(models.TextChoices):
        TOGETHER = "together", _("all related parties together")
        EACH = "each", _("each person")

    ceiling_bp = RateField(_("related parties owe at most, of own capital"), default=LEGAL_CEILING_BP)
    counted = models.CharField(_("counted for"), max_length=8, choices=Counted, default=Counted.TOGETHER)

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of loans to related parties")
        constraints = [
            models.CheckConstraint(
                name="loans_relatedloanrules_legal_ceiling",
                condition=Q(ceiling_bp__lte=LEGAL_CEILING_BP),
                violation_error_message=_(
                    "Officers and supervisors owe 10 percent of own capital at most (Permenkop UKM 8/2023 art. 42)."
                ),
            ),
            models.CheckConstraint(
                name="loans_relatedloanrules_counted_known", condition=Q(counted__in=["together", "each"])
            ),
        ]

    @property
    def ceiling(self) -> str:
        """`10 %`, for the screen."""
        return format_percent(self.ceiling_bp)
