"""Money that came in for a loan, and what of an instalment it paid."""

import pgtrigger
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.reversal import Reversible, ReversibleQuerySet
from ledger.channels import RECEIVING, Channel, channel_field
from ledger.models import Entry, Receipt
from loans.models.arrears import PARTS_KEEP_UNPAID, REVERSAL_KEEPS_UNPAID
from loans.models.loan import Loan
from loans.models.schedule import Instalment
from savings.models import Movement

PAYMENT_STAYS = pgtrigger.ReadOnly(
    name="payment_stays", fields=["loan", "paid_on", "valued_on", "amount", "through", "received_by", "replays"]
)
"""A payment is reversed, never rewritten."""


class RepaymentQuerySet(ReversibleQuerySet):
    def total(self, *, as_of) -> int:
        """What was paid by a day, on whichever schedule was in force then."""
        return self.filter(paid_on__lte=as_of).standing(as_of=as_of).aggregate(sum=Sum("amount", default=0))["sum"]

    def shown(self):
        """Every payment once, newest first: the row that counts now (or last did), its parts summed up."""
        sums = {kind: Coalesce(Sum(f"parts__{kind}"), 0) for kind in ("principal", "interest", "fee", "penalty")}
        rows = self.filter(is_superseded=False).annotate(**sums)
        return rows.select_related("receipt", "received_by", "replays__receipt").order_by("-valued_on", "-pk")


class Repayment(Reversible):
    """Money that came in for a loan. A wrong one is reversed as a whole; nothing of it is edited.

    Where a payment is put right that came before it, its parts are recalculated: another row `replays` the
    one with the receipt, and takes the place of the row before. `paid_on` is the day from which a row counts in the
    books, `valued_on` the day on which the money was there.
    """

    done_on, done_by = "paid_on", "received_by"

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="repayments")
    paid_on = models.DateField(_("paid on"))
    valued_on = models.DateField(_("received on"))
    replays = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replayed")
    is_superseded = models.BooleanField(default=False, db_default=False)
    amount = RupiahField(_("amount"))
    through = channel_field(
        *RECEIVING,
        Channel.SAVINGS,
        Channel.SETTLEMENT,
        Channel.DEPARTURE,
        verbose_name=_("through"),
        default=Channel.CASH,
    )
    received_by = who(verbose_name=_("received by"))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    savings = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RepaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("repayment")
        constraints = [
            models.CheckConstraint(name="loans_repayment_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="loans_repayment_through_what",
                condition=Q(replays__isnull=False, receipt=None, savings=None)
                | (
                    Q(replays=None, entry__isnull=False)
                    & (
                        Q(through__in=RECEIVING, receipt__isnull=False, savings=None)
                        | Q(through=Channel.SAVINGS, savings__isnull=False)
                        | Q(through__in=[Channel.SETTLEMENT, Channel.DEPARTURE], receipt=None, savings=None)
                    )
                ),
            ),
            models.CheckConstraint(
                name="loans_repayment_counts_when_it_was_there",
                condition=Q(valued_on=F("paid_on")) | Q(replays__isnull=False, valued_on__lt=F("paid_on")),
            ),
            models.CheckConstraint(
                name="loans_repayment_superseded_is_reversed",
                condition=Q(is_superseded=False) | Q(reversed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="loans_repayment_reversed_by_whom_and_why",
                condition=Q(reversed_on=None, reversed_by=None, reversal_reason="")
                | (Q(reversed_on__gte=F("paid_on"), reversed_by__isnull=False) & ~Q(reversal_reason="")),
            ),
        ]
        triggers = [PAYMENT_STAYS, REVERSAL_KEEPS_UNPAID]

    def __str__(self):
        return f"{self.loan} {self.paid_on}: {self.amount}"

    @property
    def original(self) -> "Repayment":
        """The row with the receipt, or the line in the passbook."""
        return self.replays or self


class RepaymentPart(models.Model):
    """What a repayment settled of one instalment. `penalty` had grown by the day of the payment."""

    repayment = models.ForeignKey(Repayment, on_delete=models.PROTECT, db_index=False, related_name="parts")
    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="parts")
    penalty = RupiahField(_("penalty"), default=0)
    interest = RupiahField(_("interest"), default=0)
    principal = RupiahField(_("principal"), default=0)
    fee = RupiahField(_("administration"), default=0, db_default=0)

    class Meta:
        verbose_name = _("part of a repayment")
        constraints = [
            models.UniqueConstraint(fields=["repayment", "instalment"], name="loans_repaymentpart_once"),
            models.CheckConstraint(
                name="loans_repaymentpart_positive",
                condition=Q(penalty__gte=0, interest__gte=0, principal__gte=0, fee__gte=0)
                & (Q(penalty__gt=0) | Q(interest__gt=0) | Q(principal__gt=0) | Q(fee__gt=0)),
            ),
        ]
        triggers = [*APPEND_ONLY, PARTS_KEEP_UNPAID]

    def __str__(self):
        return f"{self.repayment_id}: {self.instalment_id}"
