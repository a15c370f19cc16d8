"""Schedules of a loan after its first: each holds from a day on, and those before stay as they were printed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import APPEND_ONLY
from loans import triggers


class ScheduleVersion(models.Model):
    """A later schedule of a loan: from `in_force_from` on, its instalments are what is owed.

    The first schedule needs no row: it holds from the disbursement. On a day that is asked about, the highest version
    in force counts. `repayment` is the payment that made it, where one did; `restates` the schedule that it says once
    more, where a payment behind it was undone.
    """

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, db_index=False, related_name="versions")
    version = models.PositiveSmallIntegerField(_("version"))
    in_force_from = models.DateField(_("in force from"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )

    repayment = models.ForeignKey(
        "loans.Repayment", on_delete=models.PROTECT, null=True, blank=True, related_name="schedules"
    )
    restates = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("later schedule")
        constraints = [
            models.UniqueConstraint(fields=["loan", "version"], name="loans_scheduleversion_once"),
            models.CheckConstraint(name="loans_scheduleversion_follows_the_first", condition=Q(version__gte=2)),
        ]
        triggers = [*APPEND_ONLY, triggers.VERSION_KEEPS_UNPAID]

    def __str__(self):
        return f"{self.loan_id}/{self.version}"
