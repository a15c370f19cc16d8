"""Entries of the journal and their lines, written once. What the database refuses is in ledger/triggers.py."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from ledger import triggers
from ledger.models.account import Account, Unit
from members.models import Member


class Entry(models.Model):
    """One business event in the journal of one unit. It is never changed; a mistake is reversed by another entry."""

    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    date = models.DateField(_("date"))
    reference = models.CharField(_("reference"), max_length=80)
    memo = models.CharField(_("memo"), max_length=200)
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("reverses"),
    )
    posted_by = who(db_index=False, verbose_name=_("posted by"))

    class Meta:
        verbose_name = _("journal entry")
        indexes = [models.Index(fields=["unit", "date"], name="ledger_entry_journal")]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="ledger_entry_reference_once"),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="ledger_entry_reversed_once"
            ),
            models.CheckConstraint(name="ledger_entry_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(name="ledger_entry_has_reference", condition=~Q(reference="")),
            models.CheckConstraint(name="ledger_entry_has_memo", condition=~Q(memo="")),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return self.reference


class Line(models.Model):
    """One account's part of an entry: whole rupiah, on one side. The date is that of its entry, kept for the index."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, db_index=False, related_name="lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False, related_name="lines")
    member = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("member"),
    )
    date = models.DateField(_("date"))
    debit = RupiahField(_("debit"))
    credit = RupiahField(_("credit"))

    class Meta:
        verbose_name = _("journal line")
        indexes = [
            models.Index(fields=["entry"], name="ledger_line_entry"),
            models.Index(fields=["account", "date"], include=["debit", "credit"], name="ledger_line_account"),
            models.Index(
                fields=["member", "date", "entry"],
                include=["account", "debit", "credit"],
                condition=Q(member__isnull=False),
                name="ledger_line_member",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="ledger_line_one_side", condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0)
            ),
        ]
        triggers = [triggers.WHOLE_ENTRIES, triggers.WITHIN_BALANCE, *APPEND_ONLY]

    def __str__(self):
        return f"{self.entry_id}: {self.debit or -self.credit}"
