"""The cooperative's accounts at banks, each with an account of the chart of its own."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from ledger.models import Account, Unit


class BankAccountQuerySet(models.QuerySet):
    def open(self, *, as_of):
        """Accounts that the cooperative has on a day."""
        return self.filter(opened_on__lte=as_of).exclude(closed_on__lte=as_of)


class BankAccount(models.Model):
    """One account at one bank. `mapping` says what the columns of its CSV statements are."""

    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="bank_account")
    bank = models.CharField(_("bank"), max_length=60)
    number = models.CharField(_("account number"), max_length=40)
    holder = models.CharField(_("account holder"), max_length=120)
    mapping = models.JSONField(_("columns of the statement"), default=dict, blank=True)
    opened_on = models.DateField(_("opened on"))
    opened_by = who(verbose_name=_("opened by"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_by = who(null=True, blank=True, verbose_name=_("closed by"))

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        constraints = [
            models.UniqueConstraint(fields=["bank", "number"], name="treasury_bankaccount_once"),
            models.CheckConstraint(
                name="treasury_bankaccount_closed_by_whom",
                condition=Q(closed_on=None, closed_by=None) | Q(closed_on__isnull=False, closed_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="keeps_its_place", fields=["unit", "account", "bank", "number", "opened_on"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.bank} {self.number}"
