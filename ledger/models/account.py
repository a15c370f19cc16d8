"""The accounts of both units' books. The chart itself is data in ledger/chart.py."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ledger import chart


class Unit(models.TextChoices):
    """The two sets of books: Permenkop 8/2023 wants the savings-and-loan unit's apart from the rest."""

    USP = "usp", _("savings-and-loan unit")
    UMUM = "umum", _("general unit")


class Account(models.Model):
    """An account of one unit's books. The chart itself is data in ledger/chart.py."""

    Kind, Side = chart.Kind, chart.Side

    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    code = models.CharField(_("code"), max_length=10)
    name = models.CharField(_("name"), max_length=80, help_text="an msgid of the catalogue, or plain Indonesian")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    side = models.CharField(_("normal side"), max_length=10, choices=Side)
    needs_member = models.BooleanField(_("every line names a member"), default=False)
    is_spent = models.BooleanField(
        _("never below zero"), default=False, help_text="cash, bank, and funds: nobody spends what is not there"
    )
    is_control = models.BooleanField(
        _("kept by a book of its own"), default=False, help_text="never posted by a voucher or an entry by hand"
    )

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="ledger_account_one_per_code"),
            models.CheckConstraint(name="ledger_account_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(name="ledger_account_kind_known", condition=Q(kind__in=chart.Kind.values)),
            models.CheckConstraint(name="ledger_account_side_known", condition=Q(side__in=chart.Side.values)),
        ]
        triggers = [pgtrigger.ReadOnly(name="keeps_its_place", fields=["unit", "code", "kind", "side"])]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)
