"""How much may be lent to those who decide about lending, and how it is counted (Permenkop UKM 8/2023 art. 42)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField
from core.money import format_percent
from governance.models import VersionedRules
from governance.triggers import within_the_law

RELATED_WITHIN_THE_LAW = within_the_law(
    "NEW.ceiling_bp > {ceiling}",
    ceiling="related_loans_bp",
    default=1000,
    on="NEW.in_force_from",
    name="loans_relatedloanrules_within_the_law",
    message="related parties would owe more of own capital than the law allows",
)


class RelatedLoanRules(VersionedRules):
    """The law says ten percent of own capital; whether of each person or of all together, the members decide.

    Before they have, it is all together: the stricter reading.
    """

    class Counted(models.TextChoices):
        TOGETHER = "together", _("all related parties together")
        EACH = "each", _("each person")

    ceiling_bp = RateField(_("related parties owe at most, of own capital"), default=1000)
    counted = models.CharField(_("counted for"), max_length=8, choices=Counted, default=Counted.TOGETHER)

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of loans to related parties")
        constraints = [
            models.CheckConstraint(
                name="loans_relatedloanrules_counted_known", condition=Q(counted__in=["together", "each"])
            ),
        ]
        triggers = [*VersionedRules.Meta.triggers, RELATED_WITHIN_THE_LAW]

    @classmethod
    def built_in(cls):
        """Before the members decided any, those of the law in the stricter reading."""
        return cls()

    def beyond_the_law(self, law):
        if self.ceiling_bp <= law.related_loans_bp:
            return None
        return "ceiling_bp", _("Officers and supervisors owe {percent} of own capital at most ({article}).").format(
            percent=format_percent(law.related_loans_bp), article=law.related_loans_article
        )

    @property
    def ceiling(self) -> str:
        """`10 %`, for the screen."""
        return format_percent(self.ceiling_bp)
