"""How long a piece takes a workshop by its own word, where nobody has measured it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Member
from pricing.models import Item
from pricing.steps import STEPS


class WorkEstimate(models.Model):
    """The minutes of every step in one piece, as the workshop itself reckons.

    It counts only while the item is not measured for everybody, and only for this workshop.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="work_estimates")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    cutting = models.PositiveSmallIntegerField(_("minutes of cutting"), default=0)
    sewing = models.PositiveSmallIntegerField(_("minutes of sewing"), default=0)
    lasting = models.PositiveSmallIntegerField(_("minutes of lasting"), default=0)
    finishing = models.PositiveSmallIntegerField(_("minutes of finishing"), default=0)
    told_on = models.DateField(_("on"))
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("own estimate")
        constraints = [
            models.UniqueConstraint(fields=["member", "item"], name="orders_workestimate_one_an_item"),
            models.CheckConstraint(
                name="orders_workestimate_says_something",
                condition=Q(cutting__gt=0) | Q(sewing__gt=0) | Q(lasting__gt=0) | Q(finishing__gt=0),
                violation_error_message=_("Write the minutes of at least one step."),
            ),
        ]

    def __str__(self):
        return f"{self.item}"

    @property
    def minutes(self) -> dict[str, int]:
        return {step: getattr(self, step) for step in STEPS}
