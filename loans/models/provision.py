"""What was set aside for losses at the end of a month."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.models import APPEND_ONLY
from ledger.models import Entry
from loans.models.collectibility import CollectibilityRules


class ProvisionRun(models.Model):
    """What a month-end run found and set aside: the loans of every class on the last day of a month.

    The latest run of a month counts; a run again after a late payment writes another. `posted` is what it added to the
    allowance, below nothing where it gave some back.
    """

    month = models.DateField(_("month"))
    number = models.PositiveSmallIntegerField(_("number"))
    on = models.DateField(_("on"))
    rules = models.ForeignKey(CollectibilityRules, on_delete=models.PROTECT, related_name="runs")
    loans = models.PositiveIntegerField(_("loans"))
    current = RupiahField(_("outstanding, current"))
    substandard = RupiahField(_("outstanding, substandard"))
    doubtful = RupiahField(_("outstanding, doubtful"))
    loss = RupiahField(_("outstanding, lost"))
    over_30 = RupiahField(_("on loans over 30 days late"))
    over_60 = RupiahField(_("on loans over 60 days late"))
    over_90 = RupiahField(_("on loans over 90 days late"))
    allowance = RupiahField(_("allowance needed"))
    posted = RupiahField(_("posted"))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("provision run")
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="loans_provisionrun_once"),
            models.CheckConstraint(
                name="loans_provisionrun_sums_not_negative",
                condition=Q(current__gte=0, substandard__gte=0, doubtful__gte=0, loss__gte=0, allowance__gte=0)
                & Q(over_30__gte=F("over_60"), over_60__gte=F("over_90"), over_90__gte=0),
            ),
            models.CheckConstraint(
                name="loans_provisionrun_posted_by_an_entry",
                condition=Q(posted=0, entry=None) | (~Q(posted=0) & Q(entry__isnull=False)),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.month:%Y-%m}/{self.number}"

    @property
    def outstanding(self) -> int:
        return self.current + self.substandard + self.doubtful + self.loss

    @property
    def non_performing(self) -> int:
        return self.outstanding - self.current

    @property
    def non_performing_bp(self) -> int:
        return self.non_performing * 10_000 // self.outstanding if self.outstanding else 0
