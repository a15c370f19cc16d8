"""The ledger: accounts, entries and their lines, months and their snapshots, receipts. See docs/accounting.md.

Entries, lines, receipts and snapshots are written once. What the database refuses stands in ledger/triggers.py.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.dates import month_name
from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from ledger import chart, triggers
from members.models import Member


class Unit(models.TextChoices):
    """The two sets of books: Permenkop 8/2023 wants the savings-and-loan unit's apart from the rest."""

    USP = "usp", _("savings-and-loan unit")
    UMUM = "umum", _("general unit")


class Account(models.Model):
    """An account of one unit's books. The chart itself is data in ledger/chart.py."""

    class Kind(models.TextChoices):
        ASSET = chart.ASSET, _("assets")
        LIABILITY = chart.LIABILITY, _("liabilities")
        EQUITY = chart.EQUITY, _("own capital")
        INCOME = chart.INCOME, _("income")
        EXPENSE = chart.EXPENSE, _("expenses")

    class Side(models.TextChoices):
        DEBIT = chart.DEBIT, _("debit")
        CREDIT = chart.CREDIT, _("credit")

    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=80, help_text="an msgid of the catalogue, or plain Indonesian")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    side = models.CharField(_("normal side"), max_length=10, choices=Side)
    needs_member = models.BooleanField(_("every line names a member"), default=False)

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="ledger_account_one_per_code"),
            models.CheckConstraint(name="ledger_account_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(
                name="ledger_account_kind_known",
                condition=Q(kind__in=["asset", "liability", "equity", "income", "expense"]),
            ),
            models.CheckConstraint(name="ledger_account_side_known", condition=Q(side__in=["debit", "credit"])),
        ]
        triggers = [pgtrigger.ReadOnly(name="keeps_its_place", fields=["unit", "code", "kind", "side"])]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


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
        triggers = [triggers.WHOLE_ENTRIES, *APPEND_ONLY]

    def __str__(self):
        return f"{self.entry_id}: {self.debit or -self.credit}"


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


class Numbering(models.Model):
    """The last number given in a series and year. Its row is locked until the number is committed: no gaps."""

    series = models.CharField(_("series"), max_length=4)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"))

    class Meta:
        verbose_name = _("numbering")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="ledger_numbering_one_per_year")]
        triggers = [triggers.COUNTS_ON, triggers.NO_TRUNCATE]

    def __str__(self):
        return f"{self.series}-{self.year}-{self.last:04}"


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever reads the books sees every receipt, a member only their own."""
        return self if user.can(Permission.LEDGER_VIEW) else self.filter(member__user=user)


class Receipt(models.Model):
    """A numbered kwitansi for money that came in or went out with an entry."""

    class Direction(models.TextChoices):
        IN = "in", _("received")
        OUT = "out", _("paid out")

    number = models.CharField(_("number"), max_length=20)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="receipts")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="receipts", verbose_name=_("member")
    )
    party = models.CharField(_("with whom"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=200)
    amount = RupiahField(_("amount"))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    issued_on = models.DateField(_("issued on"))
    issued_by = who(db_index=False, verbose_name=_("issued by"))

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        constraints = [
            models.UniqueConstraint(fields=["number"], name="ledger_receipt_number_once"),
            models.CheckConstraint(name="ledger_receipt_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="ledger_receipt_direction_known", condition=Q(direction__in=["in", "out"])),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return self.number
