"""What the bank says moved on an account, and which line of the books each movement is."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import APPEND_ONLY
from ledger.models import Line
from treasury.models.bank_account import BankAccount


class BankStatement(models.Model):
    """One imported statement. Statements of an account follow one another without overlapping."""

    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="statements")
    first = models.DateField(_("from"))
    last = models.DateField(_("until"))
    opening = models.BigIntegerField(_("opening balance"))
    closing = models.BigIntegerField(_("closing balance"))
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    imported_on = models.DateField(_("imported on"))
    imported_by = who(verbose_name=_("imported by"))

    class Meta:
        verbose_name = _("bank statement")
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="treasury_bankstatement_once"),
            models.UniqueConstraint(fields=["bank_account", "first"], name="treasury_bankstatement_first_once"),
            models.CheckConstraint(name="treasury_bankstatement_days", condition=Q(last__gte=F("first"))),
        ]
        triggers = [
            *APPEND_ONLY,
            pgtrigger.Trigger(
                name="no_overlap",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                IF EXISTS (
                    SELECT FROM treasury_bankstatement other
                    WHERE other.bank_account_id = NEW.bank_account_id
                        AND other.first <= NEW.last AND other.last >= NEW.first
                ) THEN
                    RAISE EXCEPTION 'statements of an account do not overlap'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_bankstatement_no_overlap';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.bank_account}, {self.first} – {self.last}"


class StatementLineQuerySet(models.QuerySet):
    def unmatched(self):
        return self.filter(matched=None)


class StatementLine(models.Model):
    """A movement as the bank tells it: negative where money left. Matched by hand with one line of the books."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    on = models.DateField(_("date"))
    amount = models.BigIntegerField(_("amount"))
    text = models.CharField(_("text"), max_length=200, blank=True)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    matched = models.OneToOneField(
        Line, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line of the books")
    )
    matched_on = models.DateField(_("matched on"), null=True, blank=True)
    matched_by = who(null=True, blank=True, verbose_name=_("matched by"))

    objects = StatementLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement at the bank")
        indexes = [models.Index(fields=["statement"], condition=Q(matched=None), name="treasury_statementline_open")]
        constraints = [
            models.CheckConstraint(
                name="treasury_statementline_matched_by_whom",
                condition=Q(matched=None, matched_on=None, matched_by=None)
                | Q(matched__isnull=False, matched_on__isnull=False, matched_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="keeps_its_facts", fields=["statement", "on", "amount", "text", "reference"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="same_money",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__matched__isnull=False),
                func="""
                IF NOT EXISTS (
                    SELECT FROM ledger_line line
                    JOIN treasury_bankstatement statement ON statement.id = NEW.statement_id
                    JOIN treasury_bankaccount bank ON bank.id = statement.bank_account_id
                    WHERE line.id = NEW.matched_id AND line.account_id = bank.account_id
                        AND line.debit - line.credit = NEW.amount
                ) THEN
                    RAISE EXCEPTION 'a movement is matched with the same amount on the same account'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'treasury_statementline_same_money';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.on} {self.amount}"
