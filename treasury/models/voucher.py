"""Money in and money out for what no room posts: electricity, rent, a grant (bukti kas masuk and bukti kas keluar)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, who
from core.models import APPEND_ONLY, StoredFile
from core.reversal import Reversible, reversed_by_others
from ledger.channels import PAYING, RECEIVING, Channel, Way, account_of, channel_field, one_of
from ledger.models import Entry, Unit


class Direction(models.TextChoices):
    IN = "in", pgettext_lazy("voucher", "money in")
    OUT = "out", pgettext_lazy("voucher", "money out")


SERIES = {Direction.IN: "BKM", Direction.OUT: "BKK"}
"""The Indonesian series of the numbers: bukti kas masuk and bukti kas keluar."""


class VoucherCategory(models.Model):
    """What the money is for, in words, and the account of the chart that this means."""

    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    name = models.CharField(_("name"), max_length=80, help_text="an msgid of the catalogue, or plain Indonesian")
    account_code = models.CharField(_("account"), max_length=10)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("voucher category")
        constraints = [
            models.UniqueConstraint(fields=["direction", "name"], name="treasury_vouchercategory_once"),
            models.CheckConstraint(
                name="treasury_vouchercategory_direction_known", condition=Q(direction__in=Direction.values)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="keeps_its_account", fields=["direction", "account_code"]),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return gettext(self.name)


class VoucherTemplate(models.Model):
    """A voucher that comes again: filled in with one tap, and asked for on its day of the month where it has one."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    category = models.ForeignKey(VoucherCategory, on_delete=models.PROTECT, related_name="+", verbose_name=_("for"))
    payee = models.CharField(_("with whom"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=200)
    amount = RupiahField(_("amount"), null=True, blank=True, help_text=_("Leave it empty where it differs each time."))
    channel = channel_field(*PAYING)
    account_code = models.CharField(_("account"), max_length=10, blank=True, help_text="which of several banks")
    day_of_month = models.PositiveSmallIntegerField(_("day of the month"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("voucher template")
        constraints = [
            one_of(*PAYING),
            models.CheckConstraint(
                name="treasury_vouchertemplate_day", condition=Q(day_of_month=None) | Q(day_of_month__range=(1, 28))
            ),
            models.CheckConstraint(name="treasury_vouchertemplate_amount", condition=Q(amount=None) | Q(amount__gt=0)),
        ]

    def __str__(self):
        return self.name

    @property
    def way(self) -> Way:
        """How it is paid, with the account that its money goes through."""
        return Way(Channel(self.channel), self.account_code or account_of(self.channel), self.unit)


class Voucher(Reversible):
    """One numbered voucher with its entry: BKM-2026-0001 for money in, BKK-2026-0001 for money out."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    category = models.ForeignKey(VoucherCategory, on_delete=models.PROTECT, related_name="+", verbose_name=_("for"))
    payee = models.CharField(_("with whom"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=200)
    amount = RupiahField(_("amount"))
    channel = channel_field(*RECEIVING)
    paper = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bill or receipt")
    )
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="voucher")
    template = models.ForeignKey(
        VoucherTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("template")
    )
    due_month = models.DateField(
        _("for the month"), null=True, blank=True, help_text="of a template with a day: once a month"
    )
    on = models.DateField(_("date"))
    by = who(verbose_name=_("posted by"))

    class Meta:
        verbose_name = _("voucher")
        indexes = [models.Index(fields=["on"], name="treasury_voucher_on")]
        constraints = [
            reversed_by_others(),
            one_of(*RECEIVING),
            models.CheckConstraint(name="treasury_voucher_amount_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["template", "due_month"],
                condition=Q(reversed_on=None, due_month__isnull=False),
                name="treasury_voucher_once_a_month",
            ),
            models.CheckConstraint(
                name="treasury_voucher_month_of_a_template", condition=Q(due_month=None) | Q(template__isnull=False)
            ),
            models.CheckConstraint(
                name="treasury_voucher_direction_known", condition=Q(direction__in=Direction.values)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_its_facts",
                exclude=["reversed_on", "reversed_by", "reversal_reason"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.number

    @property
    def is_in(self) -> bool:
        return self.direction == Direction.IN


class VoucherPaper(models.Model):
    """A further photo or PDF of a voucher: the second page of a bill, the receipt that came a day later."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("added on"))
    by = who(verbose_name=_("added by"))

    class Meta:
        verbose_name = _("paper of a voucher")
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.voucher_id}: {self.file_id}"
