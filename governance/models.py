"""Who holds office, what was decided, and the shape of every rule that members decide."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.permissions import Role
from members.models import Member


class Office(models.Model):
    """A member's term in an office (UU 25/1992 art. 29: elected by the general meeting, at most five years)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="offices")
    role = models.CharField(_("office"), max_length=20, choices=Role)
    started_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        verbose_name = _("office")
        constraints = [
            models.CheckConstraint(name="governance_office_ends_after_start", condition=Q(ends_on__gt=F("started_on"))),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.member.name}"


class Decision(models.Model):
    """What an organ decided, numbered as in its minutes. Rules, price lists and SHU name the decision behind them."""

    class Organ(models.TextChoices):
        MEMBERS_MEETING = "members_meeting", _("members' meeting")
        ANNUAL_MEETING = "annual_meeting", _("annual meeting (RAT)")
        BOARD = "board", _("board meeting")

    number = models.CharField(_("number"), max_length=40, unique=True)
    organ = models.CharField(_("organ"), max_length=20, choices=Organ)
    decided_on = models.DateField(_("decided on"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(
                name="governance_decision_organ_known",
                condition=Q(organ__in=["members_meeting", "annual_meeting", "board"]),
            ),
        ]

    def __str__(self):
        return f"{self.number}: {self.title}"


class VersionedRulesQuerySet(models.QuerySet):
    def in_force(self, on):
        """The version that governs `on`: the latest that started on or before it. DoesNotExist before the first."""
        return self.filter(in_force_from__lte=on).latest("in_force_from")


class VersionedRules(models.Model):
    """A set of rules with the day it starts and the decision that made it. Never edited once in force."""

    in_force_from = models.DateField(_("in force from"), unique=True)
    decided_in = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided in"))

    objects = VersionedRulesQuerySet.as_manager()

    class Meta:
        abstract = True
