"""A new version of some rules under discussion: everybody can read it, nothing follows from it yet."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.dates import long_date
from core.fields import who
from core.models import APPEND_ONLY, NEVER_DELETED

OPEN = Q(withdrawn_on=None, rejected_on=None, decided_on=None)


class RulesProposalQuerySet(models.QuerySet):
    def open(self):
        """Those that wait: neither in force, nor withdrawn, nor rejected."""
        return self.filter(OPEN)


class RulesProposal(models.Model):
    """What somebody proposes that some rules should say, kept as it was written.

    It ends by being put in force, by a decision and from a day, by being withdrawn, or by being rejected with a reason
    that everybody can read. `values` are those of the version it would become (`governance.queries.proposal`).
    """

    kind = models.CharField(max_length=60, help_text="the label of the rules, such as loans.loanrules")
    values = models.JSONField()
    reason = models.TextField(_("why"))
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = who(verbose_name=_("proposed by"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    rejected_on = models.DateField(_("rejected on"), null=True, blank=True)
    rejection = models.TextField(_("why it was rejected"), blank=True)
    decided_on = models.DateField(_("put in force on"), null=True, blank=True)
    put_in_force_by = who(null=True, blank=True, verbose_name=_("put in force by"))
    version = models.BigIntegerField(null=True, blank=True, help_text="the key of the version it became")

    objects = RulesProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for rules")
        indexes = [models.Index(fields=["kind"], name="governance_proposal_open", condition=OPEN)]
        constraints = [
            models.CheckConstraint(name="governance_rulesproposal_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="governance_rulesproposal_one_end",
                condition=Q(decided_on=None, version=None, put_in_force_by=None)
                | Q(
                    decided_on__isnull=False,
                    version__isnull=False,
                    put_in_force_by__isnull=False,
                    withdrawn_on=None,
                    rejected_on=None,
                ),
            ),
            models.CheckConstraint(
                name="governance_rulesproposal_four_eyes",
                condition=Q(put_in_force_by=None) | ~Q(put_in_force_by=F("proposed_by")),
                violation_error_message=_("You proposed these rules. Another officer puts them in force."),
            ),
            models.CheckConstraint(
                name="governance_rulesproposal_put_aside_why",
                condition=Q(rejected_on=None, rejection="")
                | (Q(rejected_on__gte=F("proposed_on"), withdrawn_on=None) & ~Q(rejection="")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="stays_as_written", fields=["kind", "values", "reason", "proposed_on", "proposed_by"]
            ),
            NEVER_DELETED,
            APPEND_ONLY[1],
        ]

    def __str__(self):
        return str(_("proposal of {day}")).format(day=long_date(self.proposed_on))

    @property
    def is_open(self) -> bool:
        return self.withdrawn_on is None and self.rejected_on is None and self.decided_on is None
