"""A member's request to withdraw savings, and its decision and payment."""

import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.money import format_rupiah
from core.permissions import Permission
from ledger.channels import PAYING, Channel, channel_field, one_of
from members.models import Member
from savings.models.movement import Movement
from savings.models.rules import SavingsRules
from savings.triggers import REQUEST_FOUR_EYES


class WithdrawalRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see every request, a member only their own."""
        return self if user.can(Permission.SAVINGS_LIST) else self.filter(member__user=user)

    def unanswered(self, *, as_of: datetime.date):
        """Neither paid nor refused nor taken back, and still valid on `as_of`."""
        return self.filter(movement=None, refused_on=None, cancelled_on=None, expires_on__gte=as_of)

    def to_approve(self, *, as_of: datetime.date):
        """Requests that wait for the chair."""
        return self.unanswered(as_of=as_of).filter(
            rules__approval_above__isnull=False, amount__gt=F("rules__approval_above"), approved_on=None
        )

    def to_pay(self, *, as_of: datetime.date):
        """Requests that wait for the treasurer: small ones, and larger ones approved by the chair."""
        return self.unanswered(as_of=as_of).exclude(pk__in=self.to_approve(as_of=as_of).values("pk"))


class WithdrawalRequest(models.Model):
    """The voluntary savings that a member wants to withdraw, when and how. The state follows from the dates.

    It keeps the rules it was made under: whether the chair is asked, and how long it is valid.
    """

    class State(models.TextChoices):
        TO_APPROVE = "to_approve", _("waits for the chair")
        TO_PAY = "to_pay", _("waits for the treasurer")
        PAID = "paid", _("paid out")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("taken back")
        EXPIRED = "expired", _("no longer valid")

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="withdrawal_requests", verbose_name=_("member")
    )
    rules = models.ForeignKey(SavingsRules, on_delete=models.PROTECT, related_name="+")
    amount = RupiahField(_("amount"))
    wanted_on = models.DateField(_("wanted on"))
    channel = channel_field(*PAYING, default=Channel.CASH)
    account = models.CharField(_("bank account"), max_length=80, blank=True)
    asked_on = models.DateField(_("asked on"))
    asked_by = who()
    expires_on = models.DateField(_("valid until"))
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = who(null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refused_by = who(null=True, blank=True)
    refusal_reason = models.CharField(_("reason"), max_length=200, blank=True)
    cancelled_on = models.DateField(_("taken back on"), null=True, blank=True)
    movement = models.OneToOneField(
        Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="request", verbose_name=_("paid out as")
    )

    objects = WithdrawalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal request")
        indexes = [models.Index(fields=["member", "-asked_on"], name="savings_request_of_member")]
        constraints = [
            models.CheckConstraint(name="savings_withdrawalrequest_amount_positive", condition=Q(amount__gt=0)),
            one_of(*PAYING),
            models.CheckConstraint(
                name="savings_withdrawalrequest_says_which_account",
                condition=Q(channel=Channel.BANK) ^ Q(account=""),
            ),
            models.CheckConstraint(
                name="savings_withdrawalrequest_dates_in_order",
                condition=Q(wanted_on__gte=F("asked_on"), expires_on__gte=F("wanted_on")),
            ),
            models.CheckConstraint(
                name="savings_withdrawalrequest_approved_when_and_by_whom",
                condition=Q(approved_on=None, approved_by=None)
                | (Q(approved_on__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("asked_by"))),
            ),
            models.CheckConstraint(
                name="savings_withdrawalrequest_refused_with_a_reason",
                condition=Q(refused_on=None, refused_by=None, refusal_reason="")
                | (Q(refused_on__isnull=False, refused_by__isnull=False) & ~Q(refusal_reason="")),
            ),
            models.CheckConstraint(
                name="savings_withdrawalrequest_ends_once",
                condition=Q(refused_on=None, cancelled_on=None)
                | Q(refused_on=None, movement=None)
                | Q(cancelled_on=None, movement=None),
                violation_error_message=_("This request has ended already."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="request_stays",
                fields=["member", "rules", "amount", "wanted_on", "channel", "account", "asked_on", "asked_by"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
            REQUEST_FOUR_EYES,
        ]

    def __str__(self):
        return f"{self.member.name}: {format_rupiah(self.amount)}"

    @property
    def needs_approval(self) -> bool:
        """Whether the chair is asked, under the rules of the day it was made."""
        return self.rules.approval_above is not None and self.amount > self.rules.approval_above

    def state(self, *, as_of: datetime.date) -> "WithdrawalRequest.State":
        if self.movement_id:
            return self.State.PAID
        if self.refused_on:
            return self.State.REFUSED
        if self.cancelled_on:
            return self.State.CANCELLED
        if self.expires_on < as_of:
            return self.State.EXPIRED
        return self.State.TO_APPROVE if self.needs_approval and not self.approved_on else self.State.TO_PAY
