"""The letters of the ladder: prepared by the books, signed by an officer, handed over, answered."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import NEVER_DELETED
from core.permissions import Permission
from governance.models.ladder import Ladder
from governance.triggers import LETTER_BY_SOMEBODY_ELSE
from members.models import Member


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and supervisors see every letter, a member those that were sent to them."""
        return self if user.can(Permission.CASE_LIST) else self.filter(member__user=user, issued_on__isnull=False)

    def to_send(self):
        """Prepared by the books, not signed yet."""
        return self.filter(issued_on=None, withdrawn_on=None)

    def on_their_way(self):
        """Signed, with no delivery recorded yet, about something that is still owed."""
        return self.filter(issued_on__isnull=False, delivered_on=None, ladder__ended_on=None)


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
    withdrawn_on = models.DateField(_("no longer needed since"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=20, unique=True, null=True, blank=True)
    issued_on = models.DateField(_("signed on"), null=True, blank=True)
    issued_by = who(null=True, blank=True, verbose_name=_("signed by"))
    delivered_on = models.DateField(_("handed over on"), null=True, blank=True)
    delivered_how = models.CharField(_("how"), max_length=10, choices=How, blank=True)
    delivered_to = models.CharField(_("to whom"), max_length=120, blank=True)
    delivery_recorded_by = who(null=True, blank=True, verbose_name=_("recorded by"))
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
            NEVER_DELETED,
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
