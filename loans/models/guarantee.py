"""Members who guarantee a loan, and what they answered when more was to be owed on it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField
from core.permissions import Permission
from loans.models.loan import Loan
from loans.models.restructuring import Restructuring
from loans.models.triggers import refused
from members.models import Member

GUARANTOR_IS_SOMEBODY_ELSE = refused(
    "somebody_else",
    "EXISTS (SELECT FROM loans_loan WHERE id = NEW.loan_id AND member_id = NEW.member_id)",
    constraint="loans_guarantor_somebody_else",
    message="nobody guarantees their own loan",
)
RENEWED_BY_SOMEBODY_ELSE = refused(
    "somebody_else",
    """EXISTS (
            SELECT FROM loans_restructuring restructuring JOIN loans_loan loan ON loan.id = restructuring.loan_id
            WHERE restructuring.id = NEW.restructuring_id AND loan.member_id = NEW.member_id
        )""",
    operation=pgtrigger.Insert,
    constraint="loans_renewedguarantee_somebody_else",
    message="nobody guarantees their own loan",
)


RENEWED_GUARANTEE_STAYS = pgtrigger.ReadOnly(
    name="asked_stays", fields=["restructuring", "member", "amount", "asked_on"]
)
"""Nobody's promise grows by itself: another share is another question."""


class GuarantorQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.can(Permission.LOAN_LIST) else self.filter(member__user=user)

    def unanswered(self):
        return self.filter(consented_on=None, declined_on=None, loan__in=Loan.objects.open())

    def standing(self, *, as_of):
        """Those whose yes holds on `as_of`."""
        return self.filter(consented_on__lte=as_of).exclude(ended_on__lte=as_of)


class Guarantor(models.Model):
    """A member who was asked to guarantee a loan, and what they answered themselves. `amount` is their share of it."""

    class Ending(models.TextChoices):
        WITHDREW = "withdrew", _("withdrew consent before the decision")
        LEFT = "left", _("left the cooperative, somebody else took over")
        REPLACED = "replaced", _("somebody else took over")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="guarantors")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="guarantees", verbose_name=_("guarantor"))
    amount = RupiahField(_("share"))
    consented_on = models.DateField(_("consented on"), null=True, blank=True)
    declined_on = models.DateField(_("declined on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)

    objects = GuarantorQuerySet.as_manager()

    class Meta:
        verbose_name = _("guarantor")
        constraints = [
            models.UniqueConstraint(fields=["loan", "member"], name="loans_guarantor_once"),
            models.CheckConstraint(
                name="loans_guarantor_one_answer", condition=Q(consented_on=None) | Q(declined_on=None)
            ),
            models.CheckConstraint(name="loans_guarantor_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="loans_guarantor_ended_how",
                condition=Q(ended_on=None, ending="")
                | Q(
                    consented_on__isnull=False,
                    ended_on__isnull=False,
                    ended_on__gte=F("consented_on"),
                    ending__in=["withdrew", "left", "replaced"],
                ),
            ),
        ]
        triggers = [GUARANTOR_IS_SOMEBODY_ELSE]

    def __str__(self):
        return f"{self.loan}: {self.member}"


class RenewedGuaranteeQuerySet(models.QuerySet):
    def open(self):
        """Of new terms that are neither carried out nor dropped."""
        return self.filter(restructuring__done_on=None, restructuring__dropped_on=None)


class RenewedGuarantee(models.Model):
    """A member who is asked to guarantee the higher amount of new terms, and what they answered themselves.

    `amount` is their share of it. Without their yes they guarantee what they promised before, and for no more.
    """

    restructuring = models.ForeignKey(Restructuring, on_delete=models.PROTECT, related_name="guarantees")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("guarantor"))
    amount = RupiahField(_("share"))
    asked_on = models.DateField(_("asked on"))
    consented_on = models.DateField(_("consented on"), null=True, blank=True)
    declined_on = models.DateField(_("declined on"), null=True, blank=True)

    objects = RenewedGuaranteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("renewed guarantee")
        constraints = [
            models.UniqueConstraint(fields=["restructuring", "member"], name="loans_renewedguarantee_once"),
            models.CheckConstraint(name="loans_renewedguarantee_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="loans_renewedguarantee_one_answer",
                condition=Q(consented_on=None, declined_on=None)
                | Q(consented_on__gte=F("asked_on"), declined_on=None)
                | Q(consented_on=None, declined_on__gte=F("asked_on")),
            ),
        ]
        triggers = [RENEWED_BY_SOMEBODY_ELSE, RENEWED_GUARANTEE_STAYS]

    def __str__(self):
        return f"{self.restructuring_id}: {self.member}"
