"""How the members decided to divide the surplus of a year."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField
from governance.models import VersionedRules
from shu.allocation import WHOLE, Fund

IN_PERCENT = _("In percent, such as 25 or 12,5. All parts together make one hundred.")


def _part(name):
    return RateField(name, default=0, validators=[MaxValueValidator(WHOLE)], help_text=IN_PERCENT)


class ShuRules(VersionedRules):
    """The parts of the surplus, and what counts as a member's business with the cooperative (UU 25/1992 art. 45).

    Capital is a member's principal and mandatory savings, which are own capital by art. 41.
    """

    reserve = _part(_("reserve"))
    capital = _part(_("members, by their savings"))
    business = _part(_("members, by their business"))
    board = _part(_("board"))
    staff = _part(_("staff"))
    education = _part(_("education"))
    social = _part(_("social fund"))
    counts_interest = models.BooleanField(_("loan interest paid counts as business"), default=True)
    counts_work = models.BooleanField(_("work handed over and settled counts as business"), default=True)

    class Meta(VersionedRules.Meta):
        verbose_name = _("SHU rules")
        constraints = [
            models.CheckConstraint(
                name="shu_shurules_make_100_percent",
                condition=Q(
                    reserve=WHOLE
                    - F("capital")
                    - F("business")
                    - F("board")
                    - F("staff")
                    - F("education")
                    - F("social")
                ),
                violation_error_message=_("All parts together must make exactly one hundred percent."),
            ),
            models.CheckConstraint(
                name="shu_shurules_business_is_something",
                condition=Q(counts_interest=True) | Q(counts_work=True) | Q(business=0),
                violation_error_message=_("Say what counts as business: loan interest, work handed over, or both."),
            ),
        ]

    @property
    def percentages(self) -> dict[Fund, int]:
        return {fund: getattr(self, fund) for fund in Fund}
