"""What members owe every month for the cooperative itself, and what they paid."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY, Topic
from core.permissions import Permission
from core.reversal import Reversible, ReversibleQuerySet, reversed_by_others
from governance.models import Decision, VersionedRules
from ledger.channels import RECEIVING, Channel, channel_field, one_of
from ledger.models import Entry, Receipt
from members.models import Member
from savings.models import Movement

CHANNELS = [*RECEIVING, Channel.SAVINGS, Channel.SETTLEMENT]
"""Ways of paying dues. Savings and pay for work are turned into dues; no money changes hands."""


class DuesRules(VersionedRules):
    """What every member pays a month for the common cause: income of the general unit, not savings.

    A part of each month may be put aside for the funds; the rest pays the running expenses.
    """

    topic = Topic.DUES

    amount = RupiahField(_("dues per month"))
    due_day = models.PositiveSmallIntegerField(
        _("dues due on day"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_("The day of the month on which an unpaid month becomes due."),
    )
    to_social_fund = RupiahField(
        _("of it into the social fund"), default=0, help_text=_("For visits to the sick and help in need.")
    )
    to_education_fund = RupiahField(
        _("of it into the education fund"), default=0, help_text=_("For training and exhibitions.")
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
            models.CheckConstraint(
                name="activities_duesrules_shares_within_the_dues",
                condition=Q(
                    to_social_fund__gte=0,
                    to_education_fund__gte=0,
                    amount__gte=F("to_social_fund") + F("to_education_fund"),
                ),
                violation_error_message=_("The funds cannot get more than the dues are."),
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
    to_social_fund = RupiahField(_("of it into the social fund"), default=0)
    to_education_fund = RupiahField(_("of it into the education fund"), default=0)
    channel = channel_field(*CHANNELS)
    on = models.DateField(_("paid on"))
    by = who()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("journal entry"))
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+", verbose_name=_("receipt"))
    movement = models.ForeignKey(
        Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from the savings")
    )

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
            models.CheckConstraint(
                name="activities_duespayment_shares_within_the_amount",
                condition=Q(
                    to_social_fund__gte=0,
                    to_education_fund__gte=0,
                    amount__gte=F("to_social_fund") + F("to_education_fund"),
                ),
            ),
            one_of(*CHANNELS),
            models.CheckConstraint(
                name="activities_duespayment_savings_were_taken",
                condition=Q(channel="savings", movement__isnull=False) | (~Q(channel="savings") & Q(movement=None)),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_its_facts",
                fields=[
                    "member", "month", "amount", "to_social_fund", "to_education_fund", "channel", "on", "by", "entry",
                    "receipt", "movement",
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]  # fmt: skip

    def __str__(self):
        return f"{date_format(self.month, 'F Y')}: {self.member}"


class DuesWaiver(Reversible):
    """Months of dues that a member need not pay, because a meeting decided so: long illness, an earthquake.

    Nothing is booked: a waived month is not owed. What was paid before stays paid.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="dues_waivers", verbose_name=_("member"))
    first_month = models.DateField(_("first month"), help_text="its first day")
    last_month = models.DateField(_("last month"), help_text="its first day")
    reason = models.CharField(_("reason"), max_length=200)
    decided_in = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided in"))
    on = models.DateField(_("waived on"))
    by = who(verbose_name=_("recorded by"))

    objects = DuesPaymentQuerySet.as_manager()

    class Meta(Reversible.Meta):
        verbose_name = _("waiver of dues")
        constraints = [
            reversed_by_others(),
            models.CheckConstraint(
                name="activities_dueswaiver_whole_months",
                condition=Q(first_month__day=1, last_month__day=1, last_month__gte=F("first_month")),
                violation_error_message=_("The last month cannot be before the first."),
            ),
            models.CheckConstraint(name="activities_dueswaiver_with_a_reason", condition=~Q(reason="")),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_its_facts",
                fields=["member", "first_month", "last_month", "reason", "decided_in", "on", "by"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]

    def __str__(self):
        return f"{self.member}: {date_format(self.first_month, 'F Y')}"
