"""What the board decides between meetings: put to every board member in writing, and answered by each."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import who
from core.models import APPEND_ONLY, NEVER_DELETED
from core.permissions import Role
from governance.models.subject import OfSubject
from governance.triggers import ANSWERED_BY_THE_BOARD

BOARD = (Role.CHAIR, Role.SECRETARY, Role.TREASURER)


class ResolutionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(outcome="")


class Resolution(OfSubject):
    """A proposal to the board between meetings. It ends when every board member has answered, or withdrawn."""

    class Outcome(models.TextChoices):
        CARRIED = "carried", pgettext_lazy("resolution", "carried")
        LOST = "lost", pgettext_lazy("resolution", "not carried")
        WITHDRAWN = "withdrawn", pgettext_lazy("resolution", "withdrawn")

    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"))
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = who(verbose_name=_("proposed by"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    decision = models.OneToOneField(
        "governance.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resolution",
        verbose_name=_("decision"),
    )

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution of the board")
        constraints = [
            *OfSubject.Meta.constraints,
            models.CheckConstraint(
                name="governance_resolution_ends_whole",
                condition=Q(outcome="", ended_on=None, decision=None)
                | Q(outcome="carried", ended_on__isnull=False, decision__isnull=False)
                | Q(outcome__in=["lost", "withdrawn"], ended_on__isnull=False, decision=None),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="resolution_stays", exclude=["outcome", "ended_on", "decision"]),
            pgtrigger.Protect(name="ends_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__outcome__gt="")),
            NEVER_DELETED,
        ]

    def __str__(self):
        return self.title


class ResolutionAnswer(models.Model):
    """The answer of one board member, given once; a no says why."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="answers")
    by = who(verbose_name=_("by"))
    on = models.DateField(_("on"))
    agrees = models.BooleanField(_("agrees"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("answer to a resolution")
        constraints = [
            models.UniqueConstraint(fields=["resolution", "by"], name="governance_resolutionanswer_once"),
            models.CheckConstraint(
                name="governance_resolutionanswer_no_says_why", condition=Q(agrees=True) | ~Q(reason="")
            ),
        ]
        triggers = [*APPEND_ONLY, ANSWERED_BY_THE_BOARD]

    def __str__(self):
        return f"{self.resolution_id}: {self.by_id}"
