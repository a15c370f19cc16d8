"""The ladder from a friendly reminder to a case: its rules, and the steps taken for something owed."""

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import NEVER_DELETED
from core.permissions import Permission
from governance.ladder import LETTERS, Intervals, Past, Step
from governance.models.case import Case
from governance.models.rules import VersionedRules
from members.models import Member


class LadderRules(VersionedRules):
    """After how many days a member is reminded, notified and written to, separately for loans and borrowed material."""

    class Kind(models.TextChoices):
        LOAN = "loan", _("loan")
        MATERIAL = "material", _("material")

    in_force_from = models.DateField(_("in force from"))
    about = models.CharField(_("for"), max_length=10, choices=Kind)
    reminder_days = models.PositiveSmallIntegerField(_("reminder, days before it is due"))
    notice_days = models.PositiveSmallIntegerField(
        _("overdue notice, days after it was due"), validators=[MinValueValidator(1)]
    )
    letter_days = models.PositiveSmallIntegerField(
        _("letter 1, days after it was due"), validators=[MinValueValidator(1)]
    )
    between_days = models.PositiveSmallIntegerField(
        _("days between the letters"),
        validators=[MinValueValidator(1)],
        help_text=_("Counted from the day the member received the letter. Commonly 7 to 14."),
    )
    case_days = models.PositiveSmallIntegerField(_("days from letter 3 to the case"), validators=[MinValueValidator(1)])

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of reminders and letters")
        constraints = [
            models.UniqueConstraint(fields=["about", "in_force_from"], name="governance_ladderrules_one_a_day"),
            models.CheckConstraint(
                name="governance_ladderrules_about_known", condition=Q(about__in=["loan", "material"])
            ),
            models.CheckConstraint(
                name="governance_ladderrules_steps_in_order",
                condition=Q(
                    notice_days__gte=1, letter_days__gt=F("notice_days"), between_days__gte=1, case_days__gte=1
                ),
                violation_error_message=_(
                    "Letter 1 comes after the overdue notice, with at least one day between steps."
                ),
            ),
        ]

    @property
    def intervals(self) -> Intervals:
        return Intervals(
            reminder=self.reminder_days,
            notice=self.notice_days,
            letter_1=self.letter_days,
            between_letters=self.between_days,
            case=self.case_days,
        )


class LadderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.can(Permission.CASE_LIST) else self.filter(member__user=user)

    def standing(self):
        """Those that have not ended: something is still owed."""
        return self.filter(ended_on=None)


class Ladder(models.Model):
    """The steps taken for one thing owed, from its first reminder until it is settled.

    `subject` names the thing for good (`loan:12`). The rules of the day it started hold for all its steps.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=LadderRules.Kind)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="ladders", verbose_name=_("member"))
    subject = models.CharField(max_length=40)
    title = models.CharField(_("what is owed"), max_length=160)
    url = models.CharField(max_length=200, blank=True)
    rules = models.ForeignKey(LadderRules, on_delete=models.PROTECT, related_name="+", verbose_name=_("rules"))
    due_on = models.DateField(_("due on"))
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    noticed_on = models.DateField(_("notified on"), null=True, blank=True)
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="ladder", verbose_name=_("case")
    )
    ended_on = models.DateField(_("settled on"), null=True, blank=True)

    objects = LadderQuerySet.as_manager()

    class Meta:
        verbose_name = _("ladder of reminders")
        indexes = [models.Index(fields=["member", "-due_on"], name="governance_ladder_of_member")]
        constraints = [
            models.UniqueConstraint(
                name="governance_ladder_one_stands", fields=["subject"], condition=Q(ended_on=None)
            ),
            models.CheckConstraint(name="governance_ladder_kind_known", condition=Q(kind__in=["loan", "material"])),
            models.CheckConstraint(
                name="governance_ladder_reminded_before_due",
                condition=Q(reminded_on=None) | Q(reminded_on__lte=F("due_on")),
            ),
            models.CheckConstraint(
                name="governance_ladder_told_after_reminder",
                condition=Q(noticed_on=None) | Q(reminded_on=None) | Q(noticed_on__gte=F("reminded_on")),
            ),
            models.CheckConstraint(
                name="governance_ladder_case_after_notice", condition=Q(case=None) | Q(noticed_on__isnull=False)
            ),
        ]
        triggers = [
            NEVER_DELETED,
            pgtrigger.ReadOnly(name="subject_stays", fields=["kind", "member", "subject", "rules", "due_on"]),
            pgtrigger.Protect(
                name="ended_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_on__isnull=False),
            ),
        ]

    def __str__(self):
        return self.subject

    def past(self, letters) -> Past:
        """What was done so far; `letters` are this ladder's."""
        done = {
            Step.REMINDER: self.reminded_on,
            Step.NOTICE: self.noticed_on,
            Step.CASE: self.case.opened_on if self.case_id else None,
        }
        return {step: day for step, day in done.items() if day} | {
            LETTERS[letter.step - 1]: letter.delivered_on for letter in letters
        }
