"""Asking for help of the social fund: for oneself, for another member, for a neighbour."""

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from members.models import Member


class HelpRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who decides sees all; a member what they asked for, and what was asked for them."""
        if user.can(Permission.HELP_DECIDE):
            return self
        return self.filter(Q(asked_by=user) | Q(member__user=user))

    def waiting(self):
        """Not answered yet."""
        return self.filter(answer="")

    def unvisited(self):
        """Approved, and nobody has been there yet."""
        visits = self.model.visits.rel.related_model.objects.unreversed().filter(help_request=OuterRef("pk"))
        return self.filter(~Exists(visits), answer=self.model.Answer.APPROVED)


class HelpRequest(models.Model):
    """Somebody is ill, bereaved or in need. Officers answer, and then somebody goes there (`Visit`).

    Why is told to those who decide, to whoever asked and to the member concerned; nobody else reads it.
    """

    class Occasion(models.TextChoices):
        ILLNESS = "illness", pgettext_lazy("help", "illness")
        DISABILITY = "disability", pgettext_lazy("help", "disability")
        DEATH = "death", pgettext_lazy("help", "death in the family")
        BIRTH = "birth", pgettext_lazy("help", "birth")
        DISASTER = "disaster", pgettext_lazy("help", "fire, flood or accident")
        OTHER = "other", pgettext_lazy("help", "another need")

    class Answer(models.TextChoices):
        APPROVED = "approved", pgettext_lazy("help", "approved")
        DECLINED = "declined", pgettext_lazy("help", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("help", "withdrawn")

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="help_requests", verbose_name=_("member")
    )
    neighbour = models.CharField(_("neighbour"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion)
    reason = models.CharField(_("what happened"), max_length=500)
    amount = RupiahField(_("help asked for"), default=0)
    asked_on = models.DateField(_("asked on"))
    asked_by = who(verbose_name=_("asked by"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    granted = RupiahField(_("help granted"), default=0)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_by = who(null=True, blank=True, verbose_name=_("answered by"))
    answer_reason = models.CharField(_("reason of the answer"), max_length=200, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for help")
        indexes = [models.Index(fields=["asked_on"], condition=Q(answer=""), name="activities_help_waiting")]
        constraints = [
            models.CheckConstraint(
                name="activities_helprequest_for_one",
                condition=(Q(member__isnull=False) & Q(neighbour="", address=""))
                | (Q(member=None) & ~Q(neighbour="") & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="activities_helprequest_occasion_known",
                condition=Q(occasion__in=["illness", "disability", "death", "birth", "disaster", "other"]),
            ),
            models.CheckConstraint(
                name="activities_helprequest_amounts",
                condition=Q(amount__gte=0, granted__gte=0) & (Q(granted=0) | Q(answer="approved")),
            ),
            models.CheckConstraint(
                name="activities_helprequest_answered_whole",
                condition=Q(answer="", answered_on=None, answered_by=None, answer_reason="")
                | Q(
                    answer__in=["approved", "declined", "withdrawn"],
                    answered_on__gte=F("asked_on"),
                    answered_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="activities_helprequest_answered_by_another",
                condition=~Q(answer__in=["approved", "declined"], answered_by=F("asked_by")),
                violation_error_message=_("Whoever asks does not decide."),
            ),
            models.CheckConstraint(
                name="activities_helprequest_withdrawn_by_asker",
                condition=~Q(answer="withdrawn") | Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="activities_helprequest_declined_with_reason",
                condition=~Q(answer="declined", answer_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_what_was_asked",
                exclude=["answer", "granted", "answered_on", "answered_by", "answer_reason"],
            ),
            pgtrigger.Trigger(
                name="answered_once",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__answer__gt=""),
                func="RAISE EXCEPTION 'a request for help is answered once' USING ERRCODE = 'check_violation', "
                "CONSTRAINT = 'activities_helprequest_answered_once';",
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]

    def __str__(self):
        return f"{self.who}: {date_format(self.asked_on, 'j F Y')}"

    @property
    def who(self) -> str:
        return self.member.name if self.member else self.neighbour
