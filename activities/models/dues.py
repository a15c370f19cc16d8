"""What members owe every month for the cooperative itself, and what they paid."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from core.reversal import Reversible, ReversibleQuerySet, reversed_by_others
from governance.models import VersionedRules
from ledger.models import Entry, Receipt
from members.models import Member


class DuesRules(VersionedRules):
    """What every member pays a month for the common cause. Dues are income of the general unit, not savings."""

    amount = RupiahField(_("dues per month"))
    due_day = models.PositiveSmallIntegerField(
        _("dues due on day"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_("The day of the month on which an unpaid month becomes due."),
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("dues rules")
        constraints = [
            models.CheckConstraint(
                name="activities_duesrules_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("The dues must be more than zero."),
            ),
            models.CheckConstraint(
                name="activities_duesrules_due_day_in_every_month",
                condition=Q(due_day__range=(1, 28)),
                violation_error_message=_("Choose a day from 1 to 28: every month has it."),
            ),
        ]


class DuesPaymentQuerySet(ReversibleQuerySet):
    def visible_to(self, user):
        """Officers see everybody's dues, a member only their own."""
        return self if user.can(Permission.DUES_LIST) else self.filter(member__user=user)


class DuesPayment(Reversible):
    """One month of one member's dues, paid. Several months may share an entry and a receipt.

    Only its reversal is ever added; the month can then be paid again.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="dues", verbose_name=_("member"))
    month = models.DateField(_("month"), help_text="its first day")
    amount = RupiahField(_("amount"))
    on = models.DateField(_("paid on"))
    by = who()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("journal entry"))
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+", verbose_name=_("receipt"))

    objects = DuesPaymentQuerySet.as_manager()

    class Meta(Reversible.Meta):
        verbose_name = _("dues payment")
        constraints = [
            reversed_by_others(),
            models.UniqueConstraint(
                fields=["member", "month"], condition=Q(reversed_on=None), name="activities_duespayment_one_a_month"
            ),
            models.CheckConstraint(name="activities_duespayment_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="activities_duespayment_month_starts_on_the_first", condition=Q(month__day=1)),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_its_facts", fields=["member", "month", "amount", "on", "by", "entry", "receipt"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]

    def __str__(self):
        return f"{date_format(self.month, 'F Y')}: {self.member}"
