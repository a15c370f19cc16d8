"""What officers saw before they decided on a loan, and the approval of each."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import APPEND_ONLY
from loans.models.loan import Loan
from loans.models.triggers import by_somebody_else, of_the_loan, refused

APPROVER_IS_SOMEBODY_ELSE = refused(
    "somebody_else",
    of_the_loan("NEW.loan_id", "NEW.by_id IN (member.user_id, loan.applied_by_id)"),
    operation=pgtrigger.Insert,
    constraint="loans_loanapproval_somebody_else",
    message="nobody decides on their own loan",
)
SURVEYED_BY_SOMEBODY_ELSE = by_somebody_else(
    "by",
    name="surveyed_by_somebody_else",
    operation=pgtrigger.Insert,
    constraint="loans_surveynote_somebody_else",
    message="nobody surveys their own application",
)


class LoanApproval(models.Model):
    """One officer's approval. Above the tier of the rules a loan needs two; an officer's needs the supervisors' too."""

    class Organ(models.TextChoices):
        BOARD = "board", _("board")
        SUPERVISORS = "supervisors", _("supervisors")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="approvals")
    by = who(verbose_name=_("by"))
    on = models.DateField(_("on"))
    organ = models.CharField(_("for the"), max_length=11, choices=Organ, default=Organ.BOARD)

    class Meta:
        verbose_name = _("approval")
        constraints = [
            models.UniqueConstraint(fields=["loan", "by"], name="loans_loanapproval_once_per_person"),
            models.CheckConstraint(
                name="loans_loanapproval_organ_known", condition=Q(organ__in=["board", "supervisors"])
            ),
        ]
        triggers = [APPROVER_IS_SOMEBODY_ELSE, *APPEND_ONLY]

    def __str__(self):
        return f"{self.loan}: {self.by}"


class SurveyNote(models.Model):
    """What an officer saw on a visit before the decision: who went, when, what is there. Written once."""

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="surveys")
    visited_on = models.DateField(_("visited on"))
    seen = models.TextField(_("what was seen"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("survey note")
        triggers = [SURVEYED_BY_SOMEBODY_ELSE, *APPEND_ONLY]

    def __str__(self):
        return f"{self.loan}: {self.visited_on}"
