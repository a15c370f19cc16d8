"""What members suggest to the board or criticise, and what the board answers."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import NEVER_DELETED
from core.permissions import Permission
from members.models import Member


class SuggestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The board reads all, a member the own ones."""
        return self if user.can(Permission.SUGGESTION_ANSWER) else self.filter(member__user=user)

    def waiting(self):
        return self.filter(answered_on=None)


class Suggestion(models.Model):
    """A suggestion or a criticism of a member, with one answer of an officer who is somebody else."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("member"))
    text = models.TextField(_("text"))
    on = models.DateField(_("on"))
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = who(null=True, blank=True, verbose_name=_("answered by"))

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        constraints = [
            models.CheckConstraint(name="governance_suggestion_says_what", condition=~Q(text="")),
            models.CheckConstraint(
                name="governance_suggestion_answered_whole",
                condition=Q(answered_on=None, answered_by=None, answer="")
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="suggestion_stays", fields=["member", "text", "on"]),
            pgtrigger.Protect(
                name="answered_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__answered_on__isnull=False)
            ),
            NEVER_DELETED,
        ]

    def __str__(self):
        # No name and no text: the trail shows it.
        return str(_("suggestion {number}")).format(number=self.pk)
