"""What savings earn and what the State takes of it, as dated rules; and the tax that was handed over."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField
from core.models import APPEND_ONLY
from core.money import format_percent
from governance.models import VersionedRules
from ledger.models import Entry, Receipt
from savings.interest import Terms
from savings.triggers import RETURN_WITHIN_THE_LAW


class SavingsReturnRules(VersionedRules):
    """Rules with a rate that savings earn: never more a year than the law allows on the day they start."""

    class Meta(VersionedRules.Meta):
        abstract = True
        triggers = [*VersionedRules.Meta.triggers, RETURN_WITHIN_THE_LAW]

    def beyond_the_law(self, law):
        if self.rate_bp <= law.savings_return_bp:
            return None
        return "rate_bp", _("Savings return {percent} a year at most ({article}).").format(
            percent=format_percent(law.savings_return_bp), article=law.savings_return_article
        )


class SavingsInterestRules(SavingsReturnRules):
    """What voluntary savings earn. The version in force on the first day of a month governs all of it."""

    class Method(models.TextChoices):
        LOWEST = "lowest", _("lowest balance")
        AVERAGE = "average", _("average balance")
        DAILY = "daily", _("daily balance")

    class DayCount(models.TextChoices):
        TWELFTHS = "twelfths", _("a twelfth of a year per month")
        ACTUAL_365 = "actual/365", _("days / 365")
        ACTUAL_360 = "actual/360", _("days / 360")
        ACTUAL_ACTUAL = "actual/actual", _("days / days of the year")

    class Rounding(models.TextChoices):
        HALF_UP = "half_up", _("to the nearest")
        DOWN = "down", _("down")

    method = models.CharField(_("interest on savings by"), max_length=10, choices=Method, default=Method.LOWEST)
    rate_bp = RateField(_("interest on voluntary savings per year"), default=0)
    day_count = models.CharField(_("day count"), max_length=15, choices=DayCount, default=DayCount.TWELFTHS)
    least_balance = RupiahField(
        _("least balance that earns"), default=0, help_text=_("Below it savings earn nothing; 0 where all earn.")
    )
    rounding = models.CharField(_("rounding"), max_length=10, choices=Rounding, default=Rounding.DOWN)
    round_to = models.PositiveSmallIntegerField(
        _("to whole"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )

    class Meta(SavingsReturnRules.Meta):
        verbose_name = _("rules of interest on savings")
        constraints = [
            models.CheckConstraint(
                name="savings_savingsinterestrules_method_known", condition=Q(method__in=["lowest", "average", "daily"])
            ),
            models.CheckConstraint(
                name="savings_savingsinterestrules_day_count_known",
                condition=Q(day_count__in=["twelfths", "actual/365", "actual/360", "actual/actual"]),
            ),
            models.CheckConstraint(
                name="savings_savingsinterestrules_rounding_known",
                condition=Q(rounding__in=["half_up", "down"], round_to__range=(1, 1000)),
                violation_error_message=_("Round to a whole number of rupiah from 1 to 1,000."),
            ),
            models.CheckConstraint(
                name="savings_savingsinterestrules_least_balance_positive", condition=Q(least_balance__gte=0)
            ),
        ]

    @property
    def terms(self) -> Terms:
        return Terms(
            method=self.method,
            rate_bp=self.rate_bp,
            day_count=self.day_count,
            least_balance=self.least_balance,
            rounding=self.rounding,
            round_to=self.round_to,
        )


class SavingsTaxRules(VersionedRules):
    """The final tax on what a member's savings earned in a month, all kinds together. Withheld when it is paid."""

    free_up_to = RupiahField(
        _("interest a month free of tax up to"),
        default=240_000,
        help_text=_("Up to and including this amount nothing is withheld; above it the tax is on the whole."),
    )
    rate_bp = RateField(_("tax on interest of savings"), default=1000)
    due_day = models.PositiveSmallIntegerField(
        _("tax handed over by day"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text=_("Of the month after."),
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
    """The tax of a month's interest on savings, handed over to the State."""

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
