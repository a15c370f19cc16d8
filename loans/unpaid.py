"""What is unpaid of every loan that was paid out, kept by the database itself (migrations/sql/*_functions.sql)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from loans import triggers


class Unpaid(models.Model):
    """What is unpaid of one loan by all that is written: where the list of arrears looks instead of into every payment.

    It holds for every day from `known_on` on, the last day on which something happened to the loan. The arrays belong
    together, an element for every instalment of the schedule in force with something open, by due date; `since` is the
    first of them. A loan that has ended has none. Triggers write it with the schedules and the payments, nobody else.
    """

    loan = models.OneToOneField("loans.Loan", on_delete=models.PROTECT, primary_key=True, related_name="unpaid")
    known_on = models.DateField(_("holds from"))
    is_running = models.BooleanField(_("running"))
    rows = models.PositiveSmallIntegerField(_("instalments"), help_text="of the schedule in force, paid ones too")
    outstanding = RupiahField(_("principal outstanding"))
    since = models.DateField(_("unpaid since"), null=True)
    due_on = ArrayField(models.DateField())
    principal = ArrayField(RupiahField())
    interest = ArrayField(RupiahField())
    fee = ArrayField(RupiahField())

    class Meta:
        verbose_name = _("what is unpaid of a loan")
        indexes = [
            models.Index(fields=["since"], condition=Q(is_running=True), name="loans_unpaid_since"),
            models.Index(fields=["known_on"], name="loans_unpaid_known_on"),
        ]
        constraints = [
            models.CheckConstraint(
                name="loans_unpaid_since_the_first",
                condition=Q(since=None, due_on=[])
                | Q(since__isnull=False, due_on__0__isnull=False, since=F("due_on__0")),
            ),
            models.CheckConstraint(
                name="loans_unpaid_ended_owes_nothing",
                condition=Q(is_running=True) | Q(since=None, rows=0, outstanding=0),
            ),
        ]
        triggers = [triggers.UNPAID_IS_WORKED_OUT]

    def __str__(self):
        return f"{self.loan_id}: {self.since}"
