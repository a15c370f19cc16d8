"""A running loan on new terms (3R and top-up): who asked, who agreed, what was carried over, how often it may be."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField, who
from core.models import APPEND_ONLY
from core.money import format_percent
from governance.models import Decision, VersionedRules
from governance.triggers import by_decision
from ledger.models import Entry, Receipt
from loans.models.schedule import ScheduleVersion
from loans.models.triggers import of_the_loan, refused

RESTRUCTURED_BY_OTHERS = refused(
    "restructured_by_others",
    f"""NOT EXISTS (SELECT FROM loans_restructuringapproval WHERE restructuring_id = NEW.id)
        OR EXISTS (SELECT FROM loans_restructuringapproval WHERE restructuring_id = NEW.id AND by_id = NEW.done_by_id)
        OR {of_the_loan("NEW.loan_id", "member.user_id = NEW.done_by_id")}""",
    condition=pgtrigger.Q(new__done_by__isnull=False),
    constraint="loans_restructuring_four_eyes",
    message="new terms are carried out by somebody who did not agree to them",
)
RESTRUCTURING_APPROVED_BY_OTHERS = refused(
    "somebody_else",
    """EXISTS (
            SELECT FROM loans_restructuring restructuring
            JOIN loans_loan loan ON loan.id = restructuring.loan_id
            JOIN members_member member ON member.id = loan.member_id
            WHERE restructuring.id = NEW.restructuring_id
                AND NEW.by_id IN (member.user_id, restructuring.proposed_by_id)
        )""",
    operation=pgtrigger.Insert,
    constraint="loans_restructuringapproval_somebody_else",
    message="nobody approves new terms of their own or their own proposal",
)
MORE_WITH_GUARANTORS = refused(
    "more_with_guarantors",
    """(NEW.added > 0 OR NEW.interest_carried > 0) AND (
            SELECT count(*) FROM loans_renewedguarantee
            WHERE restructuring_id = NEW.id AND consented_on <= NEW.done_on
        ) < (
            SELECT rules.guarantors_needed FROM loans_loan loan JOIN loans_loanrules rules ON rules.id = loan.rules_id
            WHERE loan.id = NEW.loan_id
        )""",
    condition=pgtrigger.Q(new__done_by__isnull=False),
    constraint="loans_restructuring_guaranteed",
    message="guarantors agree to the higher amount",
)


RESTRUCTURING_STAYS = pgtrigger.ReadOnly(
    name="restructuring_stays",
    fields=[
        "loan",
        "kind",
        "reason",
        "instalments",
        "first_due_on",
        "rate_bp",
        "principal_grace",
        "waives_penalty",
        "added",
        "decision",
        "proposed_on",
        "proposed_by",
    ],
)
"""What was agreed to is what is carried out; other terms are another proposal."""


class RestructuringRules(VersionedRules):
    """How often a loan may get new terms, and when new money may come on top of a running one."""

    most_times = models.PositiveSmallIntegerField(
        _("most restructurings of a loan"), default=2, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    top_up_paid_bp = RateField(
        _("paid back before a top-up"), default=5_000, help_text=_("Which part of the loan must be paid back first.")
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of restructuring")
        constraints = [
            models.CheckConstraint(
                name="loans_restructuringrules_in_range",
                condition=Q(most_times__range=(1, 20), top_up_paid_bp__lte=10_000),
                violation_error_message=_("Between 1 and 20 times, and at most 100 percent paid back."),
            )
        ]

    @property
    def top_up_paid(self) -> str:
        return format_percent(self.top_up_paid_bp)


class Restructuring(models.Model):
    """New terms for a running loan: proposed, agreed to by officers, carried out by another.

    The sums are those of the day on which it was carried out; the new principal is the old one, the interest that
    became principal, and the new money.
    """

    class Kind(models.TextChoices):
        RESCHEDULING = "rescheduling", _("rescheduling: more time")
        RECONDITIONING = "reconditioning", _("reconditioning: lower rate or no penalty")
        RESTRUCTURING = "restructuring", _("restructuring: open interest becomes principal")
        TOP_UP = "top_up", _("top-up: new money on the running loan")

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="restructurings")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300)
    instalments = models.PositiveSmallIntegerField(_("instalments"))
    first_due_on = models.DateField(_("first due date"))
    rate_bp = RateField(_("rate"))
    principal_grace = models.PositiveSmallIntegerField(_("first instalments without principal"), default=0)
    waives_penalty = models.BooleanField(_("penalty is waived"), default=False)
    added = RupiahField(_("new money"), default=0)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided in")
    )
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = who(verbose_name=_("proposed by"))
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)
    dropped_by = who(null=True, blank=True, verbose_name=_("dropped by"))

    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = who(null=True, blank=True, verbose_name=_("done by"))
    principal_before = RupiahField(_("principal before"), default=0)
    interest_open = RupiahField(_("interest carried over"), default=0)
    interest_carried = RupiahField(_("interest that became principal"), default=0)
    penalty_waived = RupiahField(_("waived penalty"), default=0)
    principal_after = RupiahField(_("principal after"), default=0)
    fees = RupiahField(_("fees"), default=0)
    version = models.OneToOneField(
        ScheduleVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="restructuring"
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("restructuring")
        constraints = [
            models.UniqueConstraint(
                fields=["loan"], condition=Q(done_on=None, dropped_on=None), name="loans_restructuring_one_at_a_time"
            ),
            models.CheckConstraint(
                name="loans_restructuring_kind_known",
                condition=Q(kind__in=["rescheduling", "reconditioning", "restructuring", "top_up"]),
            ),
            models.CheckConstraint(
                name="loans_restructuring_has_a_reason", condition=~Q(reason="") & Q(instalments__gte=1)
            ),
            models.CheckConstraint(
                name="loans_restructuring_new_money_in_a_top_up",
                condition=Q(kind="top_up", added__gt=0, waives_penalty=False) | (~Q(kind="top_up") & Q(added=0)),
            ),
            models.CheckConstraint(
                name="loans_restructuring_one_end",
                condition=Q(dropped_on=None, dropped_by=None)
                | Q(dropped_on__isnull=False, dropped_by__isnull=False, done_on=None),
            ),
            models.CheckConstraint(
                name="loans_restructuring_done_after_approval",
                condition=Q(done_on=None, done_by=None, version=None, entry=None, receipt=None, principal_after=0)
                | Q(
                    done_on__gte=F("approved_on"),
                    done_by__isnull=False,
                    version__isnull=False,
                    first_due_on__gt=F("done_on"),
                    principal_before__gte=0,
                    interest_open__gte=F("interest_carried"),
                    interest_carried__gte=0,
                    penalty_waived__gte=0,
                    fees__gte=0,
                    fees__lte=F("added"),
                    principal_after=F("principal_before") + F("interest_carried") + F("added"),
                    principal_after__gt=0,
                ),
            ),
            models.CheckConstraint(
                name="loans_restructuring_interest_as_principal",
                condition=Q(kind="restructuring") | Q(interest_carried=0),
            ),
            models.CheckConstraint(
                name="loans_restructuring_penalty_waived_as_agreed",
                condition=Q(waives_penalty=True) | Q(penalty_waived=0),
            ),
        ]
        triggers = [
            by_decision(
                "decision",
                kind="restructuring",
                subject="loans.loan",
                key="NEW.loan_id",
                on="NEW.proposed_on",
                table="loans_restructuring",
            ),
            RESTRUCTURED_BY_OTHERS,
            RESTRUCTURING_STAYS,
            MORE_WITH_GUARANTORS,
        ]

    def __str__(self):
        return f"{self.loan}: {self.get_kind_display()}"

    @property
    def rate(self) -> str:
        return format_percent(self.rate_bp)

    @property
    def is_waiting(self) -> bool:
        """Neither carried out nor dropped."""
        return not self.done_on and not self.dropped_on

    @property
    def raises(self) -> bool:
        """Whether more is lent on these terms than without them: new money, or interest that becomes principal."""
        return self.kind in (self.Kind.TOP_UP, self.Kind.RESTRUCTURING)

    @property
    def paid_out(self) -> int:
        """What the borrower received of the new money."""
        return self.added - self.fees


class RestructuringApproval(models.Model):
    """One officer's approval of new terms; above the tier of the loan's rules it takes two, as for a new loan."""

    restructuring = models.ForeignKey(Restructuring, on_delete=models.PROTECT, related_name="approvals")
    by = who(verbose_name=_("by"))
    on = models.DateField(_("on"))
    organ = models.CharField(
        _("for the"),
        max_length=11,
        choices=[("board", _("board")), ("supervisors", _("supervisors"))],
        default="board",
    )

    class Meta:
        verbose_name = _("approval of a restructuring")
        constraints = [
            models.UniqueConstraint(fields=["restructuring", "by"], name="loans_restructuringapproval_once"),
            models.CheckConstraint(
                name="loans_restructuringapproval_organ_known", condition=Q(organ__in=["board", "supervisors"])
            ),
        ]
        triggers = [RESTRUCTURING_APPROVED_BY_OTHERS, *APPEND_ONLY]

    def __str__(self):
        return f"{self.restructuring_id}: {self.by}"
