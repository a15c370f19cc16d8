"""Loans from the application to the schedule: who asked, who stands for it, who decided, what is due when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from ledger.models import Entry, Receipt
from loans import triggers
from loans.rules import LoanRules
from members.models import Member
from savings.models import Movement


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
        FORGIVEN = "forgiven", _("claim given up")

    class Through(models.TextChoices):
        CASH = "cash", _("cash")
        BANK = "bank", _("bank")
        SAVINGS = "savings", _("voluntary savings")
        SETTLEMENT = "settlement", _("settlement of handed-over work")
        LEAVING = "leaving", _("set off on leaving")

    BY_HAND = (Through.CASH, Through.BANK)
    """Money that changes hands and therefore has a receipt."""

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
    through = models.CharField(_("paid"), max_length=10, choices=Through, default=Through.CASH)
    first_due_on = models.DateField(_("first due date"), null=True, blank=True, help_text="only where agreed apart")
    administration_fee = RupiahField(_("administration fee"), default=0)
    provision = RupiahField(_("provision"), default=0)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    schedule_version = models.PositiveSmallIntegerField(default=1)
    settled_on = models.DateField(_("paid off on"), null=True, blank=True)
    written_off_on = models.DateField(_("written off on"), null=True, blank=True)
    forgiven_on = models.DateField(_("claim given up on"), null=True, blank=True)

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
                condition=Q(through__in=["cash", "bank"], savings=None)
                | (Q(through="savings", receipt=None) & (Q(disbursed_on=None) | Q(savings__isnull=False))),
            ),
        ]
        triggers = triggers.OF_A_LOAN

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
    def fees(self) -> int:
        return self.administration_fee + self.provision

    @property
    def net(self) -> int:
        """What the borrower received."""
        return self.principal - self.fees


class LoanApproval(models.Model):
    """One officer's yes. Above the tier of the rules a loan needs two; an officer's needs the supervisors' too."""

    class Organ(models.TextChoices):
        BOARD = "board", _("board")
        SUPERVISORS = "supervisors", _("supervisors")

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="approvals")
    by = who(verbose_name=_("by"))
    on = models.DateField(_("on"))
    organ = models.CharField(_("for the"), max_length=11, choices=Organ, default=Organ.BOARD)

    class Meta:
        verbose_name = _("approval")
        constraints = [
            models.UniqueConstraint(fields=["loan", "by"], name="loans_loanapproval_once_per_person"),
            models.CheckConstraint(
                name="loans_loanapproval_organ_known", condition=Q(organ__in=["board", "supervisors"])
            ),
        ]
        triggers = [triggers.APPROVER_IS_SOMEBODY_ELSE, *APPEND_ONLY]

    def __str__(self):
        return f"{self.loan}: {self.by}"


class GuarantorQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.can(Permission.LOAN_LIST) else self.filter(member__user=user)

    def unanswered(self):
        return self.filter(consented_on=None, declined_on=None, loan__in=Loan.objects.open())

    def standing(self, *, as_of):
        """Those whose yes holds on `as_of`."""
        return self.filter(consented_on__lte=as_of).exclude(ended_on__lte=as_of)


class Guarantor(models.Model):
    """A member who was asked to stand for a loan, and what they answered themselves. `amount` is their share of it."""

    class Ending(models.TextChoices):
        WITHDREW = "withdrew", _("took the yes back before the decision")
        LEFT = "left", _("left the cooperative, somebody else stands in")
        REPLACED = "replaced", _("somebody else stands in")

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
        triggers = [triggers.GUARANTOR_IS_SOMEBODY_ELSE]

    def __str__(self):
        return f"{self.loan}: {self.member}"


class Instalment(models.Model):
    """One row of the schedule as it was printed. A restructured loan gets a new `version`; the old one stays."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, db_index=False, related_name="rows")
    version = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due on"))
    principal = RupiahField(_("principal"))
    interest = RupiahField(_("interest"))
    fee = RupiahField(_("administration"), default=0, db_default=0)

    class Meta:
        verbose_name = _("instalment")
        constraints = [
            models.UniqueConstraint(fields=["loan", "version", "number"], name="loans_instalment_number_once"),
            models.CheckConstraint(
                name="loans_instalment_not_negative", condition=Q(principal__gte=0, interest__gte=0, fee__gte=0)
            ),
        ]
        triggers = [*APPEND_ONLY, triggers.INSTALMENTS_KEEP_UNPAID]

    def __str__(self):
        return f"{self.loan_id}/{self.version}/{self.number}"

    @property
    def total(self) -> int:
        return self.principal + self.interest + self.fee
