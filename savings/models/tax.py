"""The tax on the interest on savings as dated rules, and its payments to the State."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField
from core.models import APPEND_ONLY
from governance.models import VersionedRules
from ledger.models import Entry, Receipt


class SavingsTaxRules(VersionedRules):
    """The final tax on what a member's savings earned in a month, all kinds together. Withheld when it is paid."""

    free_up_to = RupiahField(
        _("interest a month free of tax up to"),
        default=240_000,
        help_text=_("Up to and including this amount no tax is withheld; above it the tax is on the whole amount."),
    )
    rate_bp = RateField(_("tax on interest of savings"), default=1000)
    due_day = models.PositiveSmallIntegerField(
        _("day by which the tax is paid"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_("Of the following month."),
    )
    article = models.CharField(_("article"), max_length=120, default="PP 15/2009, PMK 112/PMK.03/2010")

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of tax on interest of savings")
        constraints = [
            models.CheckConstraint(
                name="savings_savingstaxrules_a_part_of_the_whole",
                condition=Q(rate_bp__lte=10_000, free_up_to__gte=0),
                violation_error_message=_("The tax is between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                name="savings_savingstaxrules_due_day_in_every_month", condition=Q(due_day__range=(1, 28))
            ),
        ]


class SavingsTaxPayment(models.Model):
    """The tax on a month's interest on savings, paid to the State."""

    month = models.DateField(_("month"), unique=True, help_text="its first day")
    amount = RupiahField(_("amount"))
    on = models.DateField(_("paid on"))
    state_number = models.CharField(
        _("number of the State's receipt (NTPN)"), max_length=30, blank=True, help_text=_("As on the proof of payment.")
    )
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("journal entry"))
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="+", verbose_name=_("receipt"))

    class Meta:
        verbose_name = _("payment of tax on savings")
        constraints = [
            models.CheckConstraint(name="savings_savingstaxpayment_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="savings_savingstaxpayment_month_starts_on_the_first", condition=Q(month__day=1)
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.month:%Y-%m}"
