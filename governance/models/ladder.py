"""The ladder from a friendly reminder to a case: its rules, how far it has come for something owed, and its letters."""

import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.permissions import Permission
from governance.ladder import LETTERS, Intervals, Past, Step
from governance.models.cases import Case
from governance.models.deciding import VersionedRules
from governance.triggers import LETTER_BY_SOMEBODY_ELSE
from members.models import Member


class LadderRules(VersionedRules):
    """After how many days a member is reminded, told and written to, for loans and for borrowed material apart."""

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
        help_text=_("Counted from the day the member had the letter in hand. Commonly 7 to 14."),
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
                    "Letter 1 comes after the overdue notice, and every step leaves a day at least."
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
    """How far the books have come with one thing owed: from its first reminder until it is settled.

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
    noticed_on = models.DateField(_("told on"), null=True, blank=True)
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
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
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


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and supervisors see every letter, a member those that were sent to them."""
        return self if user.can(Permission.CASE_LIST) else self.filter(member__user=user, issued_on__isnull=False)

    def to_send(self):
        """Prepared by the books, not signed yet."""
        return self.filter(issued_on=None, withdrawn_on=None)

    def on_their_way(self):
        """Signed, and nobody has written down that the member has it."""
        return self.filter(issued_on__isnull=False, delivered_on=None)


class Letter(models.Model):
    """A letter about something owed: prepared by the books, signed by an officer, handed over, answered.

    It gets its number (SP-2026-0001) when it is signed, so what was paid in the meantime leaves no gap.
    """

    class How(models.TextChoices):
        BY_HAND = "by_hand", _("handed over in person")
        FAMILY = "family", _("handed to the family")
        POST = "post", _("by post")
        WHATSAPP = "whatsapp", _("by WhatsApp, read")

    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, db_index=False, related_name="letters")
    step = models.PositiveSmallIntegerField(_("letter"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="letters", verbose_name=_("member"))
    title = models.CharField(_("what is owed"), max_length=160)
    amount = models.CharField(_("how much"), max_length=80)
    due_on = models.DateField(_("due since"))
    prepared_on = models.DateField(_("prepared on"))
    withdrawn_on = models.DateField(_("not needed any more since"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=20, unique=True, null=True, blank=True)
    issued_on = models.DateField(_("signed on"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
    )
    delivered_on = models.DateField(_("handed over on"), null=True, blank=True)
    delivered_how = models.CharField(_("how"), max_length=10, choices=How, blank=True)
    delivered_to = models.CharField(_("to whom"), max_length=120, blank=True)
    delivery_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written down by"),
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer of the member"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        indexes = [
            models.Index(fields=["prepared_on"], name="governance_letter_to_send", condition=Q(issued_on=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "step"], name="governance_letter_once"),
            models.CheckConstraint(name="governance_letter_one_of_three", condition=Q(step__in=[1, 2, 3])),
            models.CheckConstraint(
                name="governance_letter_signed_whole",
                condition=Q(number=None, issued_on=None, issued_by=None)
                | Q(
                    number__isnull=False,
                    issued_by__isnull=False,
                    issued_on__isnull=False,
                    issued_on__gte=F("prepared_on"),
                    withdrawn_on=None,
                ),
            ),
            models.CheckConstraint(
                name="governance_letter_delivered_whole",
                condition=Q(delivered_on=None, delivered_how="", delivered_to="", delivery_recorded_by=None)
                | Q(
                    delivered_on__isnull=False,
                    issued_on__isnull=False,
                    delivered_on__gte=F("issued_on"),
                    delivered_how__in=["by_hand", "family", "post", "whatsapp"],
                    delivery_recorded_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="governance_letter_answered_after_signed",
                condition=Q(answered_on=None, answer="")
                | (
                    Q(answered_on__isnull=False, issued_on__isnull=False, answered_on__gte=F("issued_on"))
                    & ~Q(answer="")
                ),
            ),
        ]
        triggers = [
            LETTER_BY_SOMEBODY_ELSE,
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="letter_stays", fields=["ladder", "step", "member", "prepared_on"]),
            pgtrigger.Protect(
                name="signed_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__isnull=False)
                & (
                    pgtrigger.Q(new__number__df=pgtrigger.F("old__number"))
                    | pgtrigger.Q(new__amount__df=pgtrigger.F("old__amount"))
                    | pgtrigger.Q(new__title__df=pgtrigger.F("old__title"))
                    | pgtrigger.Q(new__due_on__df=pgtrigger.F("old__due_on"))
                    | pgtrigger.Q(new__issued_on__df=pgtrigger.F("old__issued_on"))
                    | pgtrigger.Q(new__issued_by__df=pgtrigger.F("old__issued_by"))
                ),
            ),
        ]

    def __str__(self):
        # No name: the trail shows it.
        return self.number or f"SP {self.step}"
