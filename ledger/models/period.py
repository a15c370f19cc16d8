"""The months of the books: open, then closed with a snapshot and a seal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import month_name
from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from ledger import triggers
from ledger.models.account import Account, Unit


class Period(models.Model):
    """A month of one unit's books: open for posting, then closed once, with its snapshot and its seal."""

    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    month = models.DateField(_("month"), help_text="its first day")
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_by = who(null=True, blank=True, verbose_name=_("closed by"))
    seal = models.CharField(
        _("seal"),
        max_length=64,
        blank=True,
        help_text="SHA-256 over the month's lines and the seal of the month before",
    )

    class Meta:
        verbose_name = _("month of the books")
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="ledger_period_one_per_month"),
            models.CheckConstraint(name="ledger_period_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(name="ledger_period_starts_on_the_first", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="ledger_period_closed_by_whom_and_sealed",
                condition=Q(closed_on=None, closed_by=None, seal="")
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(seal="")),
            ),
        ]
        triggers = [triggers.ONLY_CLOSES, triggers.NO_TRUNCATE]

    def __str__(self):
        return f"{month_name(self.month)}, {self.get_unit_display()}"

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


class PeriodBalance(models.Model):
    """What one account brought into a closed month and what moved in it; made by closing. Opening is debit − credit."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, db_index=False, related_name="balances")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="+")
    opening = models.BigIntegerField(_("opening balance"))
    debit = RupiahField(_("debit"))
    credit = RupiahField(_("credit"))

    class Meta:
        verbose_name = _("month's balance")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "account"],
                include=["opening", "debit", "credit"],
                name="ledger_periodbalance_one_per_account",
            ),
            models.CheckConstraint(
                name="ledger_periodbalance_not_negative", condition=Q(debit__gte=0) & Q(credit__gte=0)
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.period_id}: {self.account_id}"
