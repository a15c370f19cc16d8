"""A member's standing consent: voluntary savings pay what is due, once a month, until the member stops it."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from members.models import Member


class StandingOrderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see everybody's, a member only their own."""
        return self if user.can(Permission.SAVINGS_LIST) else self.filter(member__user=user)

    def running(self):
        return self.filter(ended_on=None, member__left_on=None)


class StandingOrder(models.Model):
    """What the member wants paid out of the voluntary savings, and from which day of each month on."""

    class Purpose(models.TextChoices):
        MANDATORY = "mandatory", pgettext_lazy("standing order", "mandatory savings")
        DUES = "dues", pgettext_lazy("standing order", "dues")
        LOAN = "loan", pgettext_lazy("standing order", "loan instalments")

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="standing_orders", verbose_name=_("member")
    )
    purpose = models.CharField(_("what is paid"), max_length=10, choices=Purpose)
    day_of_month = models.PositiveSmallIntegerField(_("day of the month"))
    given_on = models.DateField(_("given on"))
    given_by = who(verbose_name=_("given by"))
    ended_on = models.DateField(_("stopped on"), null=True, blank=True)
    ended_by = who(null=True, blank=True, verbose_name=_("stopped by"))

    objects = StandingOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing consent")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "purpose"], condition=Q(ended_on=None), name="savings_standingorder_one_running"
            ),
            models.CheckConstraint(
                name="savings_standingorder_purpose_known", condition=Q(purpose__in=["mandatory", "dues", "loan"])
            ),
            models.CheckConstraint(name="savings_standingorder_day", condition=Q(day_of_month__range=(1, 28))),
            models.CheckConstraint(
                name="savings_standingorder_ended_when_and_by_whom",
                condition=Q(ended_on=None, ended_by=None) | Q(ended_on__gte=F("given_on"), ended_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_what_was_given", fields=["member", "purpose", "day_of_month", "given_on", "given_by"]
            ),
            pgtrigger.Protect(
                name="ended_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__ended_on__isnull=False)
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.member.name}"


class StandingOrderRun(models.Model):
    """What a standing order did in a month: all that was due, or nothing and why. One a month, never a part."""

    order = models.ForeignKey(StandingOrder, on_delete=models.PROTECT, db_index=False, related_name="runs")
    month = models.DateField(_("month"), help_text="its first day")
    on = models.DateField(_("date"))
    amount = RupiahField(_("amount"), default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("run of a standing consent")
        constraints = [
            models.UniqueConstraint(fields=["order", "month"], name="savings_standingorderrun_once_a_month"),
            models.CheckConstraint(name="savings_standingorderrun_month_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="savings_standingorderrun_paid_or_why_not",
                condition=Q(amount__gt=0, reason="") | (Q(amount=0) & ~Q(reason="")),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.order_id}: {self.month:%Y-%m}"
