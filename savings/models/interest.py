"""What savings earn, as dated rules."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField, RupiahField
from core.money import format_percent
from governance.models import VersionedRules
from savings.interest import DayCount, Method, Rounding, Terms
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

    method = models.CharField(_("interest on savings by"), max_length=10, choices=Method, default=Method.LOWEST)
    rate_bp = RateField(_("interest on voluntary savings per year"), default=0)
    day_count = models.CharField(_("day count"), max_length=15, choices=DayCount, default=DayCount.TWELFTHS)
    least_balance = RupiahField(
        _("least balance that earns"), default=0, help_text=_("Savings below it earn nothing; 0 if all earn.")
    )
    rounding = models.CharField(_("rounding"), max_length=10, choices=Rounding, default=Rounding.DOWN)
    round_to = models.PositiveSmallIntegerField(
        _("to whole"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )

    class Meta(SavingsReturnRules.Meta):
        verbose_name = _("rules of interest on savings")
        constraints = [
            models.CheckConstraint(
                name="savings_savingsinterestrules_method_known", condition=Q(method__in=Method.values)
            ),
            models.CheckConstraint(
                name="savings_savingsinterestrules_day_count_known",
                condition=Q(day_count__in=DayCount.values),
            ),
            models.CheckConstraint(
                name="savings_savingsinterestrules_rounding_known",
                condition=Q(rounding__in=Rounding.values, round_to__range=(1, 1000)),
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
