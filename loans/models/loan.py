"""Loans from the application to the end: what was asked for, decided, paid out and paid back, by its dates."""

import pgtrigger
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.permissions import Permission
from ledger.channels import PAYING, Channel, channel_field
from ledger.models import Entry, Receipt
from loans.models.arrears import LOAN_KEEPS_UNPAID
from loans.models.product import LoanRules
from loans.models.triggers import refused
from members.models import Member
from savings.models import Movement

FOUR_EYES = refused(
    "four_eyes",
    """NOT EXISTS (SELECT FROM loans_loanapproval WHERE loan_id = NEW.id)
        OR EXISTS (SELECT FROM loans_loanapproval WHERE loan_id = NEW.id AND by_id = NEW.disbursed_by_id)
        OR EXISTS (SELECT FROM members_member WHERE id = NEW.member_id AND user_id = NEW.disbursed_by_id)""",
    condition=pgtrigger.Q(new__disbursed_by__isnull=False),
    constraint="loans_loan_four_eyes",
    message="a loan is paid out by somebody who did not decide on it",
)
APPROVED_BY_ENOUGH = refused(
    "approved_by_enough",
    """NOT EXISTS (SELECT FROM loans_loanapproval WHERE loan_id = NEW.id AND organ = 'board')
        OR EXISTS (
            SELECT FROM governance_office office
            WHERE office.member_id = NEW.member_id
                AND office.started_on <= NEW.approved_on AND office.ends_on > NEW.approved_on
                AND NOT EXISTS (SELECT FROM loans_loanapproval WHERE loan_id = NEW.id AND organ = 'supervisors')
                AND NOT EXISTS (
                    SELECT FROM ledger_entry WHERE id = NEW.entry_id AND reference = 'loan:' || NEW.id || ':carried'
                )
        )""",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__approved_on__isnull=False) & pgtrigger.Q(old__approved_on__isnull=True),
    constraint="loans_loan_approved",
    message="the board and, of an officer, the supervisors agree",
)
"""Related parties: board and supervisors together (Permenkop UKM 8/2023 art. 42 to 44).

What was lent before these books began was decided elsewhere.
"""

WRITTEN_OFF_STAYS = refused(
    "written_off_stays",
    """NEW.written_off_on IS DISTINCT FROM OLD.written_off_on
        OR NEW.schedule_version <> OLD.schedule_version
        OR (OLD.forgiven_on IS NOT NULL AND NEW.forgiven_on IS DISTINCT FROM OLD.forgiven_on)""",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__written_off_on__isnull=False),
    constraint="loans_loan_written_off_stays",
    message="a loan that is written off is never reopened",
)


TERMS_STAY = pgtrigger.ReadOnly(
    name="terms_stay",
    fields=["number", "member", "rules", "principal", "instalments", "purpose", "applied_on", "applied_by"],
)
"""What was applied for is not changed afterwards; a different loan is a different application."""


class LoanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers and supervisors see every loan, a member their own."""
        return self if user.can(Permission.LOAN_LIST) else self.filter(member__user=user)

    def waiting(self):
        """Applications nobody has decided on."""
        return self.filter(approved_on=None, refused_on=None, withdrawn_on=None)

    def approved(self):
        """Granted, but not paid out."""
        return self.filter(approved_on__isnull=False, disbursed_on=None, withdrawn_on=None)

    def running(self, *, as_of):
        """Paid out by `as_of`, and then neither paid back nor written off."""
        return self.filter(disbursed_on__lte=as_of).exclude(settled_on__lte=as_of).exclude(written_off_on__lte=as_of)

    def settled(self, *, as_of):
        return self.filter(settled_on__lte=as_of, written_off_on=None)

    def written_off(self, *, as_of):
        """Out of the books by `as_of`, whatever was recovered or forgiven since."""
        return self.filter(written_off_on__lte=as_of)

    def with_outstanding(self, *, as_of):
        """Each with `outstanding`, the principal owed on `as_of`: as the database keeps it, or works out for before."""
        kept = When(unpaid__known_on__lte=as_of, then=F("unpaid__outstanding"))
        before = Coalesce(Func(F("pk"), Value(as_of), function="loans_outstanding_on"), 0)
        lent = When(disbursed_on__lte=as_of, then=before)
        return self.annotate(outstanding=Case(kept, lent, default=0, output_field=RupiahField()))

    def open(self):
        """Applied for and neither ended nor paid back: what counts against the number of loans at a time."""
        return self.filter(refused_on=None, withdrawn_on=None, settled_on=None, forgiven_on=None)


class Loan(models.Model):
    """One loan from application to the last rupiah. What state it is in follows from its dates."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a decision")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REFUSED = "refused", _("refused")
        APPROVED = "approved", _("approved")
        RUNNING = "running", _("running")
        SETTLED = "settled", _("paid off")
        WRITTEN_OFF = "written_off", _("written off")
        FORGIVEN = "forgiven", _("claim waived")

    number = models.CharField(_("number"), max_length=20, unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="loans", verbose_name=_("member"))
    rules = models.ForeignKey(LoanRules, on_delete=models.PROTECT, related_name="loans", verbose_name=_("loan rules"))
    principal = RupiahField(_("principal"))
    instalments = models.PositiveSmallIntegerField(_("instalments"))
    purpose = models.CharField(_("purpose"), max_length=200)
    applied_on = models.DateField(_("applied on"))
    applied_by = who(verbose_name=_("written by"))

    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refused_by = who(null=True, blank=True, verbose_name=_("refused by"))
    refusal_reason = models.CharField(_("reason for refusing"), max_length=300, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True, help_text="the day of the last approval")

    disbursed_on = models.DateField(_("disbursed on"), null=True, blank=True)
    disbursed_by = who(null=True, blank=True, verbose_name=_("disbursed by"))
    through = channel_field(*PAYING, Channel.SAVINGS, verbose_name=_("paid"), default=Channel.CASH)
    first_due_on = models.DateField(_("first due date"), null=True, blank=True, help_text="only where agreed apart")
    administration_fee = RupiahField(_("administration fee"), default=0)
    provision = RupiahField(_("provision"), default=0)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    schedule_version = models.PositiveSmallIntegerField(default=1)
    settled_on = models.DateField(_("paid off on"), null=True, blank=True)
    written_off_on = models.DateField(_("written off on"), null=True, blank=True)
    forgiven_on = models.DateField(_("claim waived on"), null=True, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan")
        indexes = [
            models.Index(fields=["member", "-applied_on"], name="loans_loan_of_member"),
            models.Index(fields=["disbursed_on"], condition=Q(settled_on=None), name="loans_loan_running"),
        ]
        constraints = [
            models.CheckConstraint(name="loans_loan_amount_positive", condition=Q(principal__gt=0, instalments__gt=0)),
            models.CheckConstraint(
                name="loans_loan_one_end",
                condition=Q(refused_on=None) | Q(approved_on=None, withdrawn_on=None),
            ),
            models.CheckConstraint(
                name="loans_loan_refused_by_whom_and_why",
                condition=Q(refused_on=None, refused_by=None, refusal_reason="")
                | (Q(refused_on__isnull=False, refused_by__isnull=False) & ~Q(refusal_reason="")),
            ),
            models.CheckConstraint(
                name="loans_loan_dates_in_order",
                condition=(Q(approved_on=None) | Q(approved_on__gte=F("applied_on")))
                & (Q(refused_on=None) | Q(refused_on__gte=F("applied_on")))
                & (Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("applied_on"), disbursed_on=None))
                & (Q(disbursed_on=None) | Q(disbursed_on__gte=F("approved_on")))
                & (Q(first_due_on=None) | Q(first_due_on__gt=F("disbursed_on")))
                & (Q(settled_on=None) | Q(settled_on__gte=F("disbursed_on")))
                & (Q(written_off_on=None) | Q(written_off_on__gte=F("disbursed_on")))
                & (Q(settled_on=None) | Q(written_off_on=None) | Q(settled_on__gte=F("written_off_on")))
                & (Q(forgiven_on=None) | Q(forgiven_on__gte=F("written_off_on"), settled_on=None)),
            ),
            models.CheckConstraint(
                name="loans_loan_disbursed_after_approval",
                condition=Q(
                    disbursed_on=None, disbursed_by=None, settled_on=None, written_off_on=None, forgiven_on=None
                )
                | Q(disbursed_on__isnull=False, disbursed_by__isnull=False, approved_on__isnull=False),
            ),
            models.CheckConstraint(
                name="loans_loan_paid_through_what",
                condition=Q(through__in=PAYING, savings=None)
                | (Q(through=Channel.SAVINGS, receipt=None) & (Q(disbursed_on=None) | Q(savings__isnull=False))),
            ),
        ]
        triggers = [TERMS_STAY, FOUR_EYES, APPROVED_BY_ENOUGH, WRITTEN_OFF_STAYS, LOAN_KEEPS_UNPAID]

    def __str__(self):
        return self.number

    @property
    def state(self) -> str:
        """What the dates say now; as at another day ask `loans.queries`."""
        if self.withdrawn_on:
            return self.State.WITHDRAWN
        if self.refused_on:
            return self.State.REFUSED
        if self.written_off_on:
            return self.State.FORGIVEN if self.forgiven_on else self.State.WRITTEN_OFF
        if self.settled_on:
            return self.State.SETTLED
        if self.disbursed_on:
            return self.State.RUNNING
        return self.State.APPROVED if self.approved_on else self.State.WAITING

    @property
    def state_label(self) -> str:
        return self.State(self.state).label

    @property
    def is_live(self) -> bool:
        """Applied for, approved or running."""
        return self.state in (self.State.WAITING, self.State.APPROVED, self.State.RUNNING)

    @property
    def fees(self) -> int:
        return self.administration_fee + self.provision

    @property
    def net(self) -> int:
        """What the borrower received."""
        return self.principal - self.fees
