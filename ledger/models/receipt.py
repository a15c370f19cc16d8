"""Numbered receipts for money that came in or went out with an entry."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from ledger import triggers
from ledger.models.entry import Entry
from members.models import Member


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
        """Those who may read the books see every receipt, a member only their own."""
        return self if user.can(Permission.LEDGER_VIEW) else self.filter(member__user=user)


class Receipt(models.Model):
    """A numbered kwitansi for money that came in or went out with an entry.

    One paper for several entries (all that a member pays at a meeting) names them in its parts instead.
    """

    class Direction(models.TextChoices):
        IN = "in", _("received")
        OUT = "out", _("paid out")

    number = models.CharField(_("number"), max_length=20)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="receipts")
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
        triggers = [*APPEND_ONLY, triggers.RECEIPT_HAS_PARTS]

    def __str__(self):
        return self.number

    @property
    def entries(self) -> models.QuerySet[Entry]:
        """What the paper is for: its entry, or the entries of its parts."""
        if self.entry_id:
            return Entry.objects.filter(pk=self.entry_id)
        return Entry.objects.filter(receipt_part__receipt=self)


class ReceiptPart(models.Model):
    """What one entry put into a receipt that several entries share."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="parts")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="receipt_part")
    amount = RupiahField(_("amount"))

    class Meta:
        verbose_name = _("part of a receipt")
        constraints = [models.CheckConstraint(name="ledger_receiptpart_amount_positive", condition=Q(amount__gt=0))]
        triggers = [*APPEND_ONLY, triggers.PARTS_MAKE_RECEIPT]

    def __str__(self):
        return f"{self.receipt_id}: {self.amount}"
