"""Loans that are given up: out of the books while the claim continues, what still comes back, the claim's end."""

import pgtrigger
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.permissions import Permission
from core.reversal import Reversible, ReversibleQuerySet, reversed_by_others
from governance.models import Decision
from governance.triggers import by_decision
from ledger.channels import RECEIVING, Channel, channel_field
from ledger.models import Entry, Receipt
from loans.models.triggers import by_somebody_else, refused

WRITTEN_OFF_BY_OTHERS = by_somebody_else(
    "proposed_by",
    "done_by",
    name="written_off_by_others",
    constraint="loans_writeoff_four_eyes",
    message="nobody writes off their own debt",
)
CLAIM_WAIVED_BY_MEMBERS = refused(
    "claim_waived_by_members",
    """NEW.kind = 'claim' AND NOT EXISTS (
            SELECT FROM governance_decision
            WHERE id = NEW.decision_id AND organ IN ('members_meeting', 'annual_meeting')
        )""",
    constraint="loans_writeoff_members_decide",
    message="only the members waive a claim",
)
RECOVERED_FROM_WRITTEN_OFF = refused(
    "from_written_off",
    """NOT EXISTS (
            SELECT FROM loans_loan
            WHERE id = NEW.loan_id AND written_off_on <= NEW.received_on
                AND (forgiven_on IS NULL OR forgiven_on >= NEW.received_on)
        )""",
    operation=pgtrigger.Insert,
    constraint="loans_recovery_of_written_off",
    message="only a loan that is written off is recovered",
)


WRITE_OFF_STAYS = pgtrigger.ReadOnly(
    name="write_off_stays", fields=["loan", "kind", "decision", "reason", "proposed_on", "proposed_by"]
)
"""A proposal is carried out or dropped, never rewritten."""


RECOVERY_STAYS = pgtrigger.ReadOnly(
    name="recovery_stays", fields=["loan", "received_on", "amount", "through", "received_by"]
)


class WriteOff(models.Model):
    """A proposal to give a loan up, and whether it was done: by one officer proposed, by another carried out.

    `BOOKS` takes the loan out of the assets (hapus buku): principal against the allowance, and the claim continues.
    `CLAIM` ends what is left of the claim (hapus tagih), by decision of the members. `claim` is what it is about.
    """

    class Kind(models.TextChoices):
        BOOKS = "books", _("written off the books")
        CLAIM = "claim", _("claim waived")

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="write_offs")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided in"))
    reason = models.CharField(_("reason"), max_length=300)
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = who(verbose_name=_("proposed by"))
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)
    dropped_by = who(null=True, blank=True, verbose_name=_("dropped by"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = who(null=True, blank=True, verbose_name=_("done by"))
    principal = RupiahField(_("principal"), default=0)
    interest = RupiahField(_("interest"), default=0)
    penalty = RupiahField(_("penalty"), default=0)
    claim = RupiahField(_("claim"), default=0)
    from_allowance = RupiahField(_("from the allowance"), default=0)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("write-off")
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "kind"], condition=Q(dropped_on=None), name="loans_writeoff_once_per_kind"
            ),
            models.CheckConstraint(name="loans_writeoff_kind_known", condition=Q(kind__in=["books", "claim"])),
            models.CheckConstraint(name="loans_writeoff_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="loans_writeoff_done_by_somebody_else",
                condition=Q(done_on=None, done_by=None)
                | (Q(done_on__gte=F("proposed_on"), done_by__isnull=False) & ~Q(done_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="loans_writeoff_one_end",
                condition=Q(dropped_on=None, dropped_by=None)
                | Q(dropped_on__isnull=False, dropped_by__isnull=False, done_on=None),
            ),
            models.CheckConstraint(
                name="loans_writeoff_sums",
                condition=Q(done_on=None, claim=0, principal=0, interest=0, penalty=0, from_allowance=0, entry=None)
                | Q(
                    Q(kind="books", claim=F("principal") + F("interest") + F("penalty"))
                    | Q(kind="claim", principal=0, interest=0, penalty=0, entry=None),
                    done_on__isnull=False,
                    claim__gt=0,
                    principal__gte=0,
                    interest__gte=0,
                    penalty__gte=0,
                    from_allowance__gte=0,
                    from_allowance__lte=F("principal"),
                ),
            ),
        ]
        triggers = [
            WRITTEN_OFF_BY_OTHERS,
            CLAIM_WAIVED_BY_MEMBERS,
            WRITE_OFF_STAYS,
            by_decision(
                "decision",
                kind="write_off",
                subject="loans.loan",
                key="NEW.loan_id",
                on="NEW.proposed_on",
                table="loans_writeoff",
                detail="decision.detail IN ('', NEW.kind)",
            ),
        ]

    def __str__(self):
        return f"{self.loan}: {self.get_kind_display()}"


class RecoveryQuerySet(ReversibleQuerySet):
    def visible_to(self, user):
        return self if user.can(Permission.LOAN_LIST) else self.filter(loan__member__user=user)

    def total(self) -> int:
        return self.unreversed().aggregate(amount=Sum("amount", default=0))["amount"]


class Recovery(Reversible):
    """Money that came in for a loan after it was written off: income, and the claim is smaller by it."""

    done_on, done_by = "received_on", "received_by"

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="recoveries")
    received_on = models.DateField(_("received on"))
    amount = RupiahField(_("amount"))
    through = channel_field(*RECEIVING, Channel.DEPARTURE, verbose_name=_("through"), default=Channel.CASH)
    received_by = who(verbose_name=_("received by"))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery")
        constraints = [
            models.CheckConstraint(name="loans_recovery_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="loans_recovery_through_what",
                condition=Q(through__in=RECEIVING, receipt__isnull=False) | Q(through=Channel.DEPARTURE, receipt=None),
            ),
            reversed_by_others(on="received_on", by="received_by"),
        ]
        triggers = [RECOVERED_FROM_WRITTEN_OFF, RECOVERY_STAYS]

    def __str__(self):
        return f"{self.loan} {self.received_on}: {self.amount}"
