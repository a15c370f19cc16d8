"""The rules by which loans are classed, and the officers' assessments of single loans."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField
from core.models import APPEND_ONLY
from governance.models import VersionedRules
from loans.arithmetic.collectibility import CooperativeScheme


class Scheme(models.TextChoices):
    COOPERATIVE = "cooperative", _("months of arrears and collateral (Kepmen 194/1998)")
    DAYS = "days", _("days past due")


class CollectibilityRules(VersionedRules):
    """Which scheme classes the loans, its limits, and how many percent of each class are set aside for losses."""

    scheme = models.CharField(_("scheme"), max_length=11, choices=Scheme)
    doubtful_months = models.PositiveSmallIntegerField(
        _("months until a doubtful loan is a loss"),
        default=21,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("21 in one text of Kepmen 194/1998, 12 in another. Counts in the scheme by months."),
    )
    current_until = models.PositiveSmallIntegerField(
        _("days past due still current"), default=90, help_text=_("Counts in the scheme by days, as the next two.")
    )
    substandard_until = models.PositiveSmallIntegerField(_("days past due still substandard"), default=120)
    doubtful_until = models.PositiveSmallIntegerField(_("days past due still doubtful"), default=180)
    current_bp = RateField(_("set aside for current loans"))
    substandard_bp = RateField(_("set aside for substandard loans"))
    doubtful_bp = RateField(_("set aside for doubtful loans"))
    loss_bp = RateField(_("set aside for lost loans"))

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of loan classes")
        constraints = [
            models.CheckConstraint(
                name="loans_collectibilityrules_scheme_known", condition=Q(scheme__in=["cooperative", "days"])
            ),
            models.CheckConstraint(
                name="loans_collectibilityrules_limits_rise",
                condition=Q(
                    substandard_until__gt=F("current_until"),
                    doubtful_until__gt=F("substandard_until"),
                    doubtful_months__range=(1, 60),
                ),
                violation_error_message=_("The limits in days rise from class to class."),
            ),
            models.CheckConstraint(
                name="loans_collectibilityrules_percentages_rise",
                condition=Q(
                    substandard_bp__gte=F("current_bp"),
                    doubtful_bp__gte=F("substandard_bp"),
                    loss_bp__gte=F("doubtful_bp"),
                    loss_bp__lte=10_000,
                ),
                violation_error_message=_("A worse class sets aside no less than a better one, and at most all of it."),
            ),
        ]

    @property
    def cooperative_scheme(self) -> CooperativeScheme:
        return CooperativeScheme(doubtful_months=self.doubtful_months)


class Assessment(models.Model):
    """The officers' assessment of a loan in trouble from a day on: can it be rescued, is the claim with a court.

    A later assessment takes the place of an earlier one; both stay readable.
    """

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="assessments")
    on = models.DateField(_("on"))
    rescuable = models.BooleanField(_("can be rescued"))
    in_court = models.BooleanField(_("handed to a court or an insurer"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("assessment of a loan")
        constraints = [
            models.CheckConstraint(name="loans_assessment_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.loan_id}: {self.on}"

    @property
    def verdict(self) -> str:
        if self.in_court:
            return _("handed to a court or an insurer")
        return _("can be rescued") if self.rescuable else _("cannot be rescued")
