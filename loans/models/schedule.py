"""The instalments of a loan as they were printed, and the later schedules that followed the first."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.models import APPEND_ONLY
from loans.models.arrears import INSTALMENTS_KEEP_UNPAID, VERSION_KEEPS_UNPAID
from loans.models.loan import Loan


class Instalment(models.Model):
    """One row of the schedule as it was printed. A restructured loan gets a new `version`; the old one stays."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, db_index=False, related_name="rows")
    version = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due on"))
    principal = RupiahField(_("principal"))
    interest = RupiahField(_("interest"))
    fee = RupiahField(_("administration"), default=0, db_default=0)

    class Meta:
        verbose_name = _("instalment")
        constraints = [
            models.UniqueConstraint(fields=["loan", "version", "number"], name="loans_instalment_number_once"),
            models.CheckConstraint(
                name="loans_instalment_not_negative", condition=Q(principal__gte=0, interest__gte=0, fee__gte=0)
            ),
        ]
        triggers = [*APPEND_ONLY, INSTALMENTS_KEEP_UNPAID]

    def __str__(self):
        return f"{self.loan_id}/{self.version}/{self.number}"

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fee


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
        triggers = [*APPEND_ONLY, VERSION_KEEPS_UNPAID]

    def __str__(self):
        return f"{self.loan_id}/{self.version}"
