"""Money moved between cash and bank, or between the two units (account 1901)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.reversal import Reversible, reversed_by_others
from ledger.models import Account, Entry


class Transfer(Reversible):
    """From one account of money to another: one entry within a unit, two over the account with the other unit."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name=_("from"))
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", verbose_name=_("to"))
    amount = RupiahField(_("amount"))
    purpose = models.CharField(_("purpose"), max_length=200)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")
    entry_of_target = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="where it is another unit's"
    )
    on = models.DateField(_("date"))
    by = who(verbose_name=_("transferred by"))

    class Meta:
        verbose_name = _("transfer")
        constraints = [
            reversed_by_others(),
            models.CheckConstraint(name="treasury_transfer_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="treasury_transfer_elsewhere", condition=~Q(source=F("target"))),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="keeps_its_facts", exclude=["reversed_on", "reversed_by", "reversal_reason"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.source} → {self.target}"
