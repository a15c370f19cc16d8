"""How much of what it holds a workshop lends."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import measured
from members.models import Member
from pricing.models import Item


class LendingLimit(models.Model):
    """The most a workshop lends of an item, from a day on: nothing, where it does not lend it at all."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("holder"))
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))
    from_on = models.DateField(_("from"))
    at_most = measured(_("lends at most"))

    class Meta:
        verbose_name = _("limit of lending")
        constraints = [
            models.UniqueConstraint(fields=["member", "item", "from_on"], name="stock_lendinglimit_one_a_day"),
            models.CheckConstraint(name="stock_lendinglimit_not_negative", condition=Q(at_most__gte=0)),
        ]

    def __str__(self):
        return f"{self.member.name}: {self.item}"
