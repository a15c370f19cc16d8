"""What is unpaid of every loan that was paid out, kept by the database itself (migrations/sql/*_functions.sql)."""

from functools import reduce
from operator import or_

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.models import REFUSE

UNPAID_IS_WORKED_OUT = pgtrigger.Trigger(
    name="worked_out",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    condition=pgtrigger.Condition("pg_trigger_depth() = 0"),
    func=REFUSE.format(message="what is unpaid follows from schedules and payments", name="loans_unpaid_worked_out"),
)
"""Only the triggers below write it, through loans_keep_unpaid."""


def _keeps_unpaid(*operations, of_loans: str, **facts) -> pgtrigger.Trigger:
    """What is unpaid of the loans that a statement touched is recalculated."""
    return pgtrigger.Trigger(
        name="keeps_unpaid",
        operation=reduce(or_, operations),
        when=pgtrigger.After,
        func=f"PERFORM loans_keep_unpaid({of_loans}); RETURN NULL;",
        **facts,
    )


LOAN_KEEPS_UNPAID = _keeps_unpaid(
    pgtrigger.Insert,
    pgtrigger.UpdateOf("disbursed_on", "settled_on", "written_off_on"),
    condition=pgtrigger.Q(new__disbursed_on__isnull=False),
    of_loans="ARRAY[NEW.id]",
)


VERSION_KEEPS_UNPAID = _keeps_unpaid(pgtrigger.Insert, of_loans="ARRAY[NEW.loan_id]")


INSTALMENTS_KEEP_UNPAID = _keeps_unpaid(
    pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="written"),
    of_loans="ARRAY(SELECT DISTINCT loan_id FROM written)",
)


REVERSAL_KEEPS_UNPAID = _keeps_unpaid(pgtrigger.Update, of_loans="ARRAY[NEW.loan_id]")


PARTS_KEEP_UNPAID = _keeps_unpaid(
    pgtrigger.Insert,
    level=pgtrigger.Statement,
    referencing=pgtrigger.Referencing(new="written"),
    of_loans="ARRAY(SELECT DISTINCT repayment.loan_id FROM written JOIN loans_repayment AS repayment"
    " ON repayment.id = written.repayment_id)",
)


class Unpaid(models.Model):
    """What is unpaid of one loan by all that is written: where the list of arrears looks instead of into every payment.

    It holds for every day from `known_on` on, the last day on which something happened to the loan. The arrays belong
    together, an element for every instalment of the schedule in force with something open, by due date; `since` is the
    first of them. The last three are what the function loans_penalty needs to say what has grown by a day. A loan that
    has ended has none. Triggers write it with the schedules and the payments, nobody else.
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
    base = ArrayField(RupiahField(), help_text="what penalties count on")
    late = ArrayField(RupiahField(), help_text="of what was paid too late, rupiah times days")
    penalty = ArrayField(RupiahField(), help_text="paid of the penalty")

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
        triggers = [UNPAID_IS_WORKED_OUT]

    def __str__(self):
        return f"{self.loan_id}: {self.since}"
