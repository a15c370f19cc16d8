"""Whether a month closes without a counted cash box and reconciled bank accounts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.models import VersionedRules


class MonthEndRules(VersionedRules):
    """What a missing count or reconciliation does to the close: dated rows, as the members or the board decide."""

    class Missing(models.TextChoices):
        REFUSE = "refuse", pgettext_lazy("month end", "the month stays open")
        WARN = "warn", pgettext_lazy("month end", "the treasurer is warned and may close")

    missing = models.CharField(
        _("without count or reconciliation"), max_length=6, choices=Missing, default=Missing.REFUSE
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("month-end rules")
        constraints = [
            models.CheckConstraint(name="treasury_monthendrules_known", condition=Q(missing__in=["refuse", "warn"]))
        ]

    @classmethod
    def built_in(cls):
        return cls()
