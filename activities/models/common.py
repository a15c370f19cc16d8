"""What is the same for everything that the activities pay out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import who
from core.reversal import Reversible
from ledger import chart
from ledger.channels import PAYING, channel_field
from ledger.models import Entry, Receipt


class Source(models.TextChoices):
    """Whose money it is: the general unit's expenses of the year, or a fund that was put aside for this."""

    RUNNING = "running", pgettext_lazy("paid from", "running expenses")
    SOCIAL = "social", pgettext_lazy("paid from", "social fund")
    EDUCATION = "education", pgettext_lazy("paid from", "education fund")

    @property
    def fund(self) -> str:
        """The account of the fund; nothing for running expenses."""
        return {Source.SOCIAL: chart.SOCIAL_FUND, Source.EDUCATION: chart.EDUCATION_FUND}.get(self, "")


def source_field(*offered: Source, **options) -> models.CharField:
    options.setdefault("verbose_name", _("paid from"))
    return models.CharField(max_length=10, choices=[(each.value, each.label) for each in offered], **options)


class PaidOut(Reversible):
    """Something that was paid out against a receipt. A wrong one is reversed by somebody else."""

    channel = channel_field(*PAYING, blank=True)
    by = who(verbose_name=_("recorded by"))
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fund_entry = models.OneToOneField(
        Entry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the part of the fund that the savings and loan unit keeps",
    )
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Reversible.Meta):
        abstract = True


KEPT = ("channel", "by", "entry", "fund_entry", "receipt")
"""The columns of PaidOut that no later statement may change; only the reversal is ever added."""

WAYS = [each.value for each in PAYING]
