"""Entries by hand: what the treasurer corrects or books where no room does and no money of a voucher moves."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import StoredFile
from core.reversal import Reversible, reversed_by_others
from ledger.models import Entry, Unit


class Journal(Reversible):
    """One numbered entry by hand, JU-2026-0001, with its paper (bukti memorial)."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    memo = models.CharField(_("memo"), max_length=200)
    amount = RupiahField(_("amount"), help_text="the sum of one side")
    paper = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper")
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="journal")
    on = models.DateField(_("date"))
    by = who(verbose_name=_("posted by"))

    class Meta:
        verbose_name = _("entry by hand")
        constraints = [
            reversed_by_others(),
            models.CheckConstraint(name="treasury_journal_amount_positive", condition=Q(amount__gt=0)),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="keeps_its_facts", exclude=["reversed_on", "reversed_by", "reversal_reason"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.number
